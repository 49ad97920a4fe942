"""Times Assay's agents and environments against JAX, Stable-Baselines3, MinAtar and Gymnasium; writes one line of JSON a run.

Each round runs every task once with every tool, one process each, all on the same single core, so that whatever else
the machine does falls on all of them alike. Times are processor time.

Usage: run.py BENCHMARK-PROGRAM [--rounds N] [--tasks a,b] [--out FILE]
The Python with the peers is made in .build/agents-python from requirements.txt; ASSAY_BENCH_PYTHON names another.
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
    "ppo-cartpole": ["jax", "sb3"], "dqn-cartpole": ["sb3"], "cartpole": ["gymnasium"], "acrobot": ["gymnasium"],
    "asterix": ["minatar"], "breakout": ["minatar"], "freeway": ["minatar"], "seaquest": ["minatar"],
    "space-invaders": ["minatar"],
}


def peer_python():
    if "ASSAY_BENCH_PYTHON" in os.environ:
        return os.environ["ASSAY_BENCH_PYTHON"]
    folder = ROOT / ".build" / "agents-python"
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
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--tasks", default=",".join(PEERS))
    parser.add_argument("--out", default=str(HERE / "runs.jsonl"))
    options = parser.parse_args()
    python = peer_python()
    core = max(os.sched_getaffinity(0))
    tasks = options.tasks.split(",")
    runs = []
    for round_number in range(1, options.rounds + 1):
        for task in tasks:
            # The order of the tools turns with the rounds.
            tools = ["assay"] + PEERS[task]
            turn = round_number % len(tools)
            for tool in tools[turn:] + tools[:turn]:
                program = [options.program] if tool == "assay" else [python, str(HERE / f"with_{tool}.py")]
                runs.append(run(program + [task, str(round_number)], core))
                print(json.dumps(runs[-1]), flush=True)
        # After each round, so that an interrupted benchmark leaves whole rounds.
        pathlib.Path(options.out).write_text("".join(json.dumps(run) + "\n" for run in runs))
    print(f"\n{'task':18}{'tool':12}{'steps/s':>12}{'times':>8}{'total s':>10}")
    for task in tasks:
        def median(tool, column):
            return statistics.median(r[column] for r in runs if r["task"] == task and r["tool"] == tool)
        for tool in ["assay"] + PEERS[task]:
            ours, theirs = median("assay", "steps-per-second"), median(tool, "steps-per-second")
            print(f"{task:18}{tool:12}{theirs:12.0f}{ours / theirs:8.2f}{median(tool, 'total-seconds'):10.2f}")


main()
