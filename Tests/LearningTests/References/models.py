"""Writes models.txt: loss and gradient of each model on a few rows, computed by PyTorch in double precision.

Parameters, rows and targets are formulas of their place, which the test repeats; the order of parameters is that in
which each model here takes them. Run with: python3 models.py > models.txt   (recorded with PyTorch 2.15)
"""

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
ROWS, CLASSES = 6, 3


class Block:
    """A flat block of parameters that models take their weights from, one after another."""

    def __init__(self, count):
        self.values = (0.4 * torch.cos(1.1 * torch.arange(count) + 0.3)).requires_grad_()
        self.start = 0

    def take(self, *shape):
        count = torch.Size(shape).numel()
        part = self.values[self.start : self.start + count].reshape(shape)
        self.start += count
        return part


def rows(columns):
    i, j = torch.meshgrid(torch.arange(ROWS), torch.arange(columns), indexing="ij")
    return torch.sin(0.9 * i + 0.37 * j * j + 0.1 * i * j)


def dense(p, x, outputs):
    return x @ p.take(x.shape[-1], outputs) + p.take(outputs)


def mlp(p, x, training):
    h = x
    for _ in range(2):
        h = torch.tanh(dense(p, h, 5))
    return dense(p, h, CLASSES)


def convolve(p, x, channels, stride=1):
    weight = p.take(3, 3, x.shape[1], channels)
    return F.conv2d(x, weight.permute(3, 2, 0, 1), stride=stride, padding=1)


def cnn(p, x, training):
    h = x.reshape(ROWS, 1, 7, 7)
    for channels in (2, 4):
        h = convolve(p, h, channels)
        h = F.max_pool2d(torch.relu(h + p.take(channels)[:, None, None]), 2)
    return dense(p, h.permute(0, 2, 3, 1).reshape(ROWS, -1), CLASSES)


def residual(p, x, training):
    def normalised(x, channels, stride):
        y = convolve(p, x, channels, stride)
        gain, bias, mean, variance = (p.take(channels) for _ in range(4))
        if training:
            return F.batch_norm(y, None, None, gain, bias, training=True)
        return F.batch_norm(y, mean.detach(), variance.detach().abs(), gain, bias)

    h = torch.relu(normalised(x.reshape(ROWS, 1, 6, 6), 2, 1))
    for stage, channels in enumerate((2, 4)):
        stride = 1 if stage == 0 else 2
        inner = torch.relu(normalised(h, channels, stride))
        added = normalised(inner, channels, 1)
        h = torch.relu(added + (h if stage == 0 else normalised(h, channels, stride)))
    return dense(p, h.mean((2, 3)), CLASSES)


def transformer(p, x, training):
    width, heads = 6, 2
    h = dense(p, x.reshape(ROWS, 3, 4), width)
    h = h + p.take(3, width)
    for _ in range(2):
        normed = F.layer_norm(h, [width], p.take(width), p.take(width))
        parts = dense(p, normed, 3 * width).reshape(ROWS, 3, 3, heads, width // heads)
        q, k, v = parts.permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(ROWS, 3, width)
        h = h + dense(p, mixed, width)
        normed = F.layer_norm(h, [width], p.take(width), p.take(width))
        h = h + dense(p, F.gelu(dense(p, normed, 4 * width)), width)
    h = F.layer_norm(h, [width], p.take(width), p.take(width))
    return dense(p, h.mean(1), CLASSES)


def lstm(p, x, training):
    width = 5
    module = torch.nn.LSTM(4, width, batch_first=True)
    weights = {
        "weight_ih_l0": p.take(4, 4 * width).T, "weight_hh_l0": p.take(width, 4 * width).T,
        "bias_ih_l0": p.take(4 * width), "bias_hh_l0": torch.zeros(4 * width)}
    states = torch.func.functional_call(module, weights, x.reshape(ROWS, 3, 4))[0]
    return dense(p, states[:, -1], CLASSES)


def record(label, model, columns, training=True):
    p = Block(3000)
    logits = model(p, rows(columns), training)
    loss = F.cross_entropy(logits, torch.arange(ROWS) % CLASSES, label_smoothing=0.1)
    loss.backward()
    numbers = [loss.item()] + p.values.grad[: p.start].tolist()
    print(label, *(f"{x:.17g}" for x in numbers))


record("mlp", mlp, 12)
record("cnn", cnn, 49)
record("residual", residual, 36)
record("residual-prediction", residual, 36, training=False)
record("transformer", transformer, 12)
record("lstm", lstm, 12)
