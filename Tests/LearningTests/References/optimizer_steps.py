"""Writes optimizer-steps.txt: trajectories of SGD with momentum and of Adam in double precision, by their formulas.

The loss is f(w) = sum(c * (w - t)^2) / 2 over four parameters, so its gradient is c * (w - t).
Run with: python3 optimizer_steps.py > optimizer-steps.txt   (recorded with NumPy 2.4)
"""

import numpy as np

C = np.array([1.0, 10.0, 0.1, 3.0])
T = np.array([0.5, -1.0, 2.0, 0.0])
START = np.array([1.0, 1.0, -1.0, 0.25])
STEPS = 50


def show(label, w):
    print(label, *(f"{x:.17g}" for x in w))


def sgd(momentum, rate):
    w, v = START.copy(), np.zeros(4)
    for _ in range(STEPS):
        v = momentum * v + C * (w - T)
        w = w - rate * v
    return w


def adam(beta1, beta2, epsilon, rate, steps=STEPS):
    w, m, v = START.copy(), np.zeros(4), np.zeros(4)
    for t in range(1, steps + 1):
        g = C * (w - T)
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g * g
        w = w - rate * (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + epsilon)
    return w


show("sgd-0", sgd(0.0, 0.02))
show("sgd-0.9", sgd(0.9, 0.01))
show("adam-default", adam(0.9, 0.999, 1e-8, 0.05))
show("adam-first-step", adam(0.9, 0.999, 1e-8, 0.05, steps=1))
show("adam-large-epsilon", adam(0.8, 0.99, 0.5, 0.05))
