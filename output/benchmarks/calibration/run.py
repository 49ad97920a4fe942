"""Times Assay's measures of calibration against netcal's on the same 10^6 x 10 probabilities; writes a line of JSON a run.

Each round runs every tool once, one process each, all on the same single core, so that whatever else the machine does
falls on all of them alike. Times are processor time, reading the probabilities left out. Values that both define alike must
agree to 1e-10, in every round.

Usage: run.py BENCHMARK-PROGRAM [--rounds N] [--out FILE]
"""

import argparse
import json
import os
import pathlib
import statistics
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE.parent))
from peers import last_core, lines, peer_python

ROWS, CLASSES = 10**6, 10


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--out", default=str(HERE / "runs.jsonl"))
    options = parser.parse_args()
    python, core = peer_python(HERE), last_core()
    runs, ratios = [], []
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "probabilities.bin")
        lines([python, HERE / "with_netcal.py", "write", path, ROWS, CLASSES], core)
        for turn in range(1, options.rounds + 1):
            peer = lines([python, HERE / "with_netcal.py", "time", path, ROWS, CLASSES], core)[-1]
            own = lines([options.program, path, ROWS, CLASSES], core)[-1]
            worst = max(abs(value - own["values"][key]) for key, value in peer["values"].items() if "equal-width" in key)
            if worst > 1e-10:
                sys.exit(f"netcal and Assay differ by {worst}")
            ratios.append(peer["seconds"] / own["same"])
            for task, tool, seconds, count in (
                    ("shared", "netcal", peer["seconds"], len(peer["values"])),
                    ("shared", "assay", own["same"], len(own["values"])),
                    ("all", "assay", own["all"], own["measures"])):
                runs.append({"task": task, "tool": tool, "round": turn, "cpu-seconds": seconds, "values": count,
                              "largest-difference": worst})
            print(f"round {turn}: netcal {peer['seconds']:.2f} s, Assay {own['same']:.3f} s for the same, {own['all']:.3f} s "
                  f"for all {own['measures']} measures; values differ by at most {worst:.1e}", flush=True)
    with open(options.out, "w") as file:
        file.writelines(json.dumps(run) + "\n" for run in runs)
    print(f"netcal takes {statistics.median(ratios):.0f} times as long (median of {options.rounds} rounds)")


main()
