"""What the Python twins share: the rows, the clock, and the line of JSON each run prints."""

import gzip
import json
import os
import resource
import sys
import time

import numpy as np

TASK, TOOL, ROUND, FOLDER = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]


def labelled(name, rows, tested=1000):
    """Rows not numbered 4 modulo 5 to train on, the others to test with; standardised by the first."""
    if name == "digits":
        with gzip.open(os.path.join(FOLDER, "digits.csv.gz"), "rt") as file:
            table = np.loadtxt(file, delimiter=",")
        x, y = table[:, :-1].astype(np.float32), table[:, -1].astype(np.int64)
    else:
        with gzip.open(os.path.join(FOLDER, "t10k-images-idx3-ubyte.gz")) as file:
            x = np.frombuffer(file.read()[16:], np.uint8).reshape(-1, 784).astype(np.float32)
        with gzip.open(os.path.join(FOLDER, "t10k-labels-idx1-ubyte.gz")) as file:
            y = np.frombuffer(file.read()[8:], np.uint8).astype(np.int64)
    number = np.arange(len(x))
    fit, score = number[number % 5 != 4][:rows], number[number % 5 == 4][:tested]
    mean, deviation = x[fit].mean(0, dtype=np.float64), x[fit].std(0, dtype=np.float64)
    factor = np.where(deviation > 0, 1 / np.where(deviation > 0, deviation, 1), 0)
    x = ((x - mean) * factor).astype(np.float32)
    return x[fit], y[fit], x[score], y[score]


def smooth(start, end):
    """A smooth function of five numbers with a little noise, from multiples of irrational numbers."""
    u = np.modf(np.arange(start + 1, end + 1)[:, None] * np.sqrt([2, 3, 5, 7, 11, 13]))[0]
    x = 2 * u[:, :5] - 1
    y = x[:, 0] * x[:, 1] + x[:, 2] ** 2 - 0.5 * x[:, 3] + 0.3 * x[:, 4] ** 3 + 0.1 * (u[:, 5] - 0.5)
    return x, y


def milliseconds():
    return time.process_time() * 1000


def tell(first, each, score):
    print(json.dumps({
        "task": TASK, "tool": TOOL, "round": ROUND, "first-milliseconds": first, "cpu-milliseconds": each,
        "score": score, "peak-memory-mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


# data, rows, batch size, epochs, whether a unit of time is an epoch
NETWORKS = {
    "mlp-epoch": ("digits", 1438, 64, 40, True),
    "cnn-step": ("mnist-test", 1984, 32, 4, False),
    "transformer-step": ("digits", 1424, 16, 2, False),
    "lstm-step": ("digits", 1408, 32, 4, False),
}
