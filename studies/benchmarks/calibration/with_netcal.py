"""netcal's part of the benchmark.

Usage: with_netcal.py write|time FILE ROWS CLASSES. FILE holds ROWS x CLASSES float64, then ROWS int32 labels.
'time' prints processor seconds and values of the expected and the maximum calibration error for seven numbers of bins, of
equal width and of equal mass.
"""
import json
import sys
import time

import numpy
from netcal.metrics import ECE, MCE

BINS = (5, 10, 15, 20, 25, 50, 100)


def write(path, rows, classes):
    """Overconfident probabilities of a made-up classifier."""
    rng = numpy.random.default_rng(1)
    logits = 2 * rng.normal(size=(rows, classes))
    p = numpy.exp(logits - logits.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    flat = 0.7 * p + 0.3 / classes
    labels = (flat.cumsum(1) < rng.random((rows, 1))).sum(1).clip(0, classes - 1)
    with open(path, "wb") as file:
        file.write(p.tobytes() + labels.astype(numpy.int32).tobytes())
    return {}


def measure(path, rows, classes):
    with open(path, "rb") as file:
        data = file.read()
    p = numpy.frombuffer(data, dtype=numpy.float64, count=rows * classes).reshape(rows, classes)
    labels = numpy.frombuffer(data, dtype=numpy.int32, offset=rows * classes * 8)
    values = {}
    start = time.process_time()
    for bins in BINS:
        for name, kind in (("ece", ECE), ("mce", MCE)):
            for binning in ("equal-width", "equal-mass"):
                found = kind(bins=bins, equal_intervals=binning == "equal-width").measure(p, labels)
                values[f"{name} {binning} {bins}"] = float(found)
    return {"seconds": time.process_time() - start, "values": values}


what, path, rows, classes = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
print(json.dumps((write if what == "write" else measure)(path, rows, classes)))
