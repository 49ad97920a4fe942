"""Prints ScipyVectors.swift: reference values from SciPy and NumPy for StatisticsTests.

Run with SciPy 1.17: python3 scipy_vectors.py > ../ScipyVectors.swift
"""
import numpy as np
from scipy import stats

rng = np.random.default_rng(7)
smooth = [round(float(v), 4) for v in rng.normal(0.8, 0.05, 11)]
tied = [float(v) for v in rng.integers(0, 5, 12)]
other = [float(v) for v in rng.integers(0, 4, 12)]
octave = [round(float(v), 3) for v in rng.exponential(2, 16)]


def show(values):
    return "[" + ", ".join(repr(float(v)) for v in values) + "]"


print("// Written by References/scipy_vectors.py with SciPy", stats.__name__ and __import__("scipy").__version__ + ".")
print("\n/// Samples and what SciPy and NumPy make of them.")
print("enum ScipyVectors {")
for name, values in [("smooth", smooth), ("tied", tied), ("other", other), ("octave", octave)]:
    print(f"  static let {name}: [Double] = {show(values)}")
print()
print(f"  static let mean = {np.mean(smooth)!r}".replace("np.float64(", "").replace(")", ""))
for label, value in [
    ("sd", np.std(smooth, ddof=1)),
    ("median", np.median(octave)),
    ("quantile30", np.quantile(octave, 0.3)),
    ("trimmedMean", stats.trim_mean(octave, 0.25)),
    ("kendall", stats.kendalltau(tied, other).statistic),
    ("spearman", stats.spearmanr(tied, other).statistic),
    ("pearson", stats.pearsonr(tied, other).statistic),
]:
    print(f"  static let {label} = {float(value)!r}")
print("  /// Degrees of freedom, t, P(T ≤ t).")
print("  static let student: [(degrees: Int, t: Double, cumulative: Double)] = [")
for degrees in [1, 2, 3, 4, 7, 10]:
    for t in [-3.2, -0.4, 0.0, 1.7, 12.0]:
        print(f"    ({degrees}, {t}, {float(stats.t.cdf(t, degrees))!r}),")
print("  ]")
print("  /// Degrees of freedom and the 97.5 % quantile.")
print("  static let studentQuantiles: [(degrees: Int, quantile: Double)] = [")
for degrees in [1, 2, 3, 4, 9]:
    print(f"    ({degrees}, {float(stats.t.ppf(0.975, degrees))!r}),")
print("  ]")
print("  /// Differences, and the exact one-sided p-value of their sign-flip test.")
differences = [0.02, 0.05, -0.01, 0.03, 0.04, 0.015, 0.001]
result = stats.permutation_test(
    (differences,), np.mean, permutation_type="samples", alternative="greater", n_resamples=np.inf
)
print(f"  static let differences: [Double] = {show(differences)}")
print(f"  static let signFlip = {float(result.pvalue)!r}")
print("}")
