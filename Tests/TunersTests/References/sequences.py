"""Points of the plain Sobol and Halton sequences, from SciPy; prints the tables of SequenceTests.swift."""
from scipy.stats import qmc

sobol = qmc.Sobol(64, scramble=False, bits=32).random(1024)
for index in (1, 2, 3, 100, 1023):
    print(index, [int(x * 2**32) for x in sobol[index]])
halton = qmc.Halton(8, scramble=False).random(101)
for index in (1, 2, 7, 100):
    print(index, [float(x) for x in halton[index]])
