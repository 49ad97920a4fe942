"""Times Assay's training against PyTorch, JAX and scikit-learn and writes one line of JSON a run.

Each round runs every task once with every tool, one process each, all on the same single core, so that whatever else
the machine does falls on all of them alike. Times are processor time.

Usage: run.py BENCHMARK-PROGRAM [--rounds N] [--tasks a,b] [--out FILE]
"""

import argparse
import pathlib
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE.parent))
from peers import ROOT, peer_python, take_turns

PEERS = {
    "mlp-epoch": ["torch", "jax"], "cnn-step": ["torch", "jax"], "transformer-step": ["torch", "jax"],
    "lstm-step": ["torch", "jax"], "gaussian-process-fit": ["sklearn"], "random-forest-fit": ["sklearn"],
    "kernel-svm-fit": ["sklearn"],
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--tasks", default=",".join(PEERS))
    parser.add_argument("--out", default=str(HERE / "runs.jsonl"))
    options = parser.parse_args()
    python, data, tasks = peer_python(HERE), str(ROOT / "studies" / "data"), options.tasks.split(",")

    def command(task, tool, number):
        if tool == "assay":
            return [options.program, task, str(number), data]
        return [python, str(HERE / f"with_{tool}.py"), task, tool, str(number), data]

    summarise(take_turns({task: PEERS[task] for task in tasks}, command, options.rounds, options.out), tasks)
    for task in tasks:
        if task.endswith("-fit"):
            continue
        print(f"\n{task}: where the time goes")
        done = subprocess.run([options.program, task, "0", data, "--profile"], capture_output=True, text=True)
        print("\n".join(done.stdout.splitlines()[:-1]))


def summarise(runs, tasks):
    print(f"\n{'task':22}{'tool':14}{'ms':>10}{'ratio':>8}{'first ms':>10}{'score':>8}{'MiB':>8}")
    for task in tasks:
        def median(tool, column):
            return statistics.median(r[column] for r in runs if r["task"] == task and r["tool"] == tool)
        for tool in ["assay"] + PEERS[task]:
            ours, theirs = median("assay", "cpu-milliseconds"), median(tool, "cpu-milliseconds")
            print(f"{task:22}{tool:14}{theirs:10.3f}{ours / theirs:8.2f}"
                  f"{median(tool, 'first-milliseconds'):10.0f}{median(tool, 'score'):8.4f}"
                  f"{median(tool, 'peak-memory-mib'):8.0f}")


main()
