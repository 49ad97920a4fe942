"""Optuna's part of the comparison; every command prints lines of JSON.

quality OBJECTIVE TRIALS FIRST-SEED END-SEED: the best value after 50 and after all trials, a line a seed.
speed SAMPLER COUNT: asks a second of processor time with COUNT trials told, in a space of six numbers.
"""
import json
import statistics
import sys
import time

import optuna

from objectives import FUNCTIONS, digits_error

optuna.logging.set_verbosity(optuna.logging.ERROR)


def digits(trial):
    configuration = {"model": trial.suggest_categorical("model", ["svm", "rf"])}
    if configuration["model"] == "svm":
        kernel = configuration["kernel"] = trial.suggest_categorical("kernel", ["linear", "rbf", "poly"])
        configuration["C"] = trial.suggest_float("C", 1e-3, 1e3, log=True)
        if kernel in ("rbf", "poly"):
            configuration["gamma"] = trial.suggest_float("gamma", 1e-4, 1e1, log=True)
        if kernel == "poly":
            configuration["degree"] = trial.suggest_int("degree", 2, 5)
    else:
        configuration["trees"] = trial.suggest_int("trees", 10, 100, log=True)
        configuration["max_features"] = trial.suggest_float("max_features", 0.05, 1.0)
        configuration["leaf"] = trial.suggest_int("leaf", 1, 20)
    return digits_error(configuration)


def quality(name, trials, first, end):
    objective = digits
    if name != "digits":
        function, bounds = FUNCTIONS[name]
        objective = lambda trial: function([trial.suggest_float(f"x{i}", *b) for i, b in enumerate(bounds)])
    for seed in range(first, end):
        study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=seed))
        study.optimize(objective, n_trials=trials)
        values = [trial.value for trial in study.trials]
        print(json.dumps({"seed": seed, "best50": min(values[:50]), "best": min(values)}), flush=True)


def speed(sampler, count):
    def loss(values):
        return sum((value - 0.3) ** 2 for value in values)

    make = {"tpe": optuna.samplers.TPESampler, "bayesian": optuna.samplers.GPSampler}[sampler]
    study = optuna.create_study(sampler=make(seed=0))
    space = {f"x{i}": optuna.distributions.FloatDistribution(0, 1) for i in range(6)}
    import numpy
    for row in numpy.random.default_rng(0).random((count, 6)):
        parameters = dict(zip(space, map(float, row)))
        study.add_trial(optuna.trial.create_trial(params=parameters, distributions=space, value=loss(row)))
    times = []
    for _ in range(7 if sampler == "bayesian" else 32):
        start = time.process_time()
        trial = study.ask()
        values = [trial.suggest_float(name, 0, 1) for name in space]
        times.append(max(time.process_time() - start, 1e-7))
        study.tell(trial, loss(values))
    print(json.dumps({"asks-per-second": 1 / statistics.median(times[2:])}))


if sys.argv[1] == "quality":
    quality(sys.argv[2], *map(int, sys.argv[3:]))
else:
    speed(sys.argv[2], int(sys.argv[3]))
