"""Runs that the gallery of charts shows: five classifiers of scikit-learn on its own data sets.

Writes predictions.csv, scores.csv and sizes.csv beside this file.
"""
import csv
import pathlib
import numpy as np
from sklearn import datasets
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
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
for name in ["bayes", "forest"]:
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
