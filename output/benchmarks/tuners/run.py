"""Compares Assay's tuners with Optuna's: the quality of what they find and the time of an ask.

Quality is the regret (best - optimum) / (median of 100,000 random configurations - optimum), on digits the error itself;
speed is taken in rounds, every tool once a round, one process each, all on one core; processor time.

Usage: run.py BENCHMARK-PROGRAM [--seeds N] [--rounds N] [--only quality|speed] [--objectives a,b] [--folder FOLDER]
"""

import argparse
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.append(str(HERE.parent))
from peers import last_core, peer_python
from peers import lines as lines_on

TUNERS = ["default", "tpe"]
SPEEDS = [("tpe", 100), ("tpe", 300), ("tpe", 1000), ("bayesian", 30), ("bayesian", 100), ("bayesian", 200)]


def lines(command):
    return lines_on(command, last_core())


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
    python = peer_python(HERE)
    if options.only != "quality":
        write(options.folder / "speed.jsonl", speed(options.program, python, options.rounds))
    if options.only != "speed":
        write(
            options.folder / "quality.jsonl",
            quality(options.program, python, options.objectives.split(","), options.seeds))


main()
