"""The loss L of one example, the cost J of all, and the output units.

Z2   (n_y, m)   pre-activations of the output layer
A2   (n_y, m)   the network's output, A2 = g2(Z2)
Y    (n_y, m)   targets, one column an example
L    (n_y, m)   loss of each output of each example, a function of Z2
J    scalar     (1/m) of the sum of L over outputs and examples
"""

from collections.abc import Callable
from dataclasses import dataclass

from shallowlib.activations import Activation, Registry, identity, namespace, sigmoid


def cross_entropy(Z2, Y):
    """log(1 + e^z) - y z.

    This is -(y log a + (1 - y) log(1 - a)) with a = sigmoid(z), written in z.
    Finite for every finite z: no logarithm of zero, no clipping.
    """
    xp = namespace(Z2)
    return xp.logaddexp(xp.zeros_like(Z2), Z2) - Y * Z2


def half_squared_error(Z2, Y):
    """(z - y)^2 / 2, the loss of a real-valued output a = z."""
    return (Z2 - Y) ** 2 / 2


def cost(Z2, Y, loss):
    """J = (1/m) sum_i sum_k L: summed over outputs, averaged over examples.

    Z2 and Y: (n_y, m). Returns a scalar of the arrays' own kind (NumPy,
    JAX, PyTorch, SymPy).
    """
    m = Y.shape[1]
    return loss(Z2, Y).sum() / m


@dataclass(frozen=True)
class OutputUnit:
    """An output activation g2 and a loss L with dL/dz = a - y.

    ``targets`` holds the values that y may take; None stands for every real
    number. Raises ValueError where the pair has another slope.
    """

    name: str
    g2: Activation
    loss: Callable
    targets: tuple[float, ...] | None = None

    def __post_init__(self):
        eps = 1e-6
        for z in (-3.0, -0.5, 0.25, 2.0):
            for y in self.targets or (-1.0, 0.0, 0.5, 2.0):
                slope = (self.loss(z + eps, y) - self.loss(z - eps, y)) / (2 * eps)
                expected = self.g2(z) - y
                if not abs(slope - expected) < 1e-6:
                    raise ValueError(
                        f"output unit {self.name!r}: dL/dz must be a - y, "
                        f"which is {expected:.4f} at z = {z}, y = {y}; "
                        f"it is {slope:.4f}"
                    )


logistic = OutputUnit("logistic", sigmoid, cross_entropy, targets=(0, 1))
linear = OutputUnit("linear", identity, half_squared_error)
OUTPUTS = Registry({output.name: output for output in (logistic, linear)})
