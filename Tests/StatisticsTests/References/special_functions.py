"""Prints SpecialFunctionVectors.swift: reference values from mpmath at 50 digits for StatisticsTests.

Run with mpmath 1.3: python3 special_functions.py > ../SpecialFunctionVectors.swift
"""
import mpmath as mp

mp.mp.dps = 50


def number(value):
    return repr(float(value))


def table(name, comment, rows):
    print(f"  /// {comment}")
    print(f"  static let {name}: [[Double]] = [")
    for row in rows:
        print("    [" + ", ".join(number(v) for v in row) + "],")
    print("  ]")


def beta_below(a, b, x):
    """The series with positive terms only, which converges for large parameters too."""
    a, b, x = mp.mpf(a), mp.mpf(b), mp.mpf(x)
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_below(b, a, 1 - x)
    logarithm = a * mp.log(x) + b * mp.log1p(-x) - mp.log(a) - mp.loggamma(a) - mp.loggamma(b) + mp.loggamma(a + b)
    return mp.exp(logarithm) * mp.hyp2f1(a + b, 1, a + 1, x, maxterms=10**6)


def normal_below(z):
    return mp.erfc(-mp.mpf(z) / mp.sqrt(2)) / 2


def student_below(t, df):
    t, df = mp.mpf(t), mp.mpf(df)
    outer = beta_below(df / 2, mp.mpf(1) / 2, df / (df + t * t)) / 2
    return outer if t < 0 else 1 - outer


def fisher_above(f, a, b):
    f, a, b = mp.mpf(f), mp.mpf(a), mp.mpf(b)
    return beta_below(b / 2, a / 2, b / (b + a * f))


def solve(function, target, start):
    return mp.findroot(lambda x: mp.log(function(x) / target), (start, start * mp.mpf(1.01)))


def normal_range_above(q, k):
    q = mp.mpf(q)
    inside = lambda z: mp.npdf(z) * (
        mp.ncdf(z) ** (k - 1) - (mp.ncdf(z) - mp.ncdf(z - q)) ** (k - 1)
    )
    return k * mp.quad(inside, [-12, -6, -3, 0, 3, 6, 9, 12, 16])


def noncentral_above(t, df, delta):
    t, df, delta = mp.mpf(t), mp.mpf(df), mp.mpf(delta)
    half = df / 2
    density = lambda s: 2 * half**half / mp.gamma(half) * s ** (df - 1) * mp.exp(-half * s * s)
    return mp.quad(lambda s: density(s) * mp.ncdf(delta - t * s), [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3, 6, 12])


print(f"// Written by References/special_functions.py with mpmath {mp.__version__} at 50 digits.")
print()
print("/// Special functions and distributions; each row is arguments, then the value.")
print("enum SpecialFunctionVectors {")
table("logGamma", "x, ln Γ(x).", [
    (x, mp.loggamma(x))
    for x in map(mp.mpf, [1e-10, 0.001, 0.5, 0.9, 1, 1.0001, 1.5, 2, 2.5, 3, 9.75, 10, 50.5, 171, 1e4, 1e8, 1e12])])
table("incompleteGamma", "a, x, P(a, x), Q(a, x).", [
    (a, x, mp.gammainc(a, 0, x, regularized=True), mp.gammainc(a, x, mp.inf, regularized=True))
    for a, x in [(mp.mpf(a), mp.mpf(x)) for a, x in [
        (0.5, 1e-10), (0.5, 0.25), (0.5, 3), (0.5, 60), (1, 1), (1.5, 0.01), (2.5, 10), (7, 7), (7, 1), (7, 40),
        (50, 40), (50, 80), (300, 250), (300, 301), (5000, 5100), (20000, 19500)]]])
table("incompleteBeta", "a, b, x, I_x(a, b), 1 − I_x(a, b).", [
    (a, b, x, beta_below(a, b, x), beta_below(b, a, 1 - x))
    for a, b, x in [(mp.mpf(a), mp.mpf(b), mp.mpf(x)) for a, b, x in [
        (0.5, 0.5, 0.25), (0.5, 0.5, 1e-12), (1, 3, 0.125), (2, 2, 0.5), (2.5, 7.5, 0.0625), (2.5, 7.5, 0.75),
        (30, 1, 0.5), (1, 30, 0.5), (0.5, 40, 0.001), (100, 120, 0.4375), (100, 120, 0.75), (2000, 3000, 0.390625),
        (50000, 50000, 0.5), (50000, 50000, 0.505)]]])
table("errorFunction", "x, erf x, erfc x.", [
    (x, mp.erf(x), mp.erfc(x)) for x in map(mp.mpf, [-3, -0.5, 0, 1e-12, 0.1, 0.5, 1, 1.5, 2, 3.5, 6, 12, 25])])
table("normal", "z, P(Z ≤ z).", [
    (z, normal_below(z)) for z in map(mp.mpf, [-37, -20, -8, -5, -2, -1, -0.25, -1e-8, 0, 0.5, 1, 1.96, 3, 6])])
table("normalQuantile", "p, its quantile.", [
    (p, solve(normal_below, p, mp.mpf(s))) for p, s in [(mp.mpf(p), s) for p, s in [
        (1e-200, -30), (1e-20, -9), (1e-6, -4.7), (0.025, -1.9), (0.25, -0.6), (0.49, -0.03), (0.625, 0.3),
        (0.975, 1.9), (0.999, 3)]]])
table("student", "Degrees of freedom, t, P(T ≤ t).", [
    (df, t, student_below(t, df)) for df in map(mp.mpf, [0.5, 1, 2, 3.7, 10, 30.5, 1000])
    for t in map(mp.mpf, [-40, -3.25, -0.5, 0.125, 1.75, 12])])
table("studentQuantile", "Degrees of freedom, p, its quantile.", [
    (df, p, solve(lambda t: student_below(t, df), p, mp.mpf(s))) for df, p, s in [
        (mp.mpf(d), mp.mpf(p), s) for d, p, s in [
            (1, 0.025, -12), (1, 0.001, -318), (2, 0.025, -4.3), (3.5, 0.005, -5), (4, 0.3, -0.5), (9, 0.025, -2.2),
            (9, 1e-12, -60), (29, 0.4, -0.2), (250, 0.025, -1.97)]]])
table("fisher", "Degrees of freedom, f, P(F > f).", [
    (a, b, f, fisher_above(f, a, b)) for a, b, f in [
        (mp.mpf(a), mp.mpf(b), mp.mpf(f)) for a, b, f in [
            (1, 4, 7.75), (2, 12, 0.5), (3, 8, 4.125), (7, 63, 2.25), (40, 3, 30), (5, 200, 12), (2.5, 9.25, 1)]]])
table("fisherQuantile", "Degrees of freedom, p, its quantile.", [
    (a, b, p, solve(lambda f: fisher_above(f, a, b), 1 - p, mp.mpf(s))) for a, b, p, s in [
        (mp.mpf(a), mp.mpf(b), mp.mpf(p), s) for a, b, p, s in [
            (1, 4, 0.95, 7.7), (3, 8, 0.99, 7.5), (7, 63, 0.5, 0.9), (40, 3, 0.025, 0.3), (5, 200, 0.1, 0.3)]]])
table("chiSquareQuantile", "Degrees of freedom, p, its quantile.", [
    (df, p, solve(lambda x: mp.gammainc(df / 2, 0, x / 2, regularized=True), p, mp.mpf(s))) for df, p, s in [
        (mp.mpf(d), mp.mpf(p), s) for d, p, s in [
            (1, 0.95, 3.8), (1, 0.01, 0.00016), (3, 0.5, 2.4), (9, 0.025, 2.7), (9, 0.975, 19), (120, 0.9, 140)]]])
table("binomial", "Trials, probability, k, P(X = k), P(X ≤ k).", [
    (n, p, k, mp.binomial(n, k) * p**k * (1 - p) ** (n - k),
     mp.fsum(mp.binomial(n, j) * p**j * (1 - p) ** (n - j) for j in range(k + 1)))
    for n, p, k in [(10, mp.mpf(0.5), 2), (10, mp.mpf(0.5), 9), (25, mp.mpf(0.125), 0), (400, mp.mpf(0.25), 70),
                    (1000, mp.mpf(0.875), 900), (3000, mp.mpf(0.001953125), 5)]])
table("normalRange", "Count, q, P(R > q).", [
    (k, q, normal_range_above(q, k)) for k, q in [
        (2, 0.5), (2, 2.75), (3, 3.25), (4, 1), (5, 6.5), (10, 4.5), (10, 9), (30, 5.5)]])
table("normalRangeQuantile", "Count, p, its quantile.", [
    (k, p, solve(lambda q: normal_range_above(q, k), 1 - mp.mpf(p), mp.mpf(s))) for k, p, s in [
        (2, 0.95, 2.77), (3, 0.95, 3.31), (5, 0.9, 3.48), (10, 0.95, 4.47)]])
table("noncentralStudent", "Degrees of freedom, δ, t, P(T > t).", [
    (df, d, t, noncentral_above(t, df, d)) for df, d, t in [
        (4, 1, 2.75), (9, 2.5, 2.25), (9, -2.5, 2.25), (1, 0.5, 12.5), (18, 0, 2), (58, 3, 2), (200, 1, -1)]])
print("}")
