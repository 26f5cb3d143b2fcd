"""What book/gradient-checking.md asserts; the notes make no claim here."""

import inspect

import numpy as np
import pytest

from shallowlib import (
    Parameters,
    backward,
    cost,
    forward,
    logistic,
    network,
    numerical_gradient,
    relative_error,
    relu,
    tanh,
)

SEEDS = range(20)
BOUND = 1e-7  # the chapter's


def check(backward, seed, g1=tanh, **changes):
    """The relative error of a backward pass where n_h = n_y = 3, m = 5."""
    rng = np.random.default_rng(seed)
    sizes = [(3, 2), (3, 1), (3, 3), (3, 1)]
    params = Parameters(*map(rng.standard_normal, sizes))
    X = rng.standard_normal((2, 5))
    Y = (rng.random((3, 5)) < 0.5).astype(float)
    X = changes.pop("X", X)
    params = params._replace(**changes)

    def J(params):
        return cost(forward(params, X, g1, logistic.g2).Z2, Y, logistic.loss)

    cache = forward(params, X, g1, logistic.g2)
    grads = backward(params, cache, X, Y, g1)
    return relative_error(grads, numerical_gradient(J, params))


def edited(right, wrong):
    """The library's backward with one piece of its source exchanged."""
    source = inspect.getsource(backward)
    assert right in source
    scope = vars(network).copy()
    exec(source.replace(right, wrong), scope)
    return scope["backward"]


def error_of(difference, eps):
    """The error of a numerical slope of exp at 1, where all derivatives are e."""
    return abs(difference(np.exp, 1.0, eps) - np.e)


def forward_difference(f, p, eps):
    return (f(p + eps) - f(p)) / eps


def central_difference(f, p, eps):
    return (f(p + eps) - f(p - eps)) / (2 * eps)


def test_the_error_of_the_central_difference_is_a_sixth_of_eps_squared():
    """Central: eps^2 f'''/6; wrong form: the forward difference, eps f''/2."""

    def check_order(difference):
        for eps in (1e-1, 1e-2, 1e-3):
            error = error_of(difference, eps)
            assert error == pytest.approx(np.e * eps**2 / 6, rel=0.01)

    check_order(central_difference)
    with pytest.raises(AssertionError):
        check_order(forward_difference)
    halved = error_of(forward_difference, 1e-3)
    assert halved == pytest.approx(np.e * 1e-3 / 2, rel=0.01)


def test_rounding_makes_a_smaller_nudge_worse():
    """The V: the nudge of the chapter's formula beats much larger and smaller
    ones by far; wrong form: the smaller, the better."""
    best = (3 * 2.0**-53) ** (1 / 3)
    at_best = max(error_of(central_difference, s * best) for s in (0.5, 1, 2))
    assert error_of(central_difference, 1000 * best) > 100 * at_best
    tiny = [error_of(central_difference, s * 1e-12) for s in (1, 3, 5, 7, 9)]
    assert np.median(tiny) > 1000 * at_best


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("W2.T", "W2"),
        ("A2 - Y", "Y - A2"),
        (" / m", ""),
        ("(Z1, A1)", "(Z1, Z1)"),
        ("A1.T / m", "Z1.T / m"),
        ("* g1.prime(Z1, A1)", ""),
    ],
)
def test_every_mistake_of_the_page_is_seen_from_every_seed(right, wrong):
    """Correct code passes, broken code fails, at 20 random points."""
    broken = edited(right, wrong)
    assert max(check(backward, seed) for seed in SEEDS) < BOUND
    assert min(check(broken, seed) for seed in SEEDS) > 1e4 * BOUND


def test_a_turned_sign_gives_1_and_a_forgotten_average_m_minus_1_over_m_plus_1():
    """Two relative errors that can be read; m = 5."""
    assert check(edited("A2 - Y", "Y - A2"), 0) == pytest.approx(1)
    assert check(edited(" / m", ""), 0) == pytest.approx(4 / 6)


def test_a_symmetric_W2_hides_a_forgotten_transpose():
    """The blind spot of the exercise: the mistake passes the check there."""
    broken = edited("W2.T", "W2")
    M = np.random.default_rng(1).standard_normal((3, 3))
    assert check(broken, 0, W2=M) > 1e4 * BOUND
    assert check(broken, 0, W2=M + M.T) < BOUND
    assert check(broken, 0, W2=np.zeros((3, 3))) < BOUND


def test_correct_code_fails_at_the_kink_of_relu_and_passes_beside_it():
    """An example at the origin with zero biases: the numerical slope is 1/2,
    the code's is 0."""
    X = np.random.default_rng(2).standard_normal((2, 5))
    X[:, 0] = 0.0
    at_kink = {"X": X, "b1": np.zeros((3, 1))}
    beside = {"X": X, "b1": np.full((3, 1), 0.1)}
    assert min(check(backward, s, relu, **at_kink) for s in SEEDS) > 1e-3
    assert np.median([check(backward, s, relu, **beside) for s in SEEDS]) < BOUND
    assert central_difference(relu, 0.0, 1e-6) == pytest.approx(0.5)
    assert relu.prime(0.0, 0.0) == 0
