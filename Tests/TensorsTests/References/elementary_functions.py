"""Prints the coefficients of Sources/Tensors/Kernels/ErrorFunctions.swift and of tanh in ElementaryFunctionsSingle.swift.

Single precision: odd functions as x P(z)/Q(z), z = x^2, by reweighted least squares (Lawson): erf x on |x| <= 4, tanh x
on |x| <= 8.5, and gelu'(x) - 1/2 on |x| <= 6. Double precision: erfc(z) e^(z^2) (1 + 2z) as a polynomial in
u = (z - 3.75)/(z + 3.75), by interpolation at Chebyshev points of 0 <= z <= 27 with 60 digits. Needs numpy and mpmath.
"""

import mpmath
import numpy


def rational(function, numerator, denominator, reach, size, count, rounds):
    """Of least error in units of `size`, a function of x and the values there."""
    points = numpy.cos(numpy.pi * (2 * numpy.arange(count) + 1) / (4 * count)) * reach
    x = points[points > 1e-3]
    f = numpy.array([float(function(mpmath.mpf(float(v)))) for v in x])
    z = x * x / reach**2
    scale = size(x, f)
    weight, q, best = numpy.ones_like(x), numpy.ones_like(x), None
    for _ in range(rounds):
        w = numpy.sqrt(weight) / q / scale
        a = numpy.hstack([
            x[:, None] * z[:, None] ** numpy.arange(numerator + 1),
            -f[:, None] * z[:, None] ** numpy.arange(1, denominator + 1)]) * w[:, None]
        length = numpy.linalg.norm(a, axis=0)
        s = numpy.linalg.lstsq(a / length, f * w, rcond=1e-17)[0] / length
        p, d = s[:numerator + 1], numpy.concatenate([[1], s[numerator + 1:]])
        q = numpy.polyval(d[::-1], z)
        error = numpy.abs(x * numpy.polyval(p[::-1], z) / q - f) / scale
        if best is None or error.max() < best[0]:
            powers = float(reach) ** (2 * numpy.arange(9))
            best = (error.max(), p / powers[:len(p)], d / powers[:len(d)])
        weight = weight * (error / error.max() + 1e-3)
        weight /= weight.mean()
    return best


def gelu_slope(x):
    return mpmath.erf(x / mpmath.sqrt(2)) / 2 + x * mpmath.exp(-x * x / 2) / mpmath.sqrt(2 * mpmath.pi)


def polynomial(degree=22, center=3.75, reach=27):
    mpmath.mp.dps = 60
    c = mpmath.mpf(center)
    top = (reach - c) / (reach + c)
    count = degree + 1
    nodes = [mpmath.cos(mpmath.pi * (2 * k + 1) / (2 * count)) for k in range(count)]
    points = [(top - 1) / 2 + (top + 1) / 2 * node for node in nodes]
    a, b = mpmath.matrix(count, count), mpmath.matrix(count, 1)
    for i, u in enumerate(points):
        z = c * (1 + u) / (1 - u)
        b[i] = mpmath.erfc(z) * mpmath.exp(z * z) * (1 + 2 * z)
        for j in range(count):
            a[i, j] = u ** j
    return mpmath.lu_solve(a, b)


for name, arguments in {
    "erf": (mpmath.erf, 5, 5, 4, lambda x, f: numpy.where(x < 1, f, 1), 3000, 60),
    "tanh": (mpmath.tanh, 3, 5, 8.5, lambda x, f: f, 3000, 80),
    "gelu' - 1/2": (gelu_slope, 6, 7, 6, lambda x, f: numpy.ones_like(x), 1500, 60),
}.items():
    error, p, q = rational(*arguments)
    print(name, "in single precision, error", error)
    print([float("%.10g" % v) for v in p], [float("%.10g" % v) for v in q])
print("double precision")
print([mpmath.nstr(v, 18) for v in polynomial()])
