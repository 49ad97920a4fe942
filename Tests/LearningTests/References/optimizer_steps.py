"""Writes optimizer-steps.txt: where optimizers lead a small linear regression, in double precision.

The parameters are a 4 x 3 weight W and a bias b of 3, in this order; the loss is the mean over 8 rows of
|x W + b - y|^2 / 2. The optimizers of PyTorch are PyTorch's; Lion, SAM, Shampoo and SOAP are written here from
their papers. Run with: python3 optimizer_steps.py > optimizer-steps.txt   (recorded with PyTorch 2.15, NumPy 2.4)
"""

import numpy as np
import torch

ROWS, INPUTS, OUTPUTS, STEPS = 8, 4, 3, 25
I, J = np.meshgrid(np.arange(ROWS), np.arange(INPUTS), indexing="ij")
X = np.cos(1.3 * I + 2.1 * J + 0.4 * I * J) * (1.0 + J)
I, J = np.meshgrid(np.arange(ROWS), np.arange(OUTPUTS), indexing="ij")
Y = np.sin(0.7 * I * (J + 1) + 0.2 * J)
I, J = np.meshgrid(np.arange(INPUTS), np.arange(OUTPUTS), indexing="ij")
START = np.concatenate([(0.5 * np.cos(3.0 * I + J)).ravel(), [0.4, -0.2, 0.3]])


def show(label, w):
    print(label, *(f"{x:.17g}" for x in np.asarray(w).ravel()))


def gradient(w):
    W, b = w[: INPUTS * OUTPUTS].reshape(INPUTS, OUTPUTS), w[INPUTS * OUTPUTS :]
    error = X @ W + b - Y
    return np.concatenate([(X.T @ error / ROWS).ravel(), error.mean(axis=0)])


def descend(label, step, steps=STEPS):
    w = START.copy()
    for t in range(1, steps + 1):
        w = step(w, t)
    show(label, w)


def by_torch(label, make, steps=STEPS):
    w = torch.tensor(START, requires_grad=True)
    optimizer = make([w])
    for _ in range(steps):
        w.grad = torch.tensor(gradient(w.detach().numpy()))
        optimizer.step()
    show(label, w.detach().numpy())


def lion(beta1, beta2, rate):
    m = np.zeros_like(START)

    def step(w, t):
        nonlocal m
        g = gradient(w)
        w = w - rate * np.sign(beta1 * m + (1 - beta1) * g)
        m = beta2 * m + (1 - beta2) * g
        return w

    return step


def sam(radius, momentum, rate):
    v = np.zeros_like(START)

    def step(w, t):
        nonlocal v
        g = gradient(w)
        v = momentum * v + gradient(w + radius * g / np.linalg.norm(g))
        return w - rate * v

    return step


def root(matrix, power):
    """matrix^power of a symmetric positive definite matrix."""
    values, vectors = np.linalg.eigh(matrix)
    return vectors @ np.diag(values**power) @ vectors.T


def shampoo(epsilon, rate, every):
    """Gupta, Koren & Singer 2018, algorithm 1, on W; the bias as its diagonal variant of order 1."""
    L, R = epsilon * np.eye(INPUTS), epsilon * np.eye(OUTPUTS)
    d = np.full(OUTPUTS, epsilon)
    roots = None

    def step(w, t):
        nonlocal L, R, d, roots
        g = gradient(w)
        G, h = g[: INPUTS * OUTPUTS].reshape(INPUTS, OUTPUTS), g[INPUTS * OUTPUTS :]
        L, R, d = L + G @ G.T, R + G.T @ G, d + h * h
        if (t - 1) % every == 0:
            roots = root(L, -0.25), root(R, -0.25)
        return w - rate * np.concatenate([(roots[0] @ G @ roots[1]).ravel(), h / np.sqrt(d)])

    return step


def soap(beta1, beta2, epsilon, rate, every):
    """Vyas et al. 2024, algorithm 3, on W, with Adam's correction of both means; the bias by Adam.

    The first gradient only starts the second moments and their eigenvectors, largest first, as in the authors' program; a QR step
    refreshes them after every `every` later steps."""
    L, R = np.zeros((INPUTS, INPUTS)), np.zeros((OUTPUTS, OUTPUTS))
    M, V = np.zeros((INPUTS, OUTPUTS)), np.zeros((INPUTS, OUTPUTS))
    m, v = np.zeros(OUTPUTS), np.zeros(OUTPUTS)
    bases = None

    def step(w, t):
        nonlocal L, R, M, V, m, v, bases
        t = t - 1
        g = gradient(w)
        G, h = g[: INPUTS * OUTPUTS].reshape(INPUTS, OUTPUTS), g[INPUTS * OUTPUTS :]
        L, R = beta2 * L + (1 - beta2) * G @ G.T, beta2 * R + (1 - beta2) * G.T @ G
        if t == 0:
            bases = [np.linalg.eigh(S)[1][:, ::-1] for S in (L, R)]
            return w
        A, B = bases
        M = beta1 * M + (1 - beta1) * G
        V = beta2 * V + (1 - beta2) * (A.T @ G @ B) ** 2
        c1, c2 = 1 - beta1**t, 1 - beta2**t
        N = A @ ((A.T @ M @ B / c1) / (np.sqrt(V / c2) + epsilon)) @ B.T
        m, v = beta1 * m + (1 - beta1) * h, beta2 * v + (1 - beta2) * h * h
        n = (m / c1) / (np.sqrt(v / c2) + epsilon)
        if t % every == 0:
            bases = [np.linalg.qr(S @ Q)[0] for S, Q in ((L, A), (R, B))]
        return w - rate * np.concatenate([N.ravel(), n])

    return step


torch.set_default_dtype(torch.float64)
o = torch.optim
show("start", START)
show("gradient", gradient(START))
by_torch("sgd", lambda w: o.SGD(w, lr=0.02))
by_torch("sgd-decay", lambda w: o.SGD(w, lr=0.02, weight_decay=0.3))
by_torch("momentum", lambda w: o.SGD(w, lr=0.01, momentum=0.9))
by_torch("momentum-decay", lambda w: o.SGD(w, lr=0.01, momentum=0.9, weight_decay=0.3))
by_torch("nesterov", lambda w: o.SGD(w, lr=0.01, momentum=0.8, nesterov=True))
by_torch("adam", lambda w: o.Adam(w, lr=0.05))
by_torch("adam-first-step", lambda w: o.Adam(w, lr=0.05), steps=1)
by_torch("adam-large-epsilon", lambda w: o.Adam(w, lr=0.05, betas=(0.8, 0.99), eps=0.5))
by_torch("adam-decay", lambda w: o.Adam(w, lr=0.05, weight_decay=0.3))
by_torch("adamw-decay", lambda w: o.AdamW(w, lr=0.05, weight_decay=0.3))
by_torch("nadam", lambda w: o.NAdam(w, lr=0.05))
by_torch("rmsprop", lambda w: o.RMSprop(w, lr=0.02))
by_torch("adagrad", lambda w: o.Adagrad(w, lr=0.1))
descend("lion", lion(0.9, 0.99, 0.01))
descend("sam", sam(0.2, 0.9, 0.01))
descend("shampoo", shampoo(1e-4, 0.1, 1))
descend("shampoo-every-3", shampoo(1e-4, 0.1, 3))
descend("soap", soap(0.95, 0.95, 1e-8, 0.05, 1))
descend("soap-every-4", soap(0.95, 0.95, 1e-8, 0.05, 4))
