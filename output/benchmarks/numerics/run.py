"""Times Assay's training against PyTorch, JAX and scikit-learn and writes one line of JSON a run.

Each round runs every task once with every tool, one process each, all on the same single core, so that whatever else
the machine does falls on all of them alike. Times are processor time.

Usage: run.py BENCHMARK-PROGRAM [--rounds N] [--tasks a,b] [--out FILE]
The Python with the peers is made in .build/benchmark-python from requirements.txt; ASSAY_BENCH_PYTHON names another.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import venv

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
PEERS = {
    "mlp-epoch": ["torch", "jax"], "cnn-step": ["torch", "jax"], "transformer-step": ["torch", "jax"],
    "lstm-step": ["torch", "jax"], "gaussian-process-fit": ["sklearn"], "random-forest-fit": ["sklearn"],
    "kernel-svm-fit": ["sklearn"],
}


def peer_python():
    if "ASSAY_BENCH_PYTHON" in os.environ:
        return os.environ["ASSAY_BENCH_PYTHON"]
    folder = ROOT / ".build" / "benchmark-python"
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", HERE / "requirements.txt"], check=True)
    return str(python)


def run(command, core):
    """The JSON a command prints last; it sees one core and asks its libraries for one thread."""
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "PYTHONDONTWRITEBYTECODE")
    environment = os.environ | {name: "1" for name in names}
    done = subprocess.run(
        command, capture_output=True, text=True, env=environment,
        preexec_fn=lambda: os.sched_setaffinity(0, {core}))
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} failed:\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--tasks", default=",".join(PEERS))
    parser.add_argument("--out", default=str(HERE / "runs.jsonl"))
    options = parser.parse_args()
    python, data = peer_python(), str(ROOT / "studies" / "data")
    core = max(os.sched_getaffinity(0))
    runs = []
    for round_number in range(1, options.rounds + 1):
        for task in options.tasks.split(","):
            # The order of the tools turns with the rounds.
            tools = ["assay"] + PEERS[task]
            turn = round_number % len(tools)
            for tool in tools[turn:] + tools[:turn]:
                if tool == "assay":
                    command = [options.program, task, str(round_number), data]
                else:
                    command = [python, str(HERE / f"with_{tool}.py"), task, tool, str(round_number), data]
                runs.append(run(command, core))
                print(json.dumps(runs[-1]), flush=True)
        # After each round, so that an interrupted benchmark leaves whole rounds.
        pathlib.Path(options.out).write_text("".join(json.dumps(run) + "\n" for run in runs))
    summarise(runs, options.tasks.split(","))
    for task in options.tasks.split(","):
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
