"""The benchmark's networks in PyTorch, eager, one thread."""

import torch
from torch import nn

from common import NETWORKS, TASK, labelled, milliseconds, tell

torch.set_num_threads(1)
torch.manual_seed(0)


class CNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.first, self.second = nn.Conv2d(1, 8, 3, padding=1), nn.Conv2d(8, 16, 3, padding=1)
        self.output = nn.Linear(16 * 7 * 7, 10)

    def forward(self, x):
        h = nn.functional.max_pool2d(torch.relu(self.first(x.view(-1, 1, 28, 28))), 2)
        h = nn.functional.max_pool2d(torch.relu(self.second(h)), 2)
        return self.output(h.flatten(1))


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.input, self.output = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.expand, self.contract = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x):
        batch, length, width = x.shape
        parts = self.input(self.norm1(x)).view(batch, length, 3, self.heads, width // self.heads)
        q, k, v = parts.permute(2, 0, 3, 1, 4)
        mixed = nn.functional.scaled_dot_product_attention(q, k, v)
        x = x + self.output(mixed.transpose(1, 2).reshape(batch, length, width))
        return x + self.contract(nn.functional.gelu(self.expand(self.norm2(x))))


class Transformer(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Linear(1, 64)
        self.positions = nn.Parameter(0.02 * torch.randn(64, 64))
        self.blocks = nn.Sequential(Block(64, 4), Block(64, 4))
        self.norm, self.output = nn.LayerNorm(64), nn.Linear(64, 10)

    def forward(self, x):
        h = self.blocks(self.embedding(x[:, :, None]) + self.positions)
        return self.output(self.norm(h).mean(1))


class LSTM(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm, self.output = nn.LSTM(1, 64, batch_first=True), nn.Linear(64, 10)

    def forward(self, x):
        return self.output(self.lstm(x[:, :, None])[0][:, -1])


data, rows, batch_size, epochs, tells_epochs = NETWORKS[TASK]
x, y, test_x, test_y = (torch.from_numpy(a) for a in labelled(data, rows))
start = milliseconds()
model = {
    "mlp-epoch": lambda: nn.Sequential(nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 10)),
    "cnn-step": CNN, "transformer-step": Transformer, "lstm-step": LSTM,
}[TASK]()
optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
first, units = None, 0
for epoch in range(epochs):
    order = torch.randperm(len(x))
    for batch in order.split(batch_size):
        loss = nn.functional.cross_entropy(model(x[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if not tells_epochs:
            units += 1
            first = first or milliseconds()
    if tells_epochs:
        units += 1
        first = first or milliseconds()
end = milliseconds()
with torch.no_grad():
    score = (model(test_x).argmax(1) == test_y).double().mean().item()
tell(first - start, (end - first) / (units - 1), score)
