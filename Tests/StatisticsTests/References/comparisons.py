"""Reference values of comparisons, printed as Swift: scipy 1.x and plain formulas.

python3 comparisons.py > ../ComparisonVectors.swift
"""
import numpy as np
from scipy import stats

rng = np.random.default_rng(5)
x = np.round(rng.normal(0.3, 1, 9), 2)
y = np.round(rng.normal(0, 1, 7), 2)
x[3] = y[2]
groups = np.array([0, 0, 1, 1, 1, 2, 2, 2, 2], dtype=float)
responses = np.round(groups * 0.4 + rng.normal(0, 1, 9), 1)
responses[4] = responses[6]


def swift(values):
    return "[" + ", ".join(repr(float(v)) for v in values) + "]"


print("// Printed by References/comparisons.py.")
print("enum ComparisonVectors {")
for name, values in [("x", x), ("y", y), ("groups", groups), ("responses", responses)]:
    print(f"  static let {name} = {swift(values)}")
print(f"  static let improvement = {float(stats.mannwhitneyu(x, y).statistic) / (len(x) * len(y))!r}")
print(f"  static let slope = {float(stats.linregress(groups, responses).slope)!r}")
print(f"  static let trend = {float(stats.somersd(groups, responses).statistic)!r}")
print(f"  static let gap = {float(np.mean(np.maximum(0, 0.5 - x)))!r}")
print(f"  static let geometricMean = {float(stats.gmean(np.abs(x)))!r}")
print(f"  static let shareAbove = {float(np.mean(x > 0.2))!r}")
print(f"  static let shareBelow = {float(np.mean(x < 0.2))!r}")
print("}")
