"""Packages that only some tests need, and nobody to read or build the book."""

import importlib
import os

import pytest


def peer(name):
    """The module; where it is not installed the tests are skipped, and in CI, which installs requirements-peers.lock, they fail."""
    if os.environ.get("CI"):
        return importlib.import_module(name)
    return pytest.importorskip(name, reason=f"{name} is not installed: shallowlib is not checked against it")
