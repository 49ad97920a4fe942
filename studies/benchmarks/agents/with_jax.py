"""PPO on CartPole-v1 in plain JAX: environment, network, Adam and the whole training loop compile to one XLA program; the
settings are those of with_sb3.py. A time limit is taken for an end of the episode."""

import json
import os
import sys
import time

os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1")
import jax
import jax.numpy as jnp

N, T, EPOCHS, MB = 4, 128, 4, 4
GAMMA, LAM, CLIP, ENT, VF, LR, GRAD = 0.99, 0.95, 0.2, 0.01, 0.5, 2.5e-4, 0.5


def env_reset(key):
    return jax.random.uniform(key, (4,), minval=-0.05, maxval=0.05)


def env_step(s, t, a, key):
    x, xd, th, thd = s
    force = jnp.where(a == 1, 10.0, -10.0)
    c, sn = jnp.cos(th), jnp.sin(th)
    tmp = (force + 0.05 * thd * thd * sn) / 1.1
    tha = (9.8 * sn - c * tmp) / (0.5 * (4.0 / 3.0 - 0.1 * c * c / 1.1))
    xa = tmp - 0.05 * tha * c / 1.1
    n = jnp.array([x + 0.02 * xd, xd + 0.02 * xa, th + 0.02 * thd, thd + 0.02 * tha])
    t = t + 1
    fail = (jnp.abs(n[0]) > 2.4) | (jnp.abs(n[2]) > 12 * 2 * jnp.pi / 360)
    done = fail | (t >= 500)
    # time-limit endings are treated as terminal, as in the CleanRL classic-control script
    return jnp.where(done, env_reset(key), n), jnp.where(done, 0, t), 1.0, done, t


def dense(key, i, o, g):
    return {"w": jax.nn.initializers.orthogonal(g)(key, (i, o)), "b": jnp.zeros(o)}


def init(key):
    k = jax.random.split(key, 6); r = 2 ** 0.5
    return {"p": [dense(k[0], 4, 64, r), dense(k[1], 64, 64, r), dense(k[2], 64, 2, 0.01)],
            "v": [dense(k[3], 4, 64, r), dense(k[4], 64, 64, r), dense(k[5], 64, 1, 1.0)]}


def mlp(ls, x):
    for l in ls[:-1]:
        x = jnp.tanh(x @ l["w"] + l["b"])
    return x @ ls[-1]["w"] + ls[-1]["b"]


def train(key, updates):
    key, ki, ke = jax.random.split(key, 3)
    prm = init(ki)
    zeros = jax.tree.map(jnp.zeros_like, prm)
    s = jax.vmap(env_reset)(jax.random.split(ke, N)); t = jnp.zeros(N, int)

    def loss(prm, b):
        obs, a, lp0, adv, ret, v0 = b
        lg = jax.nn.log_softmax(mlp(prm["p"], obs)); v = mlp(prm["v"], obs)[:, 0]
        lp = jnp.take_along_axis(lg, a[:, None], 1)[:, 0]
        r = jnp.exp(lp - lp0); adv = (adv - adv.mean()) / (adv.std() + 1e-8)
        pg = jnp.maximum(-adv * r, -adv * jnp.clip(r, 1 - CLIP, 1 + CLIP)).mean()
        vc = v0 + jnp.clip(v - v0, -CLIP, CLIP)
        vl = 0.5 * jnp.maximum((v - ret) ** 2, (vc - ret) ** 2).mean()
        ent = -(jnp.exp(lg) * lg).sum(1).mean()
        return pg - ENT * ent + VF * vl

    def update(c, u):
        prm, m, w, k, s, t, key = c

        def step(c, _):
            s, t, key = c
            key, ka, kr = jax.random.split(key, 3)
            lg = jax.nn.log_softmax(mlp(prm["p"], s)); v = mlp(prm["v"], s)[:, 0]
            a = jax.random.categorical(ka, lg)
            lp = jnp.take_along_axis(lg, a[:, None], 1)[:, 0]
            s2, t2, r, d, ln = jax.vmap(env_step)(s, t, a, jax.random.split(kr, N))
            return (s2, t2, key), (s, a, lp, v, r, d, ln)
        (s, t, key), (O, A, LP, V, R, D, LN) = jax.lax.scan(step, (s, t, key), None, T)
        last = mlp(prm["v"], s)[:, 0]

        def gae(c, x):
            nv, g = c
            r, d, v = x
            nd = 1.0 - d
            g = r + GAMMA * nv * nd - v + GAMMA * LAM * nd * g
            return (v, g), g
        _, ADV = jax.lax.scan(gae, (last, jnp.zeros(N)), (R, D.astype(jnp.float32), V), reverse=True)
        flat = [z.reshape((N * T,) + z.shape[2:]) for z in (O, A, LP, ADV, ADV + V, V)]
        lr = LR * (1.0 - u / updates)

        def epoch(c, kk):
            idx = jax.random.permutation(kk, N * T).reshape(MB, -1)

            def mb(c, i):
                prm, m, w, k = c
                g = jax.grad(loss)(prm, [z[i] for z in flat])
                n = jnp.sqrt(sum(jnp.vdot(x, x) for x in jax.tree.leaves(g)))
                g = jax.tree.map(lambda x: x * jnp.minimum(1.0, GRAD / (n + 1e-6)), g)
                k = k + 1
                m = jax.tree.map(lambda a, b: 0.9 * a + 0.1 * b, m, g)
                w = jax.tree.map(lambda a, b: 0.999 * a + 0.001 * b * b, w, g)
                prm = jax.tree.map(lambda p, a, b: p - lr * (a / (1 - 0.9 ** k)) /
                                   (jnp.sqrt(b / (1 - 0.999 ** k)) + 1e-5), prm, m, w)
                return (prm, m, w, k), None
            return jax.lax.scan(mb, c, idx)[0], None
        key, ks = jax.random.split(key)
        (prm, m, w, k), _ = jax.lax.scan(epoch, (prm, m, w, k), jax.random.split(ks, EPOCHS))
        return (prm, m, w, k, s, t, key), (D, LN)
    _, out = jax.lax.scan(update, (prm, zeros, zeros, 0.0, s, t, key), jnp.arange(updates))
    return out


if __name__ == "__main__":
    task, round_number, total = sys.argv[1], int(sys.argv[2]), 500_000
    updates = total // (N * T)
    start = time.process_time()
    compiled = jax.jit(train, static_argnums=1).lower(jax.random.key(0), updates).compile()
    ready = time.process_time()
    jax.block_until_ready(compiled(jax.random.key(round_number)))
    end = time.process_time()
    print(json.dumps({
        "task": task, "tool": "jax", "round": round_number, "steps-per-second": updates * N * T / (end - ready),
        "total-seconds": end - start}))
