"""What the benchmarks have in common: a Python that has the peers, and tools that take turns on one core."""

import json
import os
import pathlib
import subprocess
import sys
import venv

ROOT = pathlib.Path(__file__).resolve().parents[2]


def peer_python(folder):
    """A Python with the requirements of a benchmark's folder, made in .build the first time; ASSAY_BENCH_PYTHON names another."""
    if "ASSAY_BENCH_PYTHON" in os.environ:
        return os.environ["ASSAY_BENCH_PYTHON"]
    made = ROOT / ".build" / f"{folder.name}-python"
    python = made / "bin" / "python"
    if not python.exists():
        venv.create(made, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", folder / "requirements.txt"], check=True)
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


def take_turns(peers, command, rounds, out):
    """Every task once a round with Assay and its peers, one process each, the order of the tools turning with the rounds.

    peers: by task, the tools beside Assay. command(task, tool, round): what runs one of them. out: the file of all runs,
    written after each round, so that an interrupted benchmark leaves whole rounds.
    """
    core = max(os.sched_getaffinity(0))
    runs = []
    for number in range(1, rounds + 1):
        for task in peers:
            tools = ["assay"] + peers[task]
            turn = number % len(tools)
            for tool in tools[turn:] + tools[:turn]:
                runs.append(run(command(task, tool, number), core))
                print(json.dumps(runs[-1]), flush=True)
        pathlib.Path(out).write_text("".join(json.dumps(run) + "\n" for run in runs))
    return runs
