"""Compares Assay's tuners with Optuna's: the quality of what they find and the time of an ask.

Quality is the regret (best - optimum) / (median of 100,000 random configurations - optimum), on digits the error itself;
speed is taken in rounds, every tool once a round, one process each, all on one core; processor time.

Usage: run.py BENCHMARK-PROGRAM [--seeds N] [--rounds N] [--only quality|speed] [--objectives a,b] [--folder FOLDER]
ASSAY_BENCH_PYTHON names a Python that has the packages of requirements.txt; without it one is made in .build.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import venv

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
TUNERS = ["default", "tpe"]
SPEEDS = [("tpe", 100), ("tpe", 300), ("tpe", 1000), ("bayesian", 30), ("bayesian", 100), ("bayesian", 200)]


def peer_python():
    if "ASSAY_BENCH_PYTHON" in os.environ:
        return os.environ["ASSAY_BENCH_PYTHON"]
    folder = ROOT / ".build" / "tuners-python"
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", HERE / "requirements.txt"], check=True)
    return str(python)


def lines(command):
    """The lines of JSON a command prints; it sees one core and asks its libraries for one thread."""
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "PYTHONDONTWRITEBYTECODE")
    core = max(os.sched_getaffinity(0))
    done = subprocess.run(
        [str(word) for word in command], capture_output=True, text=True, env=os.environ | {name: "1" for name in names},
        preexec_fn=lambda: os.sched_setaffinity(0, {core}))
    if done.returncode != 0:
        sys.exit(f"{command} failed:\n{done.stderr}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def quality(program, python, objectives, seeds):
    records = []
    for objective in objectives:
        if objective == "digits":
            trials, seeds_here, bounds = 50, min(seeds, 5), None
        else:
            trials, seeds_here = 200, seeds
            bounds = lines([program, "reference", objective])[0]
        runs = {"optuna": lines([python, HERE / "with_optuna.py", "quality", objective, trials, 0, seeds_here])}
        for tuner in TUNERS:
            if objective == "digits":
                runs[tuner] = lines([python, HERE / "serve_digits.py", program, tuner, trials, 0, seeds_here])
            else:
                runs[tuner] = lines([program, "quality", tuner, objective, trials, 0, seeds_here])
        for tool, rows in runs.items():
            for row in rows:
                for count, best in {50: row["best50"], trials: row["best"]}.items():
                    value = best
                    if bounds:
                        value = (best - bounds["optimum"]) / (bounds["reference"] - bounds["optimum"])
                    records.append({"objective": objective, "tool": tool, "trials": count, "seed": row["seed"], "regret": value})
    return records


def processor():
    found = [line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")]
    return found[0] if found else "unknown"


def speed(program, python, rounds):
    records, common = [], {"processor": processor()}
    for number in range(rounds):
        for model, count in SPEEDS:
            if not (model == "bayesian" and count > 100):
                peer = lines([python, HERE / "with_optuna.py", "speed", model, count])[0]
                records.append({"model": model, "tool": "optuna", "told": count, "round": number} | common | peer)
            own = lines([program, "speed", model, count])[0]
            records.append({"model": model, "tool": "assay", "told": count, "round": number} | common | own)
    return records


def write(path, records):
    path.write_text("".join(json.dumps(record) + "\n" for record in records))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--only", choices=["quality", "speed"])
    parser.add_argument("--objectives", default="branin,hartmann6,rosen5log,digits")
    parser.add_argument("--folder", type=pathlib.Path, default=HERE)
    options = parser.parse_args()
    python = peer_python()
    if options.only != "quality":
        write(options.folder / "speed.jsonl", speed(options.program, python, options.rounds))
    if options.only != "speed":
        write(
            options.folder / "quality.jsonl",
            quality(options.program, python, options.objectives.split(","), options.seeds))


main()
