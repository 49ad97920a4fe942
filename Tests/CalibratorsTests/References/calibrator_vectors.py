"""Prints CalibratorVectors.swift: reference values of fitted calibrators for CalibratorsTests.

Run with SciPy 1.17, scikit-learn 1.9 and netcal 1.4: python3 calibrator_vectors.py > ../CalibratorVectors.swift
Isotonic regression is scikit-learn's, histogram binning netcal's; the others are the roots of the gradients of the
published objectives, found by SciPy's Levenberg-Marquardt and Brent methods.
"""
import numpy as np
from netcal.binning import HistogramBinning
from scipy.optimize import brentq, minimize_scalar, root
from scipy.special import expit, logit, softmax
from sklearn.isotonic import IsotonicRegression

rng = np.random.default_rng(5)
ROWS, NEW, CLASSES = 90, 12, 4
members = [2.0 * rng.normal(size=(ROWS + NEW, CLASSES)) for _ in range(3)]
members = [m + 2 * members[0] for m in members]
labels = np.array([rng.choice(CLASSES, p=0.7 * softmax(0.6 * z) + 0.3 / CLASSES) for z in members[0][:ROWS]])
z, new = members[0][:ROWS], members[0][ROWS:]
onehot = np.eye(CLASSES)[labels]
results = []


def temperature(z, labels):
    def slope(beta):
        return (softmax(beta * z, axis=1) * z).sum() - z[np.arange(len(labels)), labels].sum()
    return 1 / brentq(slope, 1e-2, 1e2, xtol=1e-15, rtol=1e-15)


t = temperature(z, labels)
results.append(("temperature", {}, softmax(new / t, axis=1), t))
pooled = np.log(np.mean([softmax(m, axis=1) for m in members], axis=0))
t = temperature(pooled[:ROWS], labels)
results.append(("temperature", {"members": 3}, softmax(pooled[ROWS:] / t, axis=1), t))


def ensemble_loss(logt):
    p = np.mean([softmax(m[:ROWS] / np.exp(logt), axis=1) for m in members], axis=0)
    return -np.log(p[np.arange(ROWS), labels]).sum()


logt = minimize_scalar(ensemble_loss, bounds=(-3, 3), method="bounded", options={"xatol": 1e-13}).x
ensemble = np.exp(logt)


def solve(gradient, start):
    found = root(gradient, start, method="lm", tol=1e-15, options={"ftol": 1e-15, "xtol": 1e-15, "gtol": 1e-15, "maxiter": 20000})
    assert np.abs(gradient(found.x)).max() < 1e-12, (found.message, np.abs(gradient(found.x)).max())
    return found.x


def vector_gradient(theta):
    w, b = theta[:CLASSES], theta[CLASSES:]
    residual = (softmax(z * w + b, axis=1) - onehot) / ROWS
    return np.concatenate([(residual * z).sum(0), residual.sum(0)])


theta = solve(vector_gradient, np.concatenate([np.ones(CLASSES), np.zeros(CLASSES)]))
results.append(("vector-scaling", {}, softmax(new * theta[:CLASSES] + theta[CLASSES:], axis=1), None))


def odir(features, new, off, intercept):
    mask = 2 * off / (CLASSES * (CLASSES - 1)) * (1 - np.eye(CLASSES))

    def gradient(theta):
        w, b = theta[: CLASSES**2].reshape(CLASSES, CLASSES), theta[CLASSES**2:]
        residual = (softmax(features @ w.T + b, axis=1) - onehot) / ROWS
        return np.concatenate([(residual.T @ features + mask * w).ravel(), residual.sum(0) + 2 * intercept / CLASSES * b])

    theta = solve(gradient, np.concatenate([np.eye(CLASSES).ravel(), np.zeros(CLASSES)]))
    return softmax(new @ theta[: CLASSES**2].reshape(CLASSES, CLASSES).T + theta[CLASSES**2:], axis=1)


def logp(z):
    return np.log(softmax(z, axis=1))


for off, intercept in [(0.01, 0.01), (1.0, 0.1)]:
    settings = {"off-diagonal": off, "intercept": intercept}
    results.append(("matrix-scaling", settings, odir(z, new, off, intercept), None))
    results.append(("dirichlet", settings, odir(logp(z), logp(new), off, intercept), None))

p, q = softmax(z, axis=1), softmax(new, axis=1)


def rest(fit):
    columns = np.stack([fit(p[:, k], onehot[:, k], q[:, k]) for k in range(CLASSES)], axis=1)
    total = columns.sum(1, keepdims=True)
    return np.where(total > 0, columns / np.where(total > 0, total, 1), 1 / CLASSES)


def logistic(features, targets, new):
    x = np.column_stack([features, np.ones(len(features))])
    w = solve(lambda w: x.T @ (expit(x @ w) - targets) / len(x), np.zeros(x.shape[1]))
    return w, expit(np.column_stack([new, np.ones(len(new))]) @ w)


def platt(p, y, q):
    plus, minus = y.sum(), (1 - y).sum()
    return logistic(logit(p)[:, None], np.where(y == 1, (plus + 1) / (plus + 2), 1 / (minus + 2)), logit(q)[:, None])[1]


def beta(p, y, q):
    used = [0, 1]
    x, new = np.column_stack([np.log(p), -np.log1p(-p)]), np.column_stack([np.log(q), -np.log1p(-q)])
    while True:
        w, result = logistic(x[:, used], y, new[:, used])
        negative = [i for i in range(len(used)) if w[i] < 0]
        if not negative:
            return result
        used.pop(negative[0])


results.append(("platt", {}, rest(platt), None))
results.append(("beta", {}, rest(beta), None))
results.append(("isotonic", {}, rest(lambda p, y, q: IsotonicRegression(out_of_bounds="clip").fit(p, y).predict(q)), None))
binning = HistogramBinning(bins=8, equal_intervals=True)
binning.fit(p, labels)
results.append(("histogram-binning", {"bins": 8}, binning.transform(q), None))


def show(array):
    return "[" + ", ".join(repr(float(v)) for v in np.asarray(array).ravel()) + "]"


print("// Written by References/calibrator_vectors.py.\nimport Experiments\n")
print("/// Logits of calibration rows followed by new ones, and what fitted calibrators make of the new ones.")
print("enum CalibratorVectors {")
print(f"  static let (rows, classes) = ({ROWS}, {CLASSES})")
print(f"  static let labels: [Int32] = [{', '.join(map(str, labels))}]")
print(f"  static let members: [[Double]] = [{', '.join(show(m) for m in members)}]")
print(f"  static let ensembleTemperature = {float(ensemble)!r}")
print("  static let fits: [(name: String, settings: [String: Setting], members: Int, probabilities: [Double], parameter: Double?)] = [")
for name, settings, value, parameter in results:
    body = ", ".join(f'"{k}": .{"integer" if isinstance(v, int) else "number"}({v})' for k, v in settings.items() if k != "members") or ":"
    print(f'    ("{name}", [{body}], {settings.get("members", 1)}, {show(value)}, {"nil" if parameter is None else repr(float(parameter))}),')
print("  ]\n}")
