"""Prints CalibrationVectors.swift: reference values of calibration measures for MeasuresTests.

Run with netcal 1.4, scikit-learn 1.9 and NumPy 2.4: python3 calibration_vectors.py > ../CalibrationVectors.swift
What netcal or scikit-learn define is theirs; the rest is written here from the papers' formulas, without the tricks
that the tested code uses (pairs are enumerated, nothing is sorted or binned in advance).
"""
import itertools

import numpy as np
import sklearn.metrics as sk
from netcal.metrics import ECE, MCE, MMCE

rng = np.random.default_rng(11)
ROWS, CLASSES = 60, 4
logits = 2.5 * rng.normal(size=(ROWS, CLASSES))
smooth = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
labels = np.array([rng.choice(CLASSES, p=0.6 * p + 0.1) for p in smooth])
counts = rng.multinomial(8, [0.4, 0.3, 0.2, 0.1], size=ROWS)
tied = counts / 8.0  # exact in binary, many equal scores

values = []


def add(name, settings, data, value):
    values.append((name, settings, data, float(value)))


def gaps_by_width(score, outcome, bins):
    edge = np.clip(np.ceil(score * bins), 1, bins).astype(int) - 1
    return [(np.sum(edge == b), score[edge == b].mean(), outcome[edge == b].mean())
            for b in range(bins) if np.any(edge == b)]


def gaps_by_mass(score, outcome, bins):
    """Integrals over the ranks: the rows of a tie are alike, a row may lie in two bins."""
    order = np.argsort(score, kind="stable")
    s = score[order]
    o = np.array([outcome[score == value].mean() for value in s])
    n = len(s)
    result = []
    for b in range(bins):
        low, high = b * n / bins, (b + 1) * n / bins
        share = np.clip(np.minimum(np.arange(n) + 1, high) - np.maximum(np.arange(n), low), 0, 1)
        result.append((n / bins, (share * s).sum() / (n / bins), (share * o).sum() / (n / bins)))
    return result


def lp(gaps, norm):
    n = sum(w for w, _, _ in gaps)
    return sum(w / n * abs(o - s) ** norm for w, s, o in gaps) ** (1 / norm)


for data, p in [("smooth", smooth), ("tied", tied)]:
    conf, pred = p.max(1), p.argmax(1)
    right = (pred == labels).astype(float)
    onehot = np.eye(CLASSES)[labels]
    for bins in (5, 10, 12, 15, 50):
        if data == "smooth":  # no confidence on an edge, where netcal's bins are closed on the other side
            add("ece", {"bins": bins}, data, ECE(bins).measure(p, labels))
            add("mce", {"bins": bins}, data, MCE(bins).measure(p, labels))
        add("ece", {"bins": bins}, data, lp(gaps_by_width(conf, right, bins), 1))
        add("ece", {"bins": bins, "norm": 2}, data, lp(gaps_by_width(conf, right, bins), 2))
        add("ece", {"bins": bins, "norm": 3, "binning": "equal-mass"}, data, lp(gaps_by_mass(conf, right, bins), 3))
        add("ece", {"bins": bins, "binning": "equal-mass"}, data, lp(gaps_by_mass(conf, right, bins), 1))
        add("mce", {"bins": bins, "binning": "equal-mass"}, data, max(abs(o - s) for _, s, o in gaps_by_mass(conf, right, bins)))
        add("mce", {"bins": bins}, data, max(abs(o - s) for _, s, o in gaps_by_width(conf, right, bins)))
        for binning, cut in [("equal-width", gaps_by_width), ("equal-mass", gaps_by_mass)]:
            per_class = [lp(cut(p[:, k], onehot[:, k], bins), 1) for k in range(CLASSES)]
            add("classwise-ece", {"bins": bins, "binning": binning}, data, np.mean(per_class))
        add("adaptive-ece", {"bins": bins}, data,
            np.mean([abs(o - s) for k in range(CLASSES) for _, s, o in gaps_by_mass(p[:, k], onehot[:, k], bins)]))
        cut = gaps_by_mass(conf, right, min(bins, ROWS // 2))
        debiased = sum(w / ROWS * ((o - s) ** 2 - (o * (1 - o) / (w - 1) if w > 1 else 0)) for w, s, o in cut)
        add("debiased-ece", {"bins": bins}, data, max(0, debiased) ** 0.5)
        rel = res = unc = 0
        for k in range(CLASSES):
            share = onehot[:, k].mean()
            unc += share * (1 - share)
            for w, s, o in gaps_by_width(p[:, k], onehot[:, k], bins):
                rel += w / ROWS * (s - o) ** 2
                res += w / ROWS * (o - share) ** 2
        brier = ((p - onehot) ** 2).sum(1).mean()
        for term, value in [("reliability", rel), ("resolution", res), ("uncertainty", unc),
                            ("within-bins", brier - rel + res - unc)]:
            add("brier-decomposition", {"bins": bins, "term": term}, data, value)
    add("ks-error", {}, data, max(abs((right - conf)[conf <= c].sum()) for c in conf) / ROWS)
    add("mmce", {}, data, MMCE().measure(p, labels))
    width = 0.2
    d = right - conf
    add("mmce", {"width": width}, data,
        np.sqrt(sum(d[i] * d[j] * np.exp(-abs(conf[i] - conf[j]) / width) for i in range(ROWS) for j in range(ROWS))) / ROWS)
    residual = onehot - p

    def skce(pairs):
        return np.mean([np.exp(-np.linalg.norm(p[i] - p[j])) * residual[i] @ residual[j] for i, j in pairs])

    add("skce", {}, data, skce(list(itertools.combinations(range(ROWS), 2))))
    add("skce", {"pairs": "neighbours"}, data, skce([(2 * i, 2 * i + 1) for i in range(ROWS // 2)]))

    grid = np.linspace(0, 1, 501)
    hat = np.maximum(0, 1 - np.abs(conf[None, :] * 500 - np.arange(501)[:, None]))
    mass = hat @ d / ROWS

    def smoothed(sigma):
        t, u = grid[:, None], grid[None, :]
        kernel = sum(np.exp(-0.5 * ((t - image) / sigma) ** 2) for image in (u, -u, 2 - u))
        return np.trapezoid(np.abs(kernel @ mass) / (sigma * np.sqrt(2 * np.pi)), grid)

    low, high = 1e-3, 1.0
    for _ in range(50):
        middle = (low + high) / 2
        low, high = (middle, high) if smoothed(middle) > middle else (low, middle)
    add("smooth-ece", {}, data, high)
    add("brier", {}, data, sk.brier_score_loss(labels, p, scale_by_half=False))
    if data == "smooth":
        add("nll", {}, data, sk.log_loss(labels, p))
    add("accuracy", {}, data, sk.accuracy_score(labels, pred))
    add("auroc", {}, data, sk.roc_auc_score(labels, p, multi_class="ovr", average="macro"))
    add("auroc", {"of": "correctness"}, data, sk.roc_auc_score(right, conf))
    add("auprc", {}, data, sk.average_precision_score(onehot, p, average="macro"))
    add("auprc", {"of": "correctness"}, data, sk.average_precision_score(right, conf))
    wrong = 1 - np.array([right[conf == c].mean() for c in np.sort(conf)[::-1]])
    area = np.mean(np.cumsum(wrong) / np.arange(1, ROWS + 1))
    best = np.mean(np.cumsum(np.sort(1 - right)) / np.arange(1, ROWS + 1))
    add("aurc", {}, data, area)
    add("aurc", {"excess": True}, data, area - best)
    for coverage in (0.25, 0.7, 1.0):
        share = np.clip(coverage * ROWS - np.arange(ROWS), 0, 1)
        add("selective-risk", {"coverage": coverage}, data, (share * wrong).sum() / (coverage * ROWS))
    add("sharpness", {}, data, (p * (1 - p)).sum(1).mean())

LEVELS = (np.arange(9) + 0.5) / 9
targets = rng.normal(size=40)
centre = targets + rng.normal(scale=0.8, size=40)
quantiles = np.sort(centre[:, None] + rng.normal(size=(40, 9)), axis=1)


def at(level):
    return np.array([np.interp(level, LEVELS, row) for row in quantiles])


for level in (0.05, 0.25, 0.5, 0.9):
    add("pinball-loss", {"level": level}, "quantiles", sk.mean_pinball_loss(targets, at(level), alpha=level))
for level in (0.5, 0.8, 0.9):
    low, high = at((1 - level) / 2), at((1 + level) / 2)
    outside = np.maximum(0, low - targets) + np.maximum(0, targets - high)
    add("interval-score", {"level": level}, "quantiles", np.mean(high - low + 2 / (1 - level) * outside))
    add("interval-coverage", {"level": level}, "quantiles", np.mean((low <= targets) & (targets <= high)))
    add("interval-width", {"level": level}, "quantiles", np.mean(high - low))
add("crps", {}, "quantiles", np.mean([
    np.abs(row - y).mean() - 0.5 * np.abs(row[:, None] - row[None, :]).mean() for row, y in zip(quantiles, targets)]))
gaps = np.abs((targets[:, None] <= quantiles).mean(0) - LEVELS)
add("pit-error", {}, "quantiles", gaps.max())
add("quantile-calibration-error", {}, "quantiles", gaps.mean())
add("quantile-calibration-error", {"norm": 2}, "quantiles", np.sqrt((gaps**2).mean()))
add("mae", {}, "quantiles", sk.mean_absolute_error(targets, at(0.5)))


def show(array):
    return "[" + ", ".join(repr(float(v)) for v in np.asarray(array).ravel()) + "]"


def setting(value):
    if isinstance(value, bool):
        return f".flag({str(value).lower()})"
    if isinstance(value, int):
        return f".integer({value})"
    return f".number({value})" if isinstance(value, float) else f'.text("{value}")'


print("// Written by References/calibration_vectors.py.\nimport Experiments\n")
print("/// Predictions, and what netcal, scikit-learn and the papers' formulas make of them.")
print("enum CalibrationVectors {")
print(f"  static let classes = {CLASSES}")
print(f"  static let labels: [Int32] = [{', '.join(map(str, labels))}]")
print(f"  static let smooth: [Double] = {show(smooth)}")
print(f"  static let tied: [Double] = {show(tied)}")
print(f"  static let levels: [Double] = {show(LEVELS)}")
print(f"  static let quantiles: [Double] = {show(quantiles)}")
print(f"  static let targets: [Double] = {show(targets)}")
print("  static let values: [(measure: String, settings: [String: Setting], data: String, value: Double)] = [")
for name, settings, data, value in values:
    body = ", ".join(f'"{key}": {setting(v if key not in ("norm", "width", "coverage", "level") else float(v))}'
                     for key, v in settings.items()) or ":"
    print(f'    ("{name}", [{body}], "{data}", {value!r}),')
print("  ]\n}")
