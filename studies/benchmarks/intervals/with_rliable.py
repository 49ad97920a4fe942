"""The benchmark's intervals of interquartile means in rliable. Usage: with_rliable.py iqm ROUND"""

import json
import resource
import sys
import time

import numpy
from rliable import library, metrics

ROUND = int(sys.argv[2])
multiples = (numpy.arange(150) + 1) * 0.6180339887498949
fractions = (multiples - numpy.floor(multiples)).reshape(3, 5, 10)
algorithms = {str(place): scores.T for place, scores in enumerate(fractions)}
start = time.process_time()
_, intervals = library.get_interval_estimates(
    algorithms, lambda scores: numpy.array([metrics.aggregate_iqm(scores)]), reps=50_000,
    random_state=numpy.random.RandomState(ROUND))
spent = (time.process_time() - start) * 1000
print(json.dumps({
    "task": "iqm", "tool": "rliable", "round": ROUND, "cpu-milliseconds": spent, "resamples": 50_000,
    "microseconds-a-resample": spent * 1000 / 50_000, "lower": float(intervals["0"][0, 0]),
    "upper": float(intervals["0"][1, 0]), "peak-memory-mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
