"""Prints TestVectors.swift: reference values from SciPy, statsmodels and plain enumeration for StatisticsTests.

Run with SciPy 1.17 and statsmodels 0.15: python3 test_vectors.py > ../TestVectors.swift
"""
from itertools import combinations, permutations, product

import numpy as np
import pandas as pd
import scipy
import statsmodels
import statsmodels.api as sm
from scipy import stats
from scipy.optimize import curve_fit, minimize_scalar
from sklearn.isotonic import IsotonicRegression
from statsmodels.duration.survfunc import SurvfuncRight, survdiff
from statsmodels.formula.api import ols
from statsmodels.stats import multitest, proportion
from statsmodels.stats.power import TTestIndPower, TTestPower

rng = np.random.default_rng(11)


def show(name, values, comment=None):
    values = np.atleast_1d(np.asarray(values, dtype=float)).ravel()
    if comment:
        print(f"  /// {comment}")
    print(f"  static let {name}: [Double] = [{', '.join(repr(float(v)) for v in values)}]")


def tests(test, *samples, **options):
    """Statistic, and the p-values above, below and two-sided."""
    results = [test(*samples, alternative=a, **options) for a in ["greater", "less", "two-sided"]]
    return [float(results[2].statistic)] + [float(r.pvalue) for r in results]


def enumerate_shares(observed, outcomes):
    outcomes = np.array(outcomes)
    return [np.mean(outcomes >= observed - 1e-9), np.mean(outcomes <= observed + 1e-9)]


x = np.round(rng.normal(0.8, 0.05, 12), 4)
y = np.round(rng.normal(0.76, 0.09, 9), 4)
z = np.round(rng.normal(0.82, 0.05, 12), 4)
tied = rng.integers(-3, 6, 10).astype(float)
ranked_a = rng.integers(0, 6, 6).astype(float)
ranked_b = rng.integers(2, 8, 7).astype(float)

print(f"// Written by References/test_vectors.py with SciPy {scipy.__version__} and statsmodels {statsmodels.__version__}.")
print()
print("/// Samples and what tests say of them: statistic, then one-sided p-values above and below, then two-sided.")
print("enum TestVectors {")
for name, values in [("x", x), ("y", y), ("z", z), ("tied", tied), ("rankedA", ranked_a), ("rankedB", ranked_b)]:
    show(name, values)
show("oneSample", tests(lambda v, alternative: stats.ttest_1samp(v, 0.78, alternative=alternative), x))
interval = stats.ttest_1samp(x, 0.78).confidence_interval(0.95)
show("oneSampleInterval", [interval.low, interval.high])
show("pooled", tests(stats.ttest_ind, x, y))
show("welch", tests(lambda a, b, alternative: stats.ttest_ind(a, b, equal_var=False, alternative=alternative), x, y))
show("welchDegrees", stats.ttest_ind(x, y, equal_var=False).df)
show("paired", tests(stats.ttest_rel, x, z))
corrected = np.mean(x - z) / np.sqrt(np.var(x - z, ddof=1) * (1 / len(x) + 1 / 9))
show("corrected", [corrected, 2 * stats.t.sf(abs(corrected), len(x) - 1)], "Nadeau–Bengio t with test share 1/9, and its two-sided p.")

groups = [x, y, z[:7]]
f = stats.f_oneway(*groups)
total = np.concatenate(groups)
within = sum(((g - g.mean()) ** 2).sum() for g in groups)
between = ((total - total.mean()) ** 2).sum() - within
mse = within / (len(total) - 3)
show("anova", [f.statistic, f.pvalue, between / (between + within), (between - 2 * mse) / (between + within + mse)],
     "F, p, η², ω² of x, y and the first seven of z.")
cells = np.round(rng.normal(1, 0.3, (2, 3, 4)) + np.arange(3)[None, :, None] * 0.3, 3)
show("cells", cells, "2 × 3 × 4.")

frame = pd.DataFrame([(i, j, v) for i in range(2) for j in range(3) for v in cells[i, j]], columns=["a", "b", "v"])
table = sm.stats.anova_lm(ols("v ~ C(a) * C(b)", frame).fit(), typ=2)
show("twoWay", table.iloc[:3][["sum_sq", "F", "PR(>F)"]].values, "Sum of squares, F and p of rows, columns and interaction.")
single = pd.DataFrame([(i, j, cells[i, j, 0]) for i in range(2) for j in range(3)], columns=["a", "b", "v"])
table = sm.stats.anova_lm(ols("v ~ C(a) + C(b)", single).fit(), typ=2)
show("twoWaySingle", table.iloc[:2][["sum_sq", "F", "PR(>F)"]].values, "The same of the first replicates, without interaction.")

signed = tied[tied != 0]
ranks = stats.rankdata(abs(signed))
observed = ranks[signed > 0].sum()
outcomes = [sum(r for r, s in zip(ranks, pattern) if s) for pattern in product([0, 1], repeat=len(signed))]
show("wilcoxonTied", [observed] + enumerate_shares(observed, outcomes), "Enumerated: statistic, above, below.")
untied = x - z
show("wilcoxon", tests(lambda d, alternative: stats.wilcoxon(d, alternative=alternative, method="exact"), untied)[1:])
long = np.round(rng.normal(0.3, 1, 70), 1)
show("long", long)
show("wilcoxonLong", tests(
    lambda d, alternative: stats.wilcoxon(d, alternative=alternative, method="approx", correction=True), long)[1:])
apart = y + 0.00003
show("apart", apart, "y moved off the values of x, for SciPy's exact distribution ignores ties.")
show("mannWhitney", tests(lambda a, b, alternative: stats.mannwhitneyu(a, b, alternative=alternative, method="exact"), x, apart))
both = np.concatenate([ranked_a, ranked_b])
ranks = stats.rankdata(both)
observed = ranks[: len(ranked_a)].sum()
outcomes = [ranks[list(c)].sum() for c in combinations(range(len(both)), len(ranked_a))]
show("mannWhitneyTied", [observed - 21] + enumerate_shares(observed, outcomes), "Enumerated: statistic, above, below.")
show("mannWhitneyLong", tests(
    lambda a, b, alternative: stats.mannwhitneyu(a, b, alternative=alternative, method="asymptotic"), long, tied))
h = stats.kruskal(tied, ranked_a, ranked_b)
show("kruskal", [h.statistic, h.pvalue], "Of tied, rankedA, rankedB.")

scores = np.round(rng.normal(0, 1, (9, 4)) + np.array([0, 0.3, 0.6, 1.4]), 1)
show("scores", scores, "9 data sets × 4 methods.")
fr = stats.friedmanchisquare(*scores.T)
n, k = scores.shape
f_id = (n - 1) * fr.statistic / (n * (k - 1) - fr.statistic)
mean_ranks = np.mean([stats.rankdata(r) for r in scores], axis=0)
show("friedman", [fr.statistic, fr.pvalue, f_id, stats.f.sf(f_id, k - 1, (k - 1) * (n - 1))])
error = np.sqrt(k * (k + 1) / (6 * n))
show("meanRanks", mean_ranks)
show("nemenyi", [stats.studentized_range.ppf(0.95, k, np.inf) / np.sqrt(2) * error]
     + [stats.studentized_range.sf(abs(mean_ranks[0] - r) / error * np.sqrt(2), k, np.inf) for r in mean_ranks[1:]],
     "Critical difference, then p of the first method against the others (SciPy is exact to about 1e-9 here).")
show("holmRanks", multitest.multipletests(
    [2 * stats.norm.sf(abs(mean_ranks[0] - r) / error) for r in mean_ranks[1:]], method="holm")[1])


def trend(parts):
    return sum(np.sum(b[None, :] > a[:, None]) + 0.5 * np.sum(b[None, :] == a[:, None]) for a, b in combinations(parts, 2))


def trend_shares(parts):
    sizes = [len(p) for p in parts]
    values = np.concatenate(parts)
    edges = np.cumsum(sizes)[:-1]
    outcomes = [trend(np.split(np.array(p), edges)) for p in permutations(values)]
    observed = trend(parts)
    return [observed] + enumerate_shares(observed, outcomes)


show("trend", trend_shares([np.array([1.0, 4.0]), np.array([3.0, 6.0, 2.0]), np.array([5.0, 8.0, 7.0])]),
     "J of [1, 4], [3, 6, 2], [5, 8, 7] and its shares, enumerated.")
show("trendTied", trend_shares([np.array([1.0, 3.0]), np.array([3.0, 3.0, 2.0]), np.array([3.0, 8.0, 5.0])]),
     "The same of [1, 3], [3, 3, 2], [3, 8, 5].")

for k, n, p in [(7, 20, 0.5), (15, 20, 0.5), (3, 40, 0.2), (10, 10, 0.5), (0, 5, 0.3), (620, 1000, 0.6)]:
    show(f"binomial{k}of{n}", tests(stats.binomtest, k, n, p)[1:])
for k, n in [(0, 10), (7, 20), (40, 40), (940, 1000)]:
    show(f"intervals{k}of{n}", [
        *proportion.proportion_confint(k, n, 0.05, "wilson"), *proportion.proportion_confint(k, n, 0.05, "beta")],
        "Wilson, Clopper–Pearson.")
show("newcombe", proportion.confint_proportions_2indep(56, 70, 48, 80, method="newcomb", compare="diff", correction=False),
     "56 of 70 less 48 of 80.")
ztest = proportion.proportions_ztest([56, 48], [70, 80])
show("twoProportions", ztest)
family = [0.001, 0.2, 0.03, 0.012, 0.03, 0.9, 0.049]
show("family", family)
show("hochberg", multitest.multipletests(family, method="simes-hochberg")[1])
show("benjaminiHochberg", multitest.multipletests(family, method="fdr_bh")[1])
for name, method in [("pearson", stats.pearsonr), ("spearman", stats.spearmanr)]:
    show(f"{name}Test", [method(x, z).statistic] + [method(x, z, alternative=a).pvalue for a in ["greater", "less", "two-sided"]])
interval = stats.pearsonr(x, z).confidence_interval(0.95)
show("pearsonInterval", [interval.low, interval.high])
show("kendallTest", [stats.kendalltau(x, z).statistic] + [
    stats.kendalltau(x, z, alternative=a, method="exact").pvalue for a in ["greater", "less", "two-sided"]])
show("kendallTied", [stats.kendalltau(tied, scores[:, :2].ravel()[:10]).statistic] + [
    stats.kendalltau(tied, scores[:, :2].ravel()[:10], alternative=a, method="asymptotic").pvalue
    for a in ["greater", "less", "two-sided"]], "Of tied and the first ten of the first two columns of scores.")
line = stats.linregress(x, z)
show("line", [line.slope, line.intercept, line.stderr, line.intercept_stderr, line.rvalue**2, line.pvalue])


sizes = np.array([10, 20, 50, 100, 200, 500, 1000, 2000], dtype=float)
losses = np.round(0.3 + 2.1 * sizes**-0.55 + rng.normal(0, 0.004, 8), 4)
show("sizes", sizes)
show("losses", losses)
tight = dict(method="lm", ftol=1e-15, xtol=1e-15, gtol=1e-15, maxfev=10000)
for name, model, start in [
    ("saturating", lambda v, a, b, c: a + b * v**-c, [0.3, 2.0, 0.5]), ("powerLaw", lambda v, b, c: b * v**-c, [2.0, 0.5])]:
    best, covariance = curve_fit(model, sizes, losses, start, **tight)
    rss = float(((losses - model(sizes, *best)) ** 2).sum())
    show(name, list(best) + list(np.sqrt(np.diag(covariance))) + [rss], "Parameters, their errors, RSS.")
steps = np.array([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], dtype=float)
bent = np.round(1 + 0.5 * steps - 0.8 * np.maximum(0, steps - 6.4) + rng.normal(0, 0.15, 12), 3)
show("steps", steps)
show("bent", bent)


def segmented(psi):
    design = np.column_stack([np.ones(12), steps, np.maximum(0, steps - psi)])
    return np.linalg.lstsq(design, bent, rcond=None)


coarse = min(np.linspace(2, 11, 181), key=lambda v: segmented(v)[1][0])
psi = minimize_scalar(lambda v: segmented(v)[1][0], bounds=(coarse - 0.05, coarse + 0.05), method="bounded", options={"xatol": 1e-12}).x
solution, rss = segmented(psi)[0], segmented(psi)[1][0]
jacobian = np.column_stack([np.ones(12), steps, np.maximum(0, steps - psi), -solution[2] * (steps > psi)])
show("segmented", [psi, *solution, np.sqrt(rss / 8 * np.linalg.inv(jacobian.T @ jacobian)[2, 2]), rss],
     "Breakpoint, intercept, slope, change, its error, RSS.")
crooked = np.array([1, 3, 2, 2.5, 4, 3.5, 3.4, 6], dtype=float)
places = np.array([1, 2, 3, 3, 5, 6, 7, 8], dtype=float)
show("isotonic", IsotonicRegression().fit_transform(places, crooked), "Of [1, 3, 2, 2.5, 4, 3.5, 3.4, 6] at [1, 2, 3, 3, 5, 6, 7, 8].")
times = [np.array([3, 5, 5, 8, 10, 12, 15, 20.0]), np.array([2, 3, 6, 6, 7, 9, 11, 14, 14.0])]
events = [np.array([1, 1, 0, 1, 0, 1, 1, 0]), np.array([1, 1, 1, 1, 0, 1, 1, 1, 0])]
curve = SurvfuncRight(times[0], events[0])
show("survival", np.concatenate([curve.surv_times, curve.surv_prob, curve.surv_prob_se]), "Times, shares, errors of the first group.")
show("logRank", survdiff(np.concatenate(times), np.concatenate(events), np.repeat([0, 1], [8, 9])), "χ², p.")
third = [np.array([1, 4, 4, 16, 18.0]), np.array([1, 1, 1, 0, 1])]
show("logRankThree", survdiff(
    np.concatenate(times + [third[0]]), np.concatenate(events + [third[1]]), np.repeat([0, 1, 2], [8, 9, 5])))
show("power", [
    TTestPower().power(0.5, 20, 0.05), TTestPower().power(0.8, 5, 0.05, alternative="larger"),
    TTestIndPower().power(1.2, 10, 0.05), TTestIndPower().power(0.3, 100, 0.01)],
    "Pairs 0.5 × 20, pairs 0.8 × 5 one-sided, two samples 1.2 × 10, two samples 0.3 × 100 at 1 %.")
show("samples", [
    np.ceil(TTestPower().solve_power(0.5, None, 0.05, 0.8)), np.ceil(TTestIndPower().solve_power(0.5, None, 0.05, power=0.9))],
    "Pairs 0.5 at power 0.8; two samples 0.5 at power 0.9.")
show("labels", [stats.permutation_test(
    (x[:5], y[:6]), lambda a, b: np.mean(a) - np.mean(b), n_resamples=np.inf, alternative=a).pvalue for a in ["greater", "less"]],
    "Exact permutation of the first five of x and six of y.")
matrix = np.column_stack([x - z, tied.tolist() + [0.1, 0.2], np.round(x - 0.79, 4)])[:8]
show("comparisons", matrix, "8 levels × 3 comparisons.")
squares = (matrix**2).sum(axis=0)
patterns = np.array(list(product([1, -1], repeat=8)))
spread = (patterns @ matrix) ** 2 / squares
show("maximum", (spread.max(axis=1)[:, None] >= spread[0] * (1 - 1e-12)).mean(axis=0), "Enumerated.")
bca_sample = np.round(rng.exponential(1, 20), 3)
show("skew", bca_sample)
jack = np.array([np.delete(bca_sample, i).mean() for i in range(20)])
show("acceleration", ((jack.mean() - jack) ** 3).sum() / (6 * ((jack.mean() - jack) ** 2).sum() ** 1.5))
reference = stats.bootstrap((bca_sample,), np.mean, n_resamples=200000, method="BCa", random_state=1).confidence_interval
show("bca", [reference.low, reference.high], "SciPy's BCa interval of the mean, 200,000 resamples.")
print("}")
