"""Packages that only some tests need, and nobody to read or build the book; and what the library does on the arrays of each."""

import importlib
import os

import pytest

from shallowlib import backward, cost, forward, step


def peer(name):
    """The module; where it is not installed the tests are skipped, and in CI, which installs requirements-peers.lock, they fail."""
    if (
        os.environ.get("CI") and name != "torch"
    ):  # that is in no lock: CI has it where a CPU build lies at hand
        return importlib.import_module(name)
    return pytest.importorskip(
        name, reason=f"{name} is not installed: shallowlib is not checked against it"
    )


def assert_same_on_arrays(agree, arrays, theirs, g1, output):
    """All functions of a step give on (params, X, Y) of another kind what they give on NumPy's; agree(found, expected) compares."""

    def step_of(params, X, Y):
        cache = forward(params, X, g1, output.g2)
        grads = backward(params, cache, X, Y, g1)
        return cache, grads, step(params, grads, 0.1), [cost(cache.Z2, Y, output.loss)]

    for found, expected in zip(step_of(*theirs), step_of(*arrays), strict=True):
        agree(found, expected)
