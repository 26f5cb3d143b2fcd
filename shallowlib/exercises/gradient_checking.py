"""The exercises of the chapter on gradient checking."""

import numpy as np

from shallowlib.activations import sigmoid, tanh
from shallowlib.exercises.answers import (
    NotYet,
    as_numbers,
    call,
    checker,
    expect_array,
    expect_choice,
    expect_number,
)
from shallowlib.exercises.expressions import expect_formula
from shallowlib.gradcheck import flat, numerical_gradient, relative_error
from shallowlib.losses import cost, cross_entropy
from shallowlib.network import Parameters, backward, forward

BOUND = 1e-7  # the chapter's: a relative error below it has passed


def squared_sigmoid(Z2, Y):
    """Half the squared error of a sigmoid output."""
    return (sigmoid(Z2) - Y) ** 2 / 2


def setting():
    """Parameters, inputs and targets at random, with n_h = n_y = 3 and m = 5."""
    rng = np.random.default_rng(0)
    shapes = (3, 2), (3, 1), (3, 3), (3, 1)
    params = Parameters(*map(rng.standard_normal, shapes))
    return params, rng.standard_normal((2, 5)), 1.0 * (rng.random((3, 5)) < 0.5)


def cost_of(X, Y, loss):
    """J as a function of the parameters, with tanh and a sigmoid output."""
    return lambda params: cost(forward(params, X, tanh, sigmoid).Z2, Y, loss)


@checker
def gradient_checking_own_pair(output_error):
    """output_error: a function of A2 and Y: dZ2 of half the squared error of a sigmoid."""
    params, X, Y = setting()
    cache = forward(params, X, tanh, sigmoid)
    A2, m, eps = cache.A2, Y.shape[1], 1e-5
    truth = (
        squared_sigmoid(cache.Z2 + eps, Y) - squared_sigmoid(cache.Z2 - eps, Y)
    ) / (2 * eps)
    slope = sigmoid.prime(cache.Z2, A2)
    mine = call(output_error, A2.copy(), Y.copy())
    expect_array(
        "dZ2",
        mine,
        truth,
        mistakes=[
            (
                A2 - Y,
                "This is the slope of the loss by the output a; on the way to z it is multiplied by the slope of the sigmoid.",
            ),
            (
                slope,
                "This is the slope of the sigmoid alone: the slope of the loss by a multiplies it.",
            ),
            (
                2 * truth,
                "This belongs to the squared error without its factor of one half.",
            ),
            (
                -truth,
                "The sign is turned round: the slope of (a - y)²/2 by a is a - y.",
            ),
            (
                truth / m,
                "1/m does not stand here: column i of dZ2 belongs to the loss of example i alone.",
            ),
            (
                (A2 - Y) / slope,
                "The slope of the sigmoid divides the error here: by the chain rule it multiplies it.",
            ),
            (
                (A2 - Y) * A2,
                "Half of the slope of the sigmoid is missing: it is a(1 - a).",
            ),
            (
                (A2 - Y) * (1 - A2),
                "Half of the slope of the sigmoid is missing: it is a(1 - a).",
            ),
            (
                (A2 - Y) * (1 - A2**2),
                "1 - a² is the slope of tanh; this output is a sigmoid.",
            ),
            (
                (A2 - Y) * slope * (1 - 2 * A2),
                "The slope of the sigmoid is differentiated once more here.",
            ),
            (
                squared_sigmoid(cache.Z2, Y),
                "This is the loss itself; its slope by z is asked for.",
            ),
        ],
        like="A2",
    )
    # With these targets the first line of backward, A2 - Y, gives the error.
    grads = backward(params, cache, X, A2 - as_numbers("dZ2", mine), tanh)
    error = relative_error(
        grads, numerical_gradient(cost_of(X, Y, squared_sigmoid), params)
    )
    assert error < BOUND, error
    return f"In the whole backward pass the relative error is {error:.0e}: passed."


@checker
def gradient_checking_blind(W2):
    """W2: a 3 x 3 matrix at which a forgotten transpose passes the check."""
    W2 = as_numbers("W2", W2)
    if W2.shape != (3, 3):
        raise NotYet(
            f"W2 should have the shape (n_y, n_h) = (3, 3), and this has {W2.shape}."
        )
    if not np.isfinite(W2).all():
        raise NotYet("W2 has entries that are not finite.")
    params, X, Y = setting()
    params = params._replace(W2=W2)
    cache = forward(params, X, tanh, sigmoid)
    right = backward(params, cache, X, Y, tanh)
    wrong = backward(params._replace(W2=W2.T), cache, X, Y, tanh)
    error = relative_error(wrong, right)
    if error < BOUND:
        if not W2.any():
            return "With W2 = 0 nothing goes back to the hidden layer, with or without the transpose."
        if np.array_equal(W2, W2.T):
            return "W2 is its own transpose, so forgetting it changes nothing. A matrix drawn at random is hardly ever so."
        return "W2 is so close to its transpose, or its part so small beside the rest, that the mistake passes."
    seen = f"The relative error of the wrong code is {error:.1g} here, so the check sees the mistake."
    if np.allclose(W2, -W2.T):
        raise NotYet(
            f"{seen} The transpose of this W2 is -W2: close, but for the sign."
        )
    if np.allclose(W2 @ W2.T, np.eye(3)):
        raise NotYet(
            f"{seen} The transpose of this W2 is its inverse; what is needed is that it is W2 itself."
        )
    k, j = np.unravel_index(np.argmax(abs(W2 - W2.T)), (3, 3))
    raise NotYet(
        f"{seen} In row {k + 1}, column {j + 1} stands {W2[k, j]:.4g}, and there the transpose has {W2[j, k]:.4g}."
    )


@checker
def gradient_checking_order_four(combined):
    """combined: a formula in D1 and D2 in which the errors of order eps² cancel."""
    expect_formula(
        combined,
        "(4*D1 - D2)/3",
        {"D1": (-3, 3), "D2": (-3, 3)},
        mistakes=[
            (
                "(D1 + D2)/2",
                "The plain mean has the mean of both errors: one of the weights must be negative, so that they cancel.",
            ),
            (
                "4*D1 - D2",
                "The errors cancel, but of f'(p) three times is left: the weights must add up to 1.",
            ),
            (
                "D1 - D2/4",
                "The errors cancel, but not all of f'(p) is left: the weights must add up to 1.",
            ),
            (
                "(4*D2 - D1)/3",
                "The two are exchanged: D2, at the larger nudge, has the larger error.",
            ),
            (
                "(4*D1 + D2)/5",
                "Both errors have the same sign, so a sum with two positive weights cannot cancel them.",
            ),
            (
                "(D1 + 4*D2)/5",
                "Both errors have the same sign, so a sum with two positive weights cannot cancel them.",
            ),
            (
                "2*D1 - D2",
                "This would cancel errors that double with the nudge; those of order eps² become four times as large.",
            ),
            (
                "(16*D1 - D2)/15",
                "This cancels a term of order eps^4, which is the next one; that of order eps² is still there.",
            ),
            ("D1 - D2", "Here f'(p) cancels, and the errors do not."),
            ("D1", "This is the central difference with its error of order eps²."),
        ],
    )
    return "The weights 4/3 and -1/3 add up to 1, and 4/3 of the error less 1/3 of four times the error is 0."


@checker
def gradient_checking_one_direction(slope_along):
    """slope_along: a function of f, p, d, eps: the central difference of f at p along d."""
    params, X, Y = setting()
    J, calls = cost_of(X, Y, cross_entropy), []
    ends = np.cumsum([p.size for p in params])[:-1]

    def f(vector):
        calls.append(vector)
        parts = np.split(np.asarray(vector, dtype=float), ends)
        return J(
            Parameters(
                *(part.reshape(p.shape) for part, p in zip(parts, params, strict=True))
            )
        )

    p, eps = flat(params), 0.01
    d = np.random.default_rng(1).standard_normal(p.size)
    got = call(slope_along, f, p, d, eps)
    if len(calls) > 2:
        raise NotYet(
            f"f was called {len(calls)} times: with the nudge along d two values of f are "
            "enough, however many parameters there are."
        )
    one = Parameters(*np.zeros((4, 1, 1)))  # a network with t as its only parameter
    truth = numerical_gradient(lambda t: f(p + t.b2.item() * d), one, eps).db2.item()
    rise = 2 * eps * truth
    forward_difference, backward_difference = (
        (f(p + eps * d) - f(p)) / eps,
        (f(p) - f(p - eps * d)) / eps,
    )
    expect_number(
        "the slope",
        got,
        truth,
        mistakes=[
            (
                forward_difference,
                "This is the forward difference, with an error of order eps: take a point on either side of p.",
            ),
            (
                backward_difference,
                "This difference has p itself at one end, with an error of order eps: take a point on either side of p.",
            ),
            (
                2 * truth,
                "This is twice too much: how far apart are the two points, counted in t?",
            ),
            (
                rise,
                "This is the rise between the two points; a slope is the rise divided by the distance in t.",
            ),
            (
                -truth,
                "The sign is turned round: the value ahead less the value behind.",
            ),
            (
                (f(p + eps) - f(p - eps)) / (2 * eps),
                "Here every parameter moves by eps, which is the direction of ones: d is not used.",
            ),
            (
                (f(p + d) - f(p - d)) / (2 * eps),
                "The points are p + d and p - d here, without the nudge.",
            ),
            (
                (f(p + d) - f(p - d)) / 2,
                "The points are p + d and p - d here, without the nudge.",
            ),
            (
                truth / np.linalg.norm(d),
                "This is divided by the length of d as well: it is the slope by the distance, and the slope by t was asked for.",
            ),
            (
                rise / 2 * eps,
                "eps multiplies here: in Python x / 2 * eps is (x / 2) * eps.",
            ),
        ],
    )
    grads = backward(params, forward(params, X, tanh, sigmoid), X, Y, tanh)
    return f"It is {truth:.4f} with eps = {eps}, and the gradient of all {p.size} parameters predicts {flat(grads) @ d:.4f}."


@checker
def gradient_checking_constant(prediction, measured):
    """prediction: falls, rises or stays; measured: the relative errors without the constant and with it."""
    errors = as_numbers("what was measured", measured)
    if errors.shape != (2,) or not 0 < 20 * errors[0] < errors[1] < 1:
        raise NotYet(
            "These are not the two relative errors that the lines measure, without the constant and with it: run them as they stand."
        )
    seen = f"You measured {errors[0]:.0e} without the constant and {errors[1]:.0e} with it."
    return expect_choice(
        prediction,
        {
            "rises": "The constant cancels, and its rounding error does not: it is divided by the nudge.",
            "stays": "On paper the constant cancels in the difference; but each of the two costs is rounded before they are subtracted.",
            "falls": "The relative error is divided by the size of the gradient, not by that of the cost, and the gradient has not grown.",
        },
        right="rises",
        told=seen,
    )
