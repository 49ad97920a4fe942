"""Assay's tuners on the conditional digits task: serve_digits.py PROGRAM TUNER TRIALS FIRST-SEED END-SEED."""
import json
import subprocess
import sys

from objectives import digits_error

program, tuner = sys.argv[1:3]
trials, first, end = map(int, sys.argv[3:])
for seed in range(first, end):
    search = subprocess.Popen(
        [program, "serve", tuner, "digits", str(trials), str(seed)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    values = []
    for line in search.stdout:
        values.append(digits_error(json.loads(line)))
        search.stdin.write(f"{values[-1]!r}\n")
        search.stdin.flush()
    search.wait()
    print(json.dumps({"seed": seed, "best50": min(values[:50]), "best": min(values)}), flush=True)
