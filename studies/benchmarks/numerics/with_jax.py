"""The benchmark's networks in JAX: a jitted scan over an epoch's batches, or a jitted step; one thread."""

import os

os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"

import jax
import jax.numpy as jnp
import numpy as np

from common import NETWORKS, TASK, labelled, milliseconds, tell

KEYS = iter(jax.random.split(jax.random.key(0), 64))


def dense(inputs, outputs):
    bound = (6 / (inputs + outputs)) ** 0.5
    return [jax.random.uniform(next(KEYS), (inputs, outputs), minval=-bound, maxval=bound), jnp.zeros(outputs)]


def affine(p, x):
    return x @ p[0] + p[1]


def mlp(p, x):
    return affine(p[1], jax.nn.relu(affine(p[0], x)))


def convolve(p, x):
    y = jax.lax.conv_general_dilated(x, p[0], (1, 1), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC"))
    return jax.lax.reduce_window(
        jax.nn.relu(y + p[1]), -jnp.inf, jax.lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID")


def cnn(p, x):
    h = convolve(p[1], convolve(p[0], x.reshape(-1, 28, 28, 1)))
    return affine(p[2], h.reshape(len(x), -1))


def norm(p, x):
    m = x.mean(-1, keepdims=True)
    return p[0] * (x - m) / jnp.sqrt(((x - m) ** 2).mean(-1, keepdims=True) + 1e-5) + p[1]


def transformer(p, x):
    h = affine(p["embedding"], x[:, :, None]) + p["positions"]
    batch, length, width = h.shape
    for block in p["blocks"]:
        parts = affine(block["input"], norm(block["norm1"], h)).reshape(batch, length, 3, 4, width // 4)
        q, k, v = parts[:, :, 0], parts[:, :, 1], parts[:, :, 2]
        scores = jnp.einsum("bihd,bjhd->bhij", q, k) / (width // 4) ** 0.5
        mixed = jnp.einsum("bhij,bjhd->bihd", jax.nn.softmax(scores), v).reshape(batch, length, width)
        h = h + affine(block["output"], mixed)
        fed = jax.nn.gelu(affine(block["expand"], norm(block["norm2"], h)), approximate=False)
        h = h + affine(block["contract"], fed)
    return affine(p["output"], norm(p["norm"], h).mean(1))


def lstm(p, x):
    def step(carry, value):
        h, c = carry
        i, f, g, o = jnp.split(value[:, None] * p["input"] + h @ p["state"] + p["bias"], 4, axis=1)
        c = jax.nn.sigmoid(f) * c + jax.nn.sigmoid(i) * jnp.tanh(g)
        h = jax.nn.sigmoid(o) * jnp.tanh(c)
        return (h, c), None

    zero = jnp.zeros((len(x), 64))
    (h, _), _ = jax.lax.scan(step, (zero, zero), x.T)
    return affine(p["output"], h)


def start(task):
    if task == "mlp-epoch":
        return mlp, [dense(64, 128), dense(128, 10)]
    if task == "cnn-step":
        def window(i, o):
            bound = (6 / (9 * i)) ** 0.5
            return [jax.random.uniform(next(KEYS), (3, 3, i, o), minval=-bound, maxval=bound), jnp.zeros(o)]
        return cnn, [window(1, 8), window(8, 16), dense(784, 10)]
    if task == "transformer-step":
        def pair():
            return [jnp.ones(64), jnp.zeros(64)]
        blocks = [{
            "norm1": pair(), "norm2": pair(), "input": dense(64, 192), "output": dense(64, 64),
            "expand": dense(64, 256), "contract": dense(256, 64)} for _ in range(2)]
        return transformer, {
            "embedding": dense(1, 64), "positions": 0.02 * jax.random.normal(next(KEYS), (64, 64)),
            "blocks": blocks, "norm": pair(), "output": dense(64, 10)}
    return lstm, {
        "input": jax.random.uniform(next(KEYS), (1, 256), minval=-0.125, maxval=0.125),
        "state": jax.random.uniform(next(KEYS), (64, 256), minval=-0.125, maxval=0.125),
        "bias": jnp.zeros(256).at[64:128].set(1), "output": dense(64, 10)}


data, rows, batch_size, epochs, tells_epochs = NETWORKS[TASK]
x, y, test_x, test_y = labelled(data, rows)
begin = milliseconds()
model, parameters = start(TASK)


def loss(p, x, y):
    logits = model(p, x)
    return (jax.nn.logsumexp(logits, axis=1) - jnp.take_along_axis(logits, y[:, None], 1)[:, 0]).mean()


def update(state, batch):
    p, m, v, t = state
    g = jax.grad(loss)(p, *batch)
    t = t + 1
    m = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, m, g)
    v = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, v, g)
    a, b = 0.001 / (1 - 0.9**t), 1 / jnp.sqrt(1 - 0.999**t)
    p = jax.tree.map(lambda p, m, v: p - a * m / (jnp.sqrt(v) * b + 1e-8), p, m, v)
    return (p, m, v, t), None


step = jax.jit(update, donate_argnums=0)
whole = jax.jit(lambda state, batches: jax.lax.scan(update, state, batches)[0], donate_argnums=0)
zeros = jax.tree.map(jnp.zeros_like, parameters)
state = (parameters, zeros, jax.tree.map(jnp.zeros_like, parameters), jnp.zeros(()))
random = np.random.default_rng(0)
first, units = None, 0
for epoch in range(epochs):
    order = random.permutation(len(x))
    batches = len(x) // batch_size
    left = order[batches * batch_size:]
    if tells_epochs:
        some = order[: batches * batch_size].reshape(batches, batch_size)
        state = whole(state, (x[some], y[some]))
        if len(left):
            state, _ = step(state, (x[left], y[left]))
        jax.block_until_ready(state)
        units += 1
        first = first or milliseconds()
    else:
        for i in range(batches):
            some = order[i * batch_size : (i + 1) * batch_size]
            state, _ = step(state, (x[some], y[some]))
            units += 1
            if first is None:
                jax.block_until_ready(state)
                first = milliseconds()
jax.block_until_ready(state)
end = milliseconds()
score = float((jnp.argmax(model(state[0], test_x), 1) == test_y).mean())
tell(first - begin, (end - first) / (units - 1), score)
