"""Data to learn from: five toy sets drawn at random, one real set.

X   (n_x, m)   inputs, one column an example
Y   (n_y, m)   targets: 0 or 1 for classes, real numbers for the sine

The toy sets have no units. Each function of (m, rng) gives m examples;
classes alternate, so they are balanced to within one example.
"""

import csv
from importlib.resources import files
from typing import NamedTuple

import numpy as np

from shallowlib._checks import check_count, check_rng


class Dataset(NamedTuple):
    """Inputs and targets, one column an example."""

    X: np.ndarray  # (n_x, m)
    Y: np.ndarray  # (n_y, m)


def labels(m, rng):
    """0, 1, 0, 1, … for m examples, once m and rng make sense."""
    check_count("m", m)
    check_rng(rng)
    return np.arange(m) % 2.0


def flower(m, rng):
    """Two classes on a rose of petals, r = 4 sin 4t. X (2, m), Y (1, m).

    t and r have noise of standard deviation 0.2.
    """
    y = labels(m, rng)
    t = np.pi * (y + rng.uniform(0, 1, m)) + 0.2 * rng.standard_normal(m)
    r = 4 * np.sin(4 * t) + 0.2 * rng.standard_normal(m)
    return Dataset(np.array([r * np.sin(t), r * np.cos(t)]), y[np.newaxis])


def moons(m, rng):
    """Two interlocked half circles of radius 1. X (2, m), Y (1, m).

    x1 and x2 have noise of standard deviation 0.1.
    """
    y = labels(m, rng)
    t = np.pi * rng.uniform(0, 1, m)
    sign = 1 - 2 * y
    X = np.array([y + sign * np.cos(t), 0.5 * y + sign * np.sin(t)])
    return Dataset(X + 0.1 * rng.standard_normal((2, m)), y[np.newaxis])


def circles(m, rng):
    """A circle of radius 1 around one of radius 1/2. X (2, m), Y (1, m).

    x1 and x2 have noise of standard deviation 0.1.
    """
    y = labels(m, rng)
    t = 2 * np.pi * rng.uniform(0, 1, m)
    X = (1 - 0.5 * y) * np.array([np.cos(t), np.sin(t)])
    return Dataset(X + 0.1 * rng.standard_normal((2, m)), y[np.newaxis])


def xor(m, rng):
    """Class 1 where x1 and x2 differ in sign. X (2, m), Y (1, m).

    Each coordinate is 0.05 to 1 in size, so no point lies on an axis.
    """
    y = labels(m, rng)
    X = rng.uniform(0.05, 1, (2, m))
    sign = rng.choice([-1.0, 1.0], m)
    return Dataset(X * np.array([sign, sign * (1 - 2 * y)]), y[np.newaxis])


def sine(m, rng):
    """sin x, x from -pi to pi, with noise of 0.1. X (1, m), Y (1, m)."""
    check_count("m", m)
    check_rng(rng)
    X = rng.uniform(-np.pi, np.pi, (1, m))
    return Dataset(X, np.sin(X) + 0.1 * rng.standard_normal((1, m)))


MEASURES = (
    "radius",
    "texture",
    "perimeter",
    "area",
    "smoothness",
    "compactness",
    "concavity",
    "concave points",
    "symmetry",
    "fractal dimension",
)
BREAST_CANCER_FEATURES = tuple(
    f"{kind} {measure}"
    for kind in ("mean", "standard error of", "worst")
    for measure in MEASURES
)


def breast_cancer():
    """Cell nuclei of breast tumours: X (30, 569), Y (1, 569), 1 if malignant.

    Rows of X are named by ``BREAST_CANCER_FEATURES``. Lengths are in pixels
    of the digitized image and areas in square pixels as published; texture
    is the standard deviation of gray values; the others have no unit.
    Source: Breast Cancer Wisconsin (Diagnostic), W. Wolberg, O.
    Mangasarian, N. Street and W. Street, UCI Machine Learning Repository,
    1995, doi 10.24432/C5DW2B, CC BY 4.0.
    """
    text = (
        files("shallowlib")
        .joinpath("data/breast_cancer.csv")
        .read_text(encoding="utf-8")
    )
    header, *rows = csv.reader(text.splitlines())
    if tuple(header) != ("malignant", *BREAST_CANCER_FEATURES):
        raise ValueError(f"breast_cancer.csv has unexpected columns: {header}")
    table = np.array(rows, dtype=float).T
    return Dataset(table[1:], table[:1])
