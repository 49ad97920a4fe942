"""Writes predictions.csv: what a logistic regression of scikit-learn says of letters it has not learned from.

Run in this folder: python3 make-data.py ../../data/letter-recognition.csv.gz
"""
import csv
import gzip
import sys

import numpy
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

with gzip.open(sys.argv[1], "rt", newline="") as file:
    table = [row for row in csv.reader(file)]
table = [row for row in table if row[0] in "ABCDEFGH" and len(row[0]) == 1]
features = numpy.array([row[1:] for row in table], dtype=float)
names = numpy.array([row[0] for row in table])
order = numpy.random.default_rng(0).permutation(len(names))
fit, rest = order[:300], order[300:1300]
scaler = StandardScaler().fit(features[fit])
model = LogisticRegression(C=1000, max_iter=5000).fit(scaler.transform(features[fit]), names[fit])
probabilities = model.predict_proba(scaler.transform(features[rest]))
with open("predictions.csv", "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["row", "letter", *model.classes_])
    for place, row in zip(rest, probabilities):
        writer.writerow([f"letter-{place}", names[place], *[f"{value:.6f}" for value in row]])
