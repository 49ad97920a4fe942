"""Made runs.csv with scikit-learn 1.x: `python3 runs.py > runs.csv`.

Three classifiers at their default settings on four small data sets, ten random splits each. A seed names the split of
a data set, so that it is shared by the classifiers. Nothing was tuned.
"""
import csv
import sys

from sklearn.datasets import load_breast_cancer, load_digits, load_iris, load_wine
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

tasks = {"iris": load_iris, "wine": load_wine, "breast-cancer": load_breast_cancer, "digits": load_digits}
methods = {
    "logistic": lambda seed: make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000)),
    "neighbours": lambda seed: make_pipeline(StandardScaler(), KNeighborsClassifier()),
    "forest": lambda seed: RandomForestClassifier(n_estimators=50, random_state=seed, n_jobs=1),
}
table = csv.writer(sys.stdout, lineterminator="\n")
table.writerow(["Algorithm", "task", "seed", "test_accuracy", "fit_rows"])
for task, load in tasks.items():
    features, labels = load(return_X_y=True)
    for method, make in methods.items():
        for seed in range(10):
            fit, test, fit_labels, test_labels = train_test_split(
                features, labels, test_size=0.5, random_state=seed, stratify=labels)
            model = make(seed).fit(fit, fit_labels)
            table.writerow([method, task, seed, round(model.score(test, test_labels), 6), len(fit)])
