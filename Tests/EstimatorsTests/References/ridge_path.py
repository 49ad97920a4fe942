"""Writes ridge-path.txt: ridge regression by scikit-learn, its leave-one-out errors by leaving each row out.

Run with: python3 ridge_path.py > ridge-path.txt   (recorded with scikit-learn 1.9, NumPy 2.4)
"""

import numpy as np
from recorded import curve, show
from sklearn.linear_model import LinearRegression, Ridge

features, targets = curve(25, 4, 1)
targets = np.column_stack([targets, np.round(features @ [1, -2, 0.5, 3] + 7, 4)])
show("features", features)
show("targets", targets)
for penalty in [0, 0.1, 10]:
    make = lambda: Ridge(penalty, solver="svd") if penalty else LinearRegression()
    model = make().fit(features, targets)
    show(f"weights-{penalty}", model.coef_.T)
    show(f"intercepts-{penalty}", model.intercept_)
    errors = []
    for row in range(len(features)):
        rest = np.arange(len(features)) != row
        errors.append(targets[row] - make().fit(features[rest], targets[rest]).predict(features[[row]])[0])
    show(f"left-out-{penalty}", errors)
    centred = features - features.mean(0)
    hat = centred @ np.linalg.solve(centred.T @ centred + penalty * np.eye(4), centred.T)
    show(f"freedom-{penalty}", 1 + np.trace(hat))
