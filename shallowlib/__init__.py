"""Two-layer neural networks: the equations of the book as pure functions.

Each module holds the ideas of one chapter. Importing the package loads
NumPy and nothing else; ``shallowlib.plots`` (Matplotlib) and
``shallowlib.proof`` (SymPy) load on first use.
"""

from shallowlib import datasets, loops
from shallowlib.activations import (
    ACTIVATIONS,
    Activation,
    LeakyReLU,
    identity,
    leaky_relu,
    relu,
    sigmoid,
    tanh,
)
from shallowlib.gradcheck import numerical_gradient, relative_error
from shallowlib.initializers import he, initialize, small, xavier, zeros
from shallowlib.losses import (
    OUTPUTS,
    OutputUnit,
    cost,
    cross_entropy,
    half_squared_error,
    linear,
    logistic,
)
from shallowlib.network import Cache, Gradients, Parameters, backward, forward
from shallowlib.saving import load, save
from shallowlib.training import DivergedError, Run, step, train

__version__ = "0.1.0"

__all__ = [
    "ACTIVATIONS",
    "OUTPUTS",
    "Activation",
    "Cache",
    "DivergedError",
    "Gradients",
    "LeakyReLU",
    "OutputUnit",
    "Parameters",
    "Run",
    "backward",
    "cost",
    "cross_entropy",
    "datasets",
    "forward",
    "half_squared_error",
    "he",
    "identity",
    "initialize",
    "leaky_relu",
    "linear",
    "load",
    "logistic",
    "loops",
    "numerical_gradient",
    "relative_error",
    "relu",
    "save",
    "sigmoid",
    "small",
    "step",
    "tanh",
    "train",
    "xavier",
    "zeros",
]


def __getattr__(name):
    """Load the modules that need Matplotlib or SymPy on first use."""
    if name in {"animation", "plots", "proof"}:
        import importlib

        return importlib.import_module(f"shallowlib.{name}")
    raise AttributeError(f"module 'shallowlib' has no attribute {name!r}")
