"""Times Assay's bootstrap intervals against NumPy and rliable and writes one line of JSON a run.

Each round runs every task once with every tool, one process each, all on the same single core, so that whatever else
the machine does falls on all of them alike. Times are processor time.

Usage: run.py BENCHMARK-PROGRAM [--rounds N] [--out FILE]
"""

import argparse
import pathlib
import statistics
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE.parent))
from peers import peer_python, take_turns

PEERS = {"iqm": ["numpy", "rliable"], "paired-items": ["numpy"]}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--out", default=str(HERE / "runs.jsonl"))
    options = parser.parse_args()
    python = peer_python(HERE)

    def command(task, tool, number):
        program = [options.program] if tool == "assay" else [python, str(HERE / f"with_{tool}.py")]
        return program + [task, str(number)]

    runs = take_turns(PEERS, command, options.rounds, options.out)
    print(f"\n{'task':16}{'tool':10}{'ms':>12}{'µs/resample':>14}{'ratio':>9}{'MiB':>7}{'lower':>10}{'upper':>10}")
    for task, peers in PEERS.items():
        def median(tool, column):
            return statistics.median(r[column] for r in runs if r["task"] == task and r["tool"] == tool)
        for tool in ["assay"] + peers:
            ours, theirs = median("assay", "microseconds-a-resample"), median(tool, "microseconds-a-resample")
            print(f"{task:16}{tool:10}{median(tool, 'cpu-milliseconds'):12.1f}{theirs:14.2f}{ours / theirs:9.4f}"
                  f"{median(tool, 'peak-memory-mib'):7.0f}{median(tool, 'lower'):10.5f}{median(tool, 'upper'):10.5f}")


main()
