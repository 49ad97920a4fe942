"""Times the measures of calibration against netcal on the same 10^6 x 10 probabilities, in turns, in CPU seconds.

Usage: run.py CALIBRATION_BENCHMARK [ROUNDS]. Writes runs.jsonl beside itself: a line for each round and implementation.
The first round also compares the values that both define alike.
"""
import json
import os
import subprocess
import sys
import tempfile
import time

os.environ.update({name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")})
import numpy
from netcal.metrics import ECE, MCE

ROWS, CLASSES, BINS = 10**6, 10, (5, 10, 15, 20, 25, 50, 100)


def data():
    rng = numpy.random.default_rng(1)
    logits = 2 * rng.normal(size=(ROWS, CLASSES))
    p = numpy.exp(logits - logits.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    flat = 0.7 * p + 0.03
    labels = (flat.cumsum(1) < rng.random((ROWS, 1))).sum(1).clip(0, CLASSES - 1)
    return p, labels.astype(numpy.int32)


def netcal(p, labels):
    start = time.process_time()
    values = {}
    for bins in BINS:
        for name, measure in (("ece", ECE), ("mce", MCE)):
            for binning in ("equal-width", "equal-mass"):
                found = measure(bins=bins, equal_intervals=binning == "equal-width").measure(p, labels)
                values[f"{name} {binning} {bins}"] = float(found)
    return time.process_time() - start, values


def main():
    benchmark, rounds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 5
    here = os.path.dirname(os.path.abspath(__file__))
    p, labels = data()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "probabilities.bin")
        with open(path, "wb") as file:
            file.write(p.tobytes() + labels.tobytes())
        lines = []
        for turn in range(rounds):
            seconds, values = netcal(p, labels)
            own = json.loads(subprocess.run(
                [benchmark, path, str(ROWS), str(CLASSES)], check=True, capture_output=True, text=True).stdout)
            worst = max(abs(values[key] - own["values"][key]) for key in values if "equal-width" in key)
            assert worst < 1e-10, worst
            print(f"round {turn}: netcal {seconds:.2f} s, same work {own['same']:.3f} s ({seconds / own['same']:.0f} x), "
                  f"all {own['measures']} measures {own['all']:.3f} s; largest difference {worst:.1e}")
            lines += [{"library": "netcal", "round": turn, "seconds": seconds},
                      {"library": "assay", "round": turn, "seconds": own["same"]}]
    with open(os.path.join(here, "runs.jsonl"), "w") as file:
        file.writelines(json.dumps(line) + "\n" for line in lines)


main()
