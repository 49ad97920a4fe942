"""Writes gaussian-process.txt: marginal likelihoods, their gradients and posteriors by scikit-learn.

Run with: python3 gaussian_process.py > gaussian-process.txt   (recorded with scikit-learn 1.9)
"""

import warnings

import numpy as np
from recorded import curve, show
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, ConstantKernel, Matern, WhiteKernel

warnings.filterwarnings("ignore")
features, targets = curve(30, 3, 21)
rows, _ = curve(8, 3, 22)
show("features", features)
show("targets", targets)
show("rows", rows)
show("standardised", (targets - targets.mean()) / targets.std())
FAMILIES = {
    "matern12": lambda length: Matern(length, nu=0.5),
    "matern32": lambda length: Matern(length, nu=1.5),
    "matern52": lambda length: Matern(length, nu=2.5),
    "rbf": lambda length: RBF(length),
}
for name, family in FAMILIES.items():
    for kind, length in [("shared", 1.3), ("separate", [0.7, 1.5, 4.0])]:
        kernel = ConstantKernel(1.7) * family(length) + WhiteKernel(0.05)
        model = GaussianProcessRegressor(kernel, alpha=0, optimizer=None, normalize_y=True).fit(features, targets)
        value, gradient = model.log_marginal_likelihood(model.kernel_.theta, eval_gradient=True)
        show(f"{name}-{kind}-likelihood", value)
        show(f"{name}-{kind}-gradient", gradient)
        # The function's own posterior: the white kernel's share of the variance is taken off.
        mean, deviation = model.predict(rows, return_std=True)
        show(f"{name}-{kind}-mean", mean)
        show(f"{name}-{kind}-variance", deviation**2 - 0.05 * targets.std() ** 2)
kernel = ConstantKernel(1.0) * Matern(1.0, nu=2.5) + WhiteKernel(0.1)
model = GaussianProcessRegressor(kernel, alpha=0, normalize_y=True, n_restarts_optimizer=10, random_state=0)
model.fit(features, targets)
show("fitted-likelihood", model.log_marginal_likelihood_value_)
show("fitted-parameters", np.exp(model.kernel_.theta))
