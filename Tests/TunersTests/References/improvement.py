"""The logarithm of the expected improvement, from mpmath to 40 digits; prints the table of ModelTests.swift."""
from mpmath import log, mp, mpf, ncdf, npdf

mp.dps = 40
for mean, deviation, best in (("0", "1", "0.5"), ("2", "0.5", "0"), ("0.3", "1", "-20"), ("0.3", "1", "-30")):
    mean, deviation, best = mpf(mean), mpf(deviation), mpf(best)
    z = (best - mean) / deviation
    print(log(deviation * (npdf(z) + z * ncdf(z))))
