"""A classifier of scikit-learn, told what to do by Assay: it learns from the fit rows and hands over its logits for others."""
import csv
import json
import os
import sys

import numpy
from sklearn.ensemble import RandomForestClassifier
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier


def rows(path):
    """Ids, features and targets of a data file: item, x1 ... xN, target."""
    with open(path, newline="") as file:
        table = list(csv.reader(file))[1:]
    return [row[0] for row in table], numpy.array([row[1:-1] for row in table], dtype=float), [row[-1] for row in table]


request = json.load(sys.stdin)
settings = request["settings"]
model = {
    "forest": RandomForestClassifier(
        n_estimators=settings["trees"], random_state=request["seed"]["random"] % 2**32),
    "neighbours": KNeighborsClassifier(n_neighbors=5),
    "bayes": GaussianNB(var_smoothing=1e-3),
}[settings["model"]]
_, features, targets = rows(request["data"]["fit"])
model.fit(features, targets)
items, features, targets = rows(request["data"]["score"])
# Columns in the order of the data set's classes: by number. A probability of 0 has the logit of 1e-6.
order = sorted(range(len(model.classes_)), key=lambda place: float(model.classes_[place]))
probabilities = model.predict_proba(features)[:, order]
logits = numpy.log(numpy.clip(probabilities, 1e-6, 1))
print(json.dumps({"measures": {"accuracy": float(numpy.mean(model.predict(features) == numpy.array(targets)))}}))
if "logits" in request["keep"]:
    print(json.dumps({"artefact": "logits", "items": items, "values": logits.tolist()}))
