"""Activation functions g, each beside its slope g'.

Z   any shape   pre-activations
A   as Z        activations, A = g(Z)

``g(Z)`` is the function, ``g.prime(Z, A)`` its slope at Z where A = g(Z) is
already known. Both act element by element and keep the dtype of a float
array; integers become float64. They run on the arrays of NumPy, JAX,
PyTorch and Dask.
"""

import sys
from dataclasses import dataclass

import numpy as np


def namespace(Z):
    """The library whose exp, tanh and where fit Z; NumPy for numbers."""
    if hasattr(Z, "__array_namespace__"):
        return Z.__array_namespace__()
    library = type(Z).__module__.partition(".")[0]
    return sys.modules["torch"] if library == "torch" else np


class Activation:
    """A function with its slope: ``g(Z)``, ``g.prime(Z, A)``; shapes as Z."""

    name: str

    def __call__(self, Z):
        raise NotImplementedError

    def prime(self, Z, A):
        raise NotImplementedError


@dataclass(frozen=True)
class Sigmoid(Activation):
    """1 / (1 + e^-z), between 0 and 1."""

    name = "sigmoid"

    def __call__(self, Z):
        # Where z < 0 the same number is e^z / (1 + e^z): no e^|z| overflows.
        xp, Z = namespace(Z), 1.0 * Z
        e = xp.exp(-abs(Z))
        return xp.where(Z < 0, e, xp.ones_like(e)) / (1 + e)

    def prime(self, Z, A):
        return A * (1 - A)


@dataclass(frozen=True)
class Tanh(Activation):
    """(e^z - e^-z) / (e^z + e^-z), between -1 and 1."""

    name = "tanh"

    def __call__(self, Z):
        return namespace(Z).tanh(1.0 * Z)

    def prime(self, Z, A):
        return 1 - A**2


@dataclass(frozen=True)
class ReLU(Activation):
    """max(0, z); slope 0 at z = 0."""

    name = "relu"

    def __call__(self, Z):
        xp, Z = namespace(Z), 1.0 * Z
        return xp.where(Z < 0, xp.zeros_like(Z), Z)

    def prime(self, Z, A):
        xp, Z = namespace(Z), 1.0 * Z
        return xp.where(Z > 0, xp.ones_like(Z), xp.zeros_like(Z))


@dataclass(frozen=True)
class LeakyReLU(Activation):
    """max(slope z, z), slope 0.01 unless given; at z = 0 as on its left."""

    slope: float = 0.01
    name = "leaky_relu"

    def __post_init__(self):
        slope = float(self.slope)  # a NumPy float64 would widen float32
        if not 0 < slope < 1:
            raise ValueError(f"slope must lie between 0 and 1: got {slope}")
        object.__setattr__(self, "slope", slope)

    def __call__(self, Z):
        xp, Z = namespace(Z), 1.0 * Z
        return xp.where(Z < 0, self.slope * Z, Z)

    def prime(self, Z, A):
        xp, Z = namespace(Z), 1.0 * Z
        return xp.where(Z > 0, xp.ones_like(Z), self.slope * xp.ones_like(Z))


@dataclass(frozen=True)
class Identity(Activation):
    """z itself; slope 1. For the output of a regression."""

    name = "identity"

    def __call__(self, Z):
        return 1.0 * Z

    def prime(self, Z, A):
        return namespace(Z).ones_like(1.0 * Z)


class Registry(dict):
    """Things by name; an unknown name is a ValueError that lists the known."""

    def __missing__(self, name):
        raise ValueError(f"unknown name {name!r}: expected one of {', '.join(self)}")


sigmoid, tanh, relu, leaky_relu, identity = (
    Sigmoid(),
    Tanh(),
    ReLU(),
    LeakyReLU(),
    Identity(),
)
ACTIVATIONS = Registry({g.name: g for g in (sigmoid, tanh, relu, leaky_relu, identity)})
