"""Writes proximal-loss.txt: PPO's loss and its gradient on made-up rows, by PyTorch's automatic differentiation.

Two networks (policy, value) of two tanh layers of 5 units on 3 numbers observed; a value network has as many outputs as
the policy's, of which the first is read. All numbers come from cosines, so that both sides make the same. Parameters lie as
ours do: for each layer the weights of both networks, then their biases; last the logarithms of the deviations.
Run with: python3 proximal_loss.py > proximal-loss.txt   (recorded with PyTorch 2.15)
"""

import torch

torch.set_default_dtype(torch.float64)
ROWS, INPUTS, WIDTH = 12, 3, 5


def wave(count, a, b, scale=1.0):
    return scale * torch.cos(a * torch.arange(count, dtype=torch.float64) + b)


def run(label, outputs, continuous, clip_values):
    sizes = [2 * INPUTS * WIDTH, 2 * WIDTH, 2 * WIDTH * WIDTH, 2 * WIDTH, 2 * WIDTH * outputs, 2 * outputs]
    sizes += [outputs] if continuous else []
    block = wave(sum(sizes), 1.7, 0.3, 0.6).requires_grad_()
    parts = torch.split(block, sizes)
    x = wave(ROWS * INPUTS, 0.9, 0.1).reshape(ROWS, INPUTS)
    h = x
    h = torch.tanh(h @ parts[0].reshape(2, INPUTS, WIDTH) + parts[1].reshape(2, 1, WIDTH))
    h = torch.tanh(h @ parts[2].reshape(2, WIDTH, WIDTH) + parts[3].reshape(2, 1, WIDTH))
    both = h @ parts[4].reshape(2, WIDTH, outputs) + parts[5].reshape(2, 1, outputs)
    policy, value = both[0], both[1][:, 0]
    old_log, old_value = wave(ROWS, 2.3, 0.7, 0.3) - (2.0 if continuous else 1.0), wave(ROWS, 1.1, 0.2)
    advantage, target = wave(ROWS, 3.1, 0.4, 1.5), wave(ROWS, 0.6, 1.3, 2.0)
    if continuous:
        normal = torch.distributions.Normal(policy, parts[6].exp())
        log = normal.log_prob(wave(ROWS * outputs, 1.9, 0.8).reshape(ROWS, outputs)).sum(1)
        entropy = normal.entropy().sum(1).mean()
    else:
        categorical = torch.distributions.Categorical(logits=policy)
        log = categorical.log_prob(torch.arange(ROWS) % outputs)
        entropy = categorical.entropy().mean()
    ratio = (log - old_log).exp()
    policy_loss = torch.max(-advantage * ratio, -advantage * ratio.clamp(0.8, 1.2)).mean()
    error = (value - target) ** 2
    if clip_values:
        error = torch.max(error, (old_value + (value - old_value).clamp(-0.2, 0.2) - target) ** 2)
    loss = policy_loss - 0.01 * entropy + 0.5 * 0.5 * error.mean()
    loss.backward()
    for name, numbers in (("loss", loss.detach().reshape(1)), ("gradient", block.grad)):
        print(f"{label}.{name}", *(f"{float(v):.12g}" for v in numbers))


run("choices", 3, False, True)
run("choices-unclipped", 3, False, False)
run("numbers", 2, True, True)
