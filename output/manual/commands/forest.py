"""A random forest of scikit-learn, told what to do by Assay and scored on rows it has not learned from."""
import csv
import json
import sys

import numpy
from sklearn.ensemble import RandomForestClassifier


def rows(path):
    """The features and the targets of a data file: item, x1 ... xN, target."""
    with open(path, newline="") as file:
        table = list(csv.reader(file))[1:]
    return numpy.array([row[1:-1] for row in table], dtype=float), numpy.array([row[-1] for row in table])


request = json.load(sys.stdin)
settings = request["settings"]
forest = RandomForestClassifier(
    n_estimators=settings["trees"], max_depth=settings["depth"], random_state=request["seed"]["random"])
features, targets = rows(request["data"]["fit"])
forest.fit(features, targets)
features, targets = rows(request["data"]["score"])
probabilities = forest.predict_proba(features)
places = {name: place for place, name in enumerate(forest.classes_)}
own = numpy.array([row[places[target]] for row, target in zip(probabilities, targets)])
print(json.dumps({"measures": {
    "accuracy": float(numpy.mean(forest.predict(features) == targets)),
    "log-loss": float(-numpy.mean(numpy.log(numpy.clip(own, 1e-12, 1)))),
}}))
print(json.dumps({"cost": {"examples": settings["trees"] * len(features)}}))
