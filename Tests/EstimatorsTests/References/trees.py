"""Writes trees.txt: scikit-learn's decision trees, forests and gradient boosting, and fully grown trees by search.

Trees of scikit-learn are recorded where ties between columns do not matter: the script checks that ten random
states agree. `searched` grows trees by trying every cut with exact fractions, the lowest column and threshold
winning ties.
Run with: python3 trees.py > trees.txt   (recorded with scikit-learn 1.9)
"""

from fractions import Fraction

import numpy as np
from recorded import blobs, curve, show
from sklearn.ensemble import (
    GradientBoostingClassifier,
    GradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

features, labels = blobs(120, 4, 3, 7, spread=2.2)
rows, truth = blobs(300, 4, 3, 7, spread=2.2)
rows = np.round(rows + np.random.default_rng(8).normal(0, 0.5, rows.shape), 4)
x, z = curve(100, 4, 9)
show("features", features)
show("labels", labels)
show("rows", rows)
show("truth", truth)
show("regression-features", x)
show("targets", z)


def agreed(label, make, fit, result):
    results = [np.asarray(result(make(state).fit(*fit))) for state in range(10)]
    for other in results[1:]:
        assert np.allclose(other, results[0], rtol=1e-9, atol=1e-9), label
    show(label, results[0])


def searched(features, values, leaf, rows):
    """Least weighted impurity by trying everything; `values` are rows × outputs of exact fractions."""
    outputs = len(values[0])
    mean = [sum(v[k] for v in values) / len(values) for k in range(outputs)]
    best = None
    for column in range(features.shape[1]):
        distinct = sorted(set(features[:, column]))
        for low, high in zip(distinct, distinct[1:]):
            left = features[:, column] <= low
            parts = [[v for v, l in zip(values, left) if l == side] for side in (True, False)]
            if min(len(part) for part in parts) < leaf or len(set(map(tuple, values))) == 1:
                continue
            score = sum(sum(sum(v[k] for v in p) ** 2 for k in range(outputs)) / Fraction(len(p)) for p in parts)
            if best is None or score > best[0]:
                best = (score, column, (low + high) / 2, left)
    if best is None:
        return np.array([[float(m) for m in mean]] * len(rows)).reshape(len(rows), outputs)
    _, column, threshold, left = best
    result = np.empty((len(rows), outputs))
    side = rows[:, column] <= threshold
    for goes, own in [(side, left), (~side, ~left)]:
        result[goes] = searched(features[own], [v for v, l in zip(values, own) if l], leaf, rows[goes])
    return result


one_hot = [[Fraction(int(label == k)) for k in range(3)] for label in labels]
exact = [[Fraction(int(round(v * 10000)), 10000)] for v in z]
rounded = np.round(features)
for leaf in [1, 3]:
    show(f"searched-classes-{leaf}", searched(features, one_hot, leaf, rows[:60]))
    show(f"searched-tied-classes-{leaf}", searched(rounded, one_hot, leaf, rows[:60]))
    show(f"searched-numbers-{leaf}", searched(x, exact, leaf, rows[:60]))

for depth, leaf in [(2, 8), (1, 1)]:
    agreed(
        f"classes-{depth}-{leaf}",
        lambda state: DecisionTreeClassifier(max_depth=depth, min_samples_leaf=leaf, random_state=state),
        (features, labels), lambda m: m.predict_proba(rows[:60]))
    agreed(
        f"numbers-{depth}-{leaf}",
        lambda state: DecisionTreeRegressor(max_depth=depth, min_samples_leaf=leaf, random_state=state),
        (x, z), lambda m: m.predict(rows[:60]))
agreed(
    "importances", lambda state: DecisionTreeClassifier(max_depth=2, min_samples_leaf=8, random_state=state),
    (features, labels), lambda m: m.feature_importances_)

for stages in [1, 10, 40]:
    settings = dict(n_estimators=40, learning_rate=0.2, max_depth=2, min_samples_leaf=5)
    agreed(
        f"boosted-numbers-{stages}", lambda state: GradientBoostingRegressor(random_state=state, **settings),
        (x, z), lambda m: list(m.staged_predict(rows[:60]))[stages - 1])
    agreed(
        f"boosted-classes-{stages}", lambda state: GradientBoostingClassifier(random_state=state, **settings),
        (features, labels), lambda m: list(m.staged_predict_proba(rows[:60]))[stages - 1])
    two = labels < 2
    agreed(
        f"boosted-binary-{stages}", lambda state: GradientBoostingClassifier(random_state=state, **settings),
        (features[two], labels[two]), lambda m: list(m.staged_predict_proba(rows[:60]))[stages - 1])

# Test and out-of-bag accuracy, and test error, of thirty forests each.
accuracy, unseen, error = [], [], []
smooth = np.sin(2 * rows[:, 0]) + rows[:, 1] ** 2 - 0.5 * rows[:, -1]
for state in range(30):
    model = RandomForestClassifier(50, oob_score=True, random_state=state).fit(features, labels)
    accuracy.append(model.score(rows, truth))
    unseen.append(model.oob_score_)
    model = RandomForestRegressor(50, max_features=2, random_state=state).fit(x, z)
    error.append(np.mean((model.predict(rows) - smooth) ** 2))
show("forest-accuracy", accuracy)
show("forest-unseen", unseen)
show("forest-error", error)
show("smooth", smooth)
