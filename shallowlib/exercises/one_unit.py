"""The exercises of the chapter on one unit."""

import numpy as np

from shallowlib.activations import sigmoid
from shallowlib.exercises.answers import (
    NotYet,
    as_numbers,
    call,
    checker,
    expect_array,
    expect_choice,
    expect_number,
    refuse_empty,
)

CORNERS = np.array([[0.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0, 1.0]])


def some_numbers(name, got, n):
    """The answer as n finite numbers, in whatever shape they came."""
    got = as_numbers(name, got)
    if got.size != n or not np.isfinite(got).all():
        raise NotYet(f"{name} should be {n} number{'s' * (n > 1)}, and this is {got}.")
    return got.reshape(n, 1)


@checker
def one_unit_line(w, b):
    """w, b: two weights and a bias; the line passes (2, 0) and (0, 1), the origin is in class 0."""
    w, b = some_numbers("w", w, 2), some_numbers("b", b, 1).item()
    if not w.any():
        raise NotYet("With both weights 0 the sum z is b everywhere: there is no line.")
    points = np.array([[2.0, 0.0], [0.0, 1.0]])
    z = (w.T @ points + b).ravel()
    if not np.allclose(z, 0):
        if np.allclose(w.T @ points[::-1] + b, 0):
            raise NotYet("This line passes through (0, 2) and (1, 0): the two weights have changed places.")
        if np.allclose(w.T @ points - b, 0):
            raise NotYet("This solves w^T x = b at both points; the line is where w^T x + b is 0.")
        point, value = ("(2, 0)", z[0]) if abs(z[0]) > abs(z[1]) else ("(0, 1)", z[1])
        raise NotYet(f"At {point} the sum z is {value:.4g}, so this point does not lie on the line.")
    if b > 0:
        raise NotYet(f"The line is the right one. But at the origin z is b, here {b:.4g}: that is the side of class 1.")
    return f"At both points a is 1/2, and at the origin {sigmoid(b):.4g}. Any positive multiple of these three numbers does as well."


def misses(b, wanted):
    """What a unit with w = (20, 20) gets wrong first at the corners, or None."""
    for x, z, y in zip(CORNERS.T, 20 * CORNERS.sum(axis=0) + b, wanted, strict=True):
        where = f"At ({x[0]:.0f}, {x[1]:.0f}) its z is {z:.4g}"
        if z == 0:
            return f"{where}: the line passes through this point, and a is 1/2, which is neither class."
        if (z > 0) != y:
            return f"{where}, so its rounded output is {int(z > 0)}, and should be {y}."
    return None


@checker
def one_unit_and_or(b_or, b_and):
    """b_or, b_and: the bias of a unit with w = (20, 20) that computes OR, and of one that computes AND."""
    by_name = {
        "OR": (some_numbers("b_or", b_or, 1).item(), (0, 1, 1, 1)),
        "AND": (some_numbers("b_and", b_and, 1).item(), (0, 0, 0, 1)),
    }
    (one, ors), (other, ands) = by_name.values()
    if not misses(one, ands) and not misses(other, ors):
        raise NotYet("The two have changed places: more has to come together for AND, so its line lies farther from the origin.")
    for name, (b, wanted) in by_name.items():
        if message := misses(b, wanted):
            if not misses(-b, wanted):
                message = "The size is right, but the line is where 20(x1 + x2) + b is 0: on which side of 0 is b then?"
            elif not misses(20 * b, wanted):
                message = "This would do for the weights (1, 1); here x1 + x2 counts 20 times, and b has to be of that size."
            raise NotYet(f"{name}: {message}")
    return f"The line of OR cuts where x1 + x2 is {-one / 20:.4g}, that of AND where it is {-other / 20:.4g}."


@checker
def one_unit_swap(swapped):
    """swapped: a function of w and b that returns those of the unit with the output 1 - a, as a tuple."""
    rng = np.random.default_rng(0)
    w, b = rng.standard_normal((2, 1)), 0.7
    result = call(swapped, w.copy(), b)
    if not isinstance(result, tuple) or len(result) != 2:
        raise NotYet("The function should return two things, the new w and the new b.")
    expect_array(
        "the new w",
        result[0],
        -w,
        mistakes=[
            (w, "The weights are the old ones: with them z grows in the same direction as before, and so does a."),
            (1 - w, "1 - a is wanted of the output. What has to become of z for that? The weights follow from it."),
            (1 / w, "1/w turns the line as well. What has to become of z, and of each term in it?"),
        ],
        like="w",
    )
    expect_number(
        "the new b",
        result[1],
        -b,
        mistakes=[
            (b, "The bias is the old one. All of z has to change its sign, and b is a part of z."),
            (1 - b, "1 - a is wanted of the output, not 1 - b. What has to become of z for that?"),
        ],
    )
    X = rng.standard_normal((2, 9))
    old, new = (sigmoid(np.transpose(w) @ X + b) for w, b in ((w, b), result))
    expect_array("the sum of old and new output", old + new, np.ones((1, 9)))
    return "At nine points the old and the new output add up to 1."


@checker
def one_unit_distance(distance):
    """distance: a function of x, w and b: how far the point x is from the line of the unit."""
    rng = np.random.default_rng(0)
    x, w, b = np.array([[-1.0], [2.0]]), np.array([[3.0], [4.0]]), -15.0
    cases = [(x, w, b), *((rng.standard_normal((2, 1)), rng.standard_normal((2, 1)), b) for b in (-1.0, 0.0, 2.0))]
    for x, w, b in cases:
        z, length = (w.T @ x + b).item(), np.linalg.norm(w)
        expect_number(
            "the distance",
            call(distance, x, w, b),
            abs(z) / length,
            mistakes=[
                (z / length, "The size is right, but on one side of the line it is negative, and a distance never is."),
                (abs(z), "This is the size of z. A w twice as long doubles z, and the point has not moved: what has z to be divided by?"),
                (z, "This is z itself. A w twice as long doubles z, and the point has not moved: what has z to be divided by?"),
                (abs(z) / length**2, "This is the step t, counted in lengths of w: the distance is t times the length of w."),
                (z / length**2, "This is the step t, counted in lengths of w, with its sign: the distance is its size, times the length of w."),
                (abs(z) / abs(w).sum(), "The sum of the weights' sizes is not the length of w, which is the root of w^T w."),
                (abs(z - b) / length, "This leaves b out of z: it is the distance from the line through the origin."),
                (abs(b) / length, "This is the distance of the line from the origin; here it is that from x."),
                (np.linalg.norm(x), "This is the distance of x from the origin."),
            ],
        )
    return "At four points, on both sides of their lines, it is |z| / ||w||."


@checker
def one_unit_weights(prediction, before, after):
    """prediction: whether the line comes closer to the origin when w is tripled; before, after: its distances, measured."""
    b, length = -5.0, 5.0
    for name, got, expected in (
        ("before", before, abs(b) / length),
        ("after", after, abs(b) / (3 * length)),
    ):
        expect_number(
            name,
            got,
            expected,
            tolerance=0.01,
            mistakes=[(1.0, "The line did not move. Was b tripled as well? Only w should be.")],
        )
    seen = f"The distance goes from {float(before):.2f} to {float(after):.2f}:"
    return expect_choice(
        prediction,
        {
            "closer": f"{seen} it is |b| / ||w||, and only the length of w has grown. The line stays where it is when b grows along.",
            "farther": f"{seen} with a longer w the sum w^T x outweighs b sooner. What does the distance |b| / ||w|| say?",
            "stays": f"{seen} it would stay if b were tripled too. Which numbers are in the distance of the line from the origin?",
        },
        right="closer",
    )
