"""Times Assay's measures of calibration against netcal's on the same 10^6 x 10 probabilities; writes a line of JSON a run.

Each round runs every tool once, one process each, all on the same single core, so that whatever else the machine does
falls on all of them alike. Times are processor time, reading the probabilities left out. Values that both define alike must
agree to 1e-10, in every round.

Usage: run.py BENCHMARK-PROGRAM [--rounds N] [--out FILE]
The Python with netcal is made in .build/calibration-python from requirements.txt; ASSAY_BENCH_PYTHON names another.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import venv

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
ROWS, CLASSES = 10**6, 10


def peer_python():
    if "ASSAY_BENCH_PYTHON" in os.environ:
        return os.environ["ASSAY_BENCH_PYTHON"]
    folder = ROOT / ".build" / "calibration-python"
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", HERE / "requirements.txt"], check=True)
    return str(python)


def run(command, core):
    """The JSON a command prints last; it sees one core and asks its libraries for one thread."""
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "PYTHONDONTWRITEBYTECODE")
    done = subprocess.run(
        [str(word) for word in command], capture_output=True, text=True, env=os.environ | {name: "1" for name in names},
        preexec_fn=lambda: os.sched_setaffinity(0, {core}))
    if done.returncode != 0:
        sys.exit(f"{command} failed:\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--out", default=str(HERE / "runs.jsonl"))
    options = parser.parse_args()
    python, core = peer_python(), max(os.sched_getaffinity(0))
    lines, ratios = [], []
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "probabilities.bin")
        run([python, HERE / "with_netcal.py", "write", path, ROWS, CLASSES], core)
        for turn in range(1, options.rounds + 1):
            peer = run([python, HERE / "with_netcal.py", "time", path, ROWS, CLASSES], core)
            own = run([options.program, path, ROWS, CLASSES], core)
            worst = max(abs(value - own["values"][key]) for key, value in peer["values"].items() if "equal-width" in key)
            if worst > 1e-10:
                sys.exit(f"netcal and Assay differ by {worst}")
            ratios.append(peer["seconds"] / own["same"])
            for task, tool, seconds, count in (
                    ("shared", "netcal", peer["seconds"], len(peer["values"])),
                    ("shared", "assay", own["same"], len(own["values"])),
                    ("all", "assay", own["all"], own["measures"])):
                lines.append({"task": task, "tool": tool, "round": turn, "cpu-seconds": seconds, "values": count,
                              "largest-difference": worst})
            print(f"round {turn}: netcal {peer['seconds']:.2f} s, Assay {own['same']:.3f} s for the same, {own['all']:.3f} s "
                  f"for all {own['measures']} measures; values differ by at most {worst:.1e}", flush=True)
    with open(options.out, "w") as file:
        file.writelines(json.dumps(line) + "\n" for line in lines)
    print(f"netcal takes {statistics.median(ratios):.0f} times as long (median of {options.rounds} rounds)")


main()
