"""The objectives of the comparison, all minimised; TunersBenchmark has the same functions."""
import math

import numpy as np

_A = np.array([[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]])
_P = 1e-4 * np.array([
    [1312, 1696, 5569, 124, 8283, 5886], [2329, 4135, 8307, 3736, 1004, 9991],
    [2348, 1451, 3522, 2883, 3047, 6650], [4047, 8828, 8732, 5743, 1091, 381]])
_C = np.array([1.0, 1.2, 3.0, 3.2])


def branin(x):
    t = x[1] - 5.1 / (4 * math.pi**2) * x[0] ** 2 + 5 / math.pi * x[0] - 6
    return t * t + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x[0]) + 10


def hartmann6(x):
    return float(-(_C * np.exp(-(_A * (np.asarray(x) - _P) ** 2).sum(1))).sum())


def rosen5log(x):
    x = np.asarray(x)
    return float(np.log10(1 + (100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2).sum()))


FUNCTIONS = {
    "branin": (branin, [(-5.0, 10.0), (0.0, 15.0)]),
    "hartmann6": (hartmann6, [(0.0, 1.0)] * 6),
    "rosen5log": (rosen5log, [(-5.0, 10.0)] * 5),
}

_digits = []


def digits_error(configuration):
    """Error of three-fold cross-validation of a support vector machine or a random forest on scikit-learn's digits."""
    from sklearn.datasets import load_digits
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.model_selection import StratifiedKFold, cross_val_score
    from sklearn.svm import SVC

    if not _digits:
        _digits.extend(load_digits(return_X_y=True))
    if configuration["model"] == "svm":
        settings = {"C": configuration["C"], "kernel": configuration["kernel"]}
        settings |= {name: configuration[name] for name in ("gamma", "degree") if name in configuration}
        if "degree" in settings:
            settings["degree"] = int(settings["degree"])
        model = SVC(max_iter=2000, **settings)
    else:
        model = RandomForestClassifier(
            n_estimators=int(configuration["trees"]), max_features=configuration["max_features"],
            min_samples_leaf=int(configuration["leaf"]), random_state=0, n_jobs=1)
    folds = StratifiedKFold(3, shuffle=True, random_state=0)
    return 1.0 - float(cross_val_score(model, _digits[0] / 16.0, _digits[1], cv=folds).mean())
