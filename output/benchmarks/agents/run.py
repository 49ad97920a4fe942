"""Times Assay's agents and environments against JAX, Stable-Baselines3, MinAtar and Gymnasium; writes one line of JSON a run.

Each round runs every task once with every tool, one process each, all on the same single core, so that whatever else
the machine does falls on all of them alike. Times are processor time.

Usage: run.py BENCHMARK-PROGRAM [--rounds N] [--tasks a,b] [--out FILE]
"""

import argparse
import pathlib
import statistics
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE.parent))
from peers import peer_python, take_turns

PEERS = {
    "ppo-cartpole": ["jax", "sb3"], "dqn-cartpole": ["sb3"], "cartpole": ["gymnasium"], "acrobot": ["gymnasium"],
    "asterix": ["minatar"], "breakout": ["minatar"], "freeway": ["minatar"], "seaquest": ["minatar"],
    "space-invaders": ["minatar"],
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--tasks", default=",".join(PEERS))
    parser.add_argument("--out", default=str(HERE / "runs.jsonl"))
    options = parser.parse_args()
    python, tasks = peer_python(HERE), options.tasks.split(",")

    def command(task, tool, number):
        program = [options.program] if tool == "assay" else [python, str(HERE / f"with_{tool}.py")]
        return program + [task, str(number)]

    runs = take_turns({task: PEERS[task] for task in tasks}, command, options.rounds, options.out)
    print(f"\n{'task':18}{'tool':12}{'steps/s':>12}{'times':>8}{'total s':>10}")
    for task in tasks:
        def median(tool, column):
            return statistics.median(r[column] for r in runs if r["task"] == task and r["tool"] == tool)
        for tool in ["assay"] + PEERS[task]:
            ours, theirs = median("assay", "steps-per-second"), median(tool, "steps-per-second")
            print(f"{task:18}{tool:12}{theirs:12.0f}{ours / theirs:8.2f}{median(tool, 'total-seconds'):10.2f}")


main()
