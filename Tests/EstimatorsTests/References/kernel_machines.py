"""Writes kernel-machines.txt: scikit-learn's KernelRidge, SVC and SVR, and Platt scaling by SciPy's minimisers.

Run with: python3 kernel_machines.py > kernel-machines.txt   (recorded with scikit-learn 1.9, SciPy 1.17)
"""

import numpy as np
from recorded import blobs, curve, show
from scipy.optimize import minimize
from sklearn.kernel_ridge import KernelRidge
from sklearn.metrics.pairwise import pairwise_kernels
from sklearn.svm import SVC, SVR

KERNELS = {
    "linear": dict(kernel="linear"),
    "polynomial": dict(kernel="poly", degree=3, gamma=0.5, coef0=1.0),
    "rbf": dict(kernel="rbf", gamma=0.3),
}

features, labels = blobs(60, 3, 3, 2, spread=1.8)
rows, _ = blobs(20, 3, 3, 3, spread=2.0)
x, z = curve(40, 3, 4)
show("features", features)
show("labels", labels)
show("rows", rows)
show("regression-features", x)
show("targets", z)

for name, settings in KERNELS.items():
    model = SVC(C=2.0, tol=1e-9, decision_function_shape="ovo", **settings).fit(features, labels)
    show(f"svc-{name}-decisions", model.decision_function(rows))
    show(f"svc-{name}-classes", model.predict(rows))
    two = labels < 2
    binary = SVC(C=2.0, tol=1e-9, **settings).fit(features[two], labels[two])
    beta = binary.dual_coef_[0]
    arguments = {k: v for k, v in settings.items() if k != "kernel"}
    gram = pairwise_kernels(binary.support_vectors_, metric=settings["kernel"], **arguments)
    show(f"svc-{name}-objective", 0.5 * beta @ gram @ beta - np.abs(beta).sum())
    # scikit-learn's binary values are positive for the second class.
    show(f"svc-{name}-binary", -binary.decision_function(rows))

    model = SVR(C=1.5, epsilon=0.1, tol=1e-9, **settings).fit(x, z)
    show(f"svr-{name}", model.predict(rows))
    beta = model.dual_coef_[0]
    gram = pairwise_kernels(model.support_vectors_, metric=settings["kernel"], **arguments)
    show(f"svr-{name}-objective", 0.5 * beta @ gram @ beta + 0.1 * np.abs(beta).sum() - z[model.support_] @ beta)

    model = KernelRidge(alpha=0.7, **settings).fit(x, np.column_stack([z, 2 * z + 1]))
    show(f"ridge-{name}", model.predict(rows))
show("ridge-laplace", KernelRidge(alpha=0.7, kernel="laplacian", gamma=0.4).fit(x, z).predict(rows))

values, positive = x[:, 0], z > np.median(z)
n1, n0 = positive.sum(), (~positive).sum()
goal = np.where(positive, (n1 + 1) / (n1 + 2), 1 / (n0 + 2))


def cross_entropy(ab):
    f = ab[0] * values + ab[1]
    return np.sum(np.logaddexp(0, f) - (1 - goal) * f)


show("sigmoid-positive", positive)
show("sigmoid", minimize(cross_entropy, [0, 0], method="BFGS", options=dict(gtol=1e-9)).x)

rng = np.random.default_rng(6)
pairwise = np.zeros((4, 4))
for i in range(4):
    for j in range(i):
        pairwise[i, j] = np.round(rng.uniform(0.05, 0.95), 3)
        pairwise[j, i] = 1 - pairwise[i, j]


def disagreement(p):
    return sum((pairwise[j, i] * p[i] - pairwise[i, j] * p[j]) ** 2 for i in range(4) for j in range(4) if i != j)


show("pairwise", pairwise)
show(
    "coupled",
    minimize(
        disagreement, np.full(4, 0.25), method="SLSQP", bounds=[(0, 1)] * 4, options=dict(ftol=1e-14),
        constraints=dict(type="eq", fun=lambda p: p.sum() - 1),
    ).x,
)
