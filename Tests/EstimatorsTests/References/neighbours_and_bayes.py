"""Writes neighbours-and-bayes.txt: scikit-learn's nearest neighbours and naive Bayes.

Run with: python3 neighbours_and_bayes.py > neighbours-and-bayes.txt   (recorded with scikit-learn 1.9)
"""

import numpy as np
from recorded import blobs, show
from sklearn.naive_bayes import BernoulliNB, GaussianNB, MultinomialNB
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor

features, labels = blobs(50, 3, 3, 11, spread=2.0)
rows, _ = blobs(20, 3, 3, 12, spread=2.0)
targets = np.round(features[:, 0] ** 2 - features[:, 1], 4)
show("features", features)
show("labels", labels)
show("rows", rows)
show("targets", targets)
for weights in ["uniform", "distance"]:
    for count in [1, 5]:
        model = KNeighborsClassifier(count, weights=weights, algorithm="kd_tree").fit(features, labels)
        show(f"shares-{weights}-{count}", model.predict_proba(rows))
        model = KNeighborsRegressor(count, weights=weights, algorithm="kd_tree").fit(features, targets)
        show(f"means-{weights}-{count}", model.predict(rows))

show("gaussian", GaussianNB().fit(features, labels).predict_proba(rows))
show("gaussian-smooth", GaussianNB(var_smoothing=0.1).fit(features, labels).predict_proba(rows))
counts, new = np.maximum(0, np.round(features)), np.maximum(0, np.round(rows))
show("multinomial", MultinomialNB(alpha=0.5).fit(counts, labels).predict_proba(new))
show("bernoulli", BernoulliNB(alpha=1.0).fit(features, labels).predict_proba(rows))
