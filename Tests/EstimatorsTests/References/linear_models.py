"""Writes linear-models.txt: principal components and multinomial logistic regression by scikit-learn, and where
SciPy's L-BFGS-B ends on Rosenbrock's function.

Run with: python3 linear_models.py > linear-models.txt   (recorded with scikit-learn 1.9, SciPy 1.17)
"""

import numpy as np
from recorded import blobs, show
from scipy.optimize import minimize, rosen, rosen_der
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression

features, labels = blobs(40, 5, 3, 31, spread=1.5)
rows, _ = blobs(10, 5, 3, 32)
show("features", features)
show("labels", labels)
show("rows", rows)
model = PCA(3, svd_solver="full").fit(features)
show("components", model.components_)
show("variances", model.explained_variance_)
show("shares", model.explained_variance_ratio_)
show("coordinates", model.transform(rows))
model = LogisticRegression(C=0.5, tol=1e-10, max_iter=10000).fit(features, labels)
show("probabilities", model.predict_proba(rows))
show("weights", model.coef_.T)
bounds = [(-1.5, 0.5), (-2, 2), (-2, 2), (0.3, 2)]
result = minimize(rosen, [-1.2, 1, 1, 1], jac=rosen_der, method="L-BFGS-B", bounds=bounds, options=dict(ftol=1e-15, gtol=1e-10))
show("bounded", result.x)
show("bounded-value", result.fun)
