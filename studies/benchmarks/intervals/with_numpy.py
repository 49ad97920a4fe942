"""The benchmark's intervals in vectorised NumPy. Usage: with_numpy.py TASK ROUND"""

import json
import resource
import sys
import time

import numpy

TASK, ROUND = sys.argv[1], int(sys.argv[2])


def scores(count, step=1, shift=0):
    multiples = (numpy.arange(count) * step + shift + 1) * 0.6180339887498949
    return multiples - numpy.floor(multiples)


random = numpy.random.default_rng(ROUND)
start = time.process_time()
if TASK == "iqm":
    draws, intervals = 50_000, []
    for algorithm in scores(150).reshape(3, 5, 10):
        chosen = random.integers(0, 10, (draws, 5, 10), dtype=numpy.int8)
        values = algorithm[numpy.arange(5)[:, None], chosen].reshape(draws, 50)
        middle = numpy.partition(values, (12, 37), axis=1)[:, 12:38].mean(1)
        intervals.append(numpy.quantile(middle, [0.025, 0.975]))
else:
    # As many resamples as a person waits for; the time of one is what is compared.
    draws, count = 40, 1_000_000
    differences = scores(count) - scores(count, 7, 3)
    means = [differences[random.integers(0, count, count, dtype=numpy.int32)].mean() for _ in range(draws)]
    intervals = [numpy.quantile(means, [0.025, 0.975])]
spent = (time.process_time() - start) * 1000
print(json.dumps({
    "task": TASK, "tool": "numpy", "round": ROUND, "cpu-milliseconds": spent, "resamples": draws,
    "microseconds-a-resample": spent * 1000 / draws, "lower": float(intervals[0][0]), "upper": float(intervals[0][1]),
    "peak-memory-mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
