"""Runs that the gallery of charts shows: five classifiers of scikit-learn on its own data sets.

Writes frames.csv, importances.csv, margins.csv, population.csv, predictions.csv, scores.csv, sizes.csv and weeks.csv
beside this file.
"""
import copy
import csv
import datetime
import pathlib
import numpy as np
from sklearn import datasets
from sklearn.ensemble import RandomForestClassifier
from sklearn.inspection import permutation_importance
from sklearn.linear_model import LogisticRegression, SGDClassifier
from sklearn.model_selection import train_test_split
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier

folder = pathlib.Path(__file__).parent
methods = {
    "logistic": lambda seed: make_pipeline(StandardScaler(), LogisticRegression(max_iter=2000)),
    "neighbours": lambda seed: make_pipeline(StandardScaler(), KNeighborsClassifier(5)),
    "tree": lambda seed: DecisionTreeClassifier(random_state=seed),
    "forest": lambda seed: RandomForestClassifier(30, random_state=seed),
    "bayes": lambda seed: GaussianNB(),
}
sets = {
    "digits": datasets.load_digits, "iris": datasets.load_iris, "wine": datasets.load_wine,
    "breast-cancer": datasets.load_breast_cancer,
}


def write(name, header, rows):
    with open(folder / name, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


scores = []
for set_name, load in sets.items():
    x, y = load(return_X_y=True)
    for seed in range(6):
        a, b, u, v = train_test_split(x, y, train_size=0.3, random_state=seed, stratify=y)
        for name, make in methods.items():
            model = make(seed).fit(a, u)
            scores.append([name, set_name, f"{set_name}-{seed}", seed, round(model.score(b, v), 5)])
write("scores.csv", ["method", "dataset", "split", "seed", "accuracy"], scores)

x, y = sets["digits"](return_X_y=True)
a, b, u, v = train_test_split(x, y, train_size=0.1, random_state=0, stratify=y)
rows = []
for name in ["logistic", "forest"]:
    chances = methods[name](0).fit(a, u).predict_proba(b[:500])
    for item, (chance, label) in enumerate(zip(chances, v[:500])):
        rows.append([name, item, round(float(chance.max()), 4), int(chance.argmax() == label)])
write("predictions.csv", ["method", "item", "confidence", "correct"], rows)

rows = []
for size in [25, 50, 100, 200, 400, 800]:
    for seed in range(5):
        a, b, u, v = train_test_split(x, y, train_size=size, random_state=seed, stratify=y)
        model = methods["neighbours"](seed).fit(a, u)
        rows.append([size, seed, round(1 - model.score(b, v), 5)])
write("sizes.csv", ["examples", "seed", "error"], rows)

# How far the logarithm of the right class's probability lies above that of the best other class.
a, b, u, v = train_test_split(x, y, train_size=0.3, random_state=0, stratify=y)
rows = []
for name in ["logistic", "bayes"]:
    model = methods[name](0).fit(a, u)
    # Those of naive Bayes are too small for probabilities.
    logs = (model.predict_joint_log_proba if name == "bayes" else model.predict_log_proba)(b[:300])
    for item, (line, label) in enumerate(zip(logs, v[:300])):
        rest = np.delete(line, label).max()
        rows.append([name, item, float(f"{line[label] - rest:.4g}")])
write("margins.csv", ["method", "item", "margin"], rows)

rows = []
wine = datasets.load_wine()
for seed in range(6):
    a, b, u, v = train_test_split(wine.data, wine.target, train_size=0.5, random_state=seed, stratify=wine.target)
    found = permutation_importance(
        methods["forest"](seed).fit(a, u), b, v, n_repeats=5, random_state=seed).importances_mean
    rows += [[name, seed, round(float(drop), 5)] for name, drop in zip(wine.feature_names, found)]
write("importances.csv", ["feature", "seed", "drop"], rows)

# Weights of the class 3 of a linear model while it learns.
a, b, u, v = train_test_split(x / 16, y, train_size=0.5, random_state=0, stratify=y)
model = SGDClassifier(loss="log_loss", learning_rate="constant", eta0=0.01, alpha=1e-3, random_state=0)
rows = []
for epoch in range(1, 33):
    model.partial_fit(a, u, classes=np.arange(10))
    if epoch in [1, 2, 4, 8, 16, 32]:
        rows += [[epoch, k // 8, k % 8, 0, round(float(w), 3)] for k, w in enumerate(model.coef_[3])]
write("frames.csv", ["epoch", "row", "column", "seed", "weight"], rows)

# A population that tunes its learning rate: every third round the worst two copy the best two.
chance = np.random.default_rng(0)
rates = [float(f"{r:.3g}") for r in 10 ** chance.uniform(-5, 0, 6)]
members = [
    SGDClassifier(loss="log_loss", learning_rate="constant", eta0=rate, alpha=1e-4, random_state=k)
    for k, rate in enumerate(rates)
]
rows = []
for round_ in range(13):
    origin = list(range(6))
    if round_ and round_ % 3 == 0:
        order = np.argsort([m.score(b, v) for m in members])
        for worst, best in zip(order[:2], order[::-1][:2]):
            members[worst] = copy.deepcopy(members[best])
            members[worst].set_params(eta0=float(f"{members[best].eta0 * chance.choice([0.5, 2]):.3g}"))
            origin[worst] = best
    for k, member in enumerate(members):
        part = slice(0, 60 * (round_ + 1))
        member.partial_fit(a[part], u[part], classes=np.arange(10))
        rows.append([f"m{k}", round_, f"m{origin[k]}", 0, round(member.score(b, v), 4)])
write("population.csv", ["member", "round", "origin", "seed", "accuracy"], rows)

# A model that is fitted again every week to all digits that have come so far, sixty a week.
rows = []
for seed in range(3):
    a, b, u, v = train_test_split(x, y, train_size=800, random_state=seed, stratify=y)
    for week in range(13):
        day = datetime.date(2024, 1, 1) + datetime.timedelta(weeks=week)
        model = methods["logistic"](seed).fit(a[:60 * (week + 1)], u[:60 * (week + 1)])
        rows.append([day.isoformat(), seed, round(model.score(b, v), 4)])
write("weeks.csv", ["day", "seed", "accuracy"], rows)
