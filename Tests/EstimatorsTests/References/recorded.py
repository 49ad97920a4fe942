"""Shared by the scripts here: prints labelled matrices that Vectors.swift reads, and makes small data sets."""

import numpy as np


def show(label, values):
    array = np.atleast_2d(np.asarray(values, dtype=float))
    print(label, *array.shape, *(f"{x:.17g}" for x in array.ravel()))


def blobs(rows, columns, classes, seed, spread=1.0):
    """Overlapping Gaussian classes, rounded so that the text is exact."""
    rng = np.random.default_rng(seed)
    labels = np.arange(rows) % classes
    centres = rng.normal(0, 2, (classes, columns))
    features = np.round(centres[labels] + spread * rng.normal(0, 1, (rows, columns)), 4)
    return features, labels


def curve(rows, columns, seed):
    """A smooth function of the features with noise, rounded so that the text is exact."""
    rng = np.random.default_rng(seed)
    features = np.round(rng.normal(0, 1, (rows, columns)), 4)
    targets = np.sin(2 * features[:, 0]) + features[:, 1] ** 2 - 0.5 * features[:, -1]
    return features, np.round(targets + 0.1 * rng.normal(0, 1, rows), 4)
