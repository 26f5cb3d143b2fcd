"""The exercises of the chapter on one unit."""

import numpy as np

from shallowlib.activations import sigmoid
from shallowlib.exercises.answers import (
    NotYet,
    as_numbers,
    call,
    checker,
    expect_choice,
    expect_number,
)

CORNERS = np.array([[0.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0, 1.0]])


def some_numbers(name, got, n):
    """The answer as n finite numbers, in whatever shape they came."""
    numbers = as_numbers(name, got)
    if numbers.size != n or not np.isfinite(numbers).all():
        raise NotYet(f"{name} should be {n} number{'s' * (n > 1)}, and this is {got}.")
    return numbers.reshape(n, 1)


def column(*entries):
    return np.array([entries], dtype=float).T


def listed(column):
    """A column as the text writes it, (3, 4)."""
    return f"({', '.join(f'{entry:g}' for entry in column.ravel())})"


@checker
def one_unit_line(w, b):
    """w, b: two weights and a bias; the line passes (2, 0) and (0, 1), the origin is in class 0."""
    w, b = some_numbers("w", w, 2), some_numbers("b", b, 1).item()
    if not w.any():
        raise NotYet("With both weights 0 the sum z is b everywhere: there is no line.")
    points = np.array([[2.0, 0.0], [0.0, 1.0]])
    z = (w.T @ points + b).ravel()
    near = 1e-8 * max(abs(w).max(), abs(b))  # any multiple of the three is as good
    if not np.allclose(z, 0, atol=near):
        if np.allclose(w.T @ points[::-1] + b, 0, atol=near):
            raise NotYet(
                "This line passes through (0, 2) and (1, 0): the two weights have changed places."
            )
        if np.allclose(w.T @ points - b, 0, atol=near):
            raise NotYet(
                "This solves w^T x = b at both points; the line is where w^T x + b is 0."
            )
        point, value = ("(2, 0)", z[0]) if abs(z[0]) > abs(z[1]) else ("(0, 1)", z[1])
        raise NotYet(
            f"At {point} the sum z is {value:.4g}, so this point does not lie on the line."
        )
    if b > 0:
        raise NotYet(
            f"The line is the right one. But at the origin z is b, here {b:.4g}: that is the side of class 1."
        )
    return f"At both points z is 0, and at the origin it is {b:.4g}: the side of class 0. Any positive multiple of these three numbers does as well."


def misses(b, wanted):
    """What a unit with w = (20, 20) gets wrong first at the corners, or None."""
    for x, z, y in zip(CORNERS.T, 20 * CORNERS.sum(axis=0) + b, wanted, strict=True):
        where = f"At ({x[0]:.0f}, {x[1]:.0f}) its z is {z:.4g}"
        if z == 0:
            return f"{where}: the line passes through this corner, which is then on neither side."
        if (z > 0) != y:
            return f"{where}, which puts this corner in class {int(z > 0)}; it belongs in class {y}."
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
        raise NotYet(
            "The two have changed places: more has to come together for AND, so its line lies farther from the origin."
        )
    for name, (b, wanted) in by_name.items():
        if message := misses(b, wanted):
            if b > 0:
                sign = "the line is where 20(x1 + x2) + b is 0: on which side of 0 is b then?"
                message = (
                    f"With this b, z is positive at all four corners; {sign}"
                    if misses(-b, wanted)
                    else f"The size is right, but {sign}"
                )
            elif not misses(20 * b, wanted):
                message = "This would do for the weights (1, 1); here x1 + x2 counts 20 times, and b has to be of that size."
            raise NotYet(f"{name}: {message}")
    return f"The line of OR cuts where x1 + x2 is {-one / 20:.4g}, that of AND where it is {-other / 20:.4g}."


@checker
def one_unit_swap(swapped):
    """swapped: a function of w and b that returns those of the unit with the output 1 - a, as a pair."""
    w, b = column(2, -3), 1.5
    result = call(swapped, w, b)
    if not isinstance(result, tuple | list) or len(result) != 2:
        raise NotYet("The function should return two things, the new w and the new b.")
    new_w = as_numbers("the new w", result[0])
    if new_w.shape != w.shape:
        raise NotYet(f"The shape of the new w is {new_w.shape}; w has shape {w.shape}.")
    new_b = some_numbers("the new b", result[1], 1)
    for got, wrong, message in (
        (
            new_w,
            w,
            "The weights are the old ones: with them z grows in the same direction as before, and so does a.",
        ),
        (
            new_w,
            1 - w,
            "1 - a is wanted of the output. What has to become of z for that? The weights follow from it.",
        ),
        (
            new_w,
            1 / w,
            "1/w turns the line as well. What has to become of z, and of each term in it?",
        ),
        (
            new_b,
            b,
            "The bias is the old one. All of z has to change its sign, and b is a part of z.",
        ),
        (
            new_b,
            1 - b,
            "1 - a is wanted of the output, not 1 - b. What has to become of z for that?",
        ),
    ):
        if np.allclose(got, wrong):
            raise NotYet(message)
    # Told in outputs, so that neither w nor b is given away.
    X = np.array([(x_1, x_2) for x_1 in (-1.0, 0.0, 1.0) for x_2 in (-1.0, 0.0, 1.0)]).T
    old, new = sigmoid(w.T @ X + b), sigmoid(new_w.T @ X + new_b)
    if not np.allclose(old + new, 1, rtol=1e-6):
        worst = np.argmax(abs(old + new - 1))
        at = f"With w = {listed(w)} and b = {b:g}, the old output at x = {listed(X[:, worst])}"
        raise NotYet(
            f"{at} is {old[0, worst]:.4g} and the new one {new[0, worst]:.4g}; together they should make 1."
        )
    return "At nine points the old and the new output add up to 1."


@checker
def one_unit_distance(distance):
    """distance: a function of x, w and b: how far the point x is from the line of the unit."""
    cases = [  # in the first, no slip gives the answer of another, nor one of the chapter's
        (column(2, -3), column(3, 4), -7.0),
        (column(4, 1), column(1, -2), 1.0),
        (column(-1, -2), column(2, 1), 0.0),
        (column(0, 0), column(-1, 3), 2.0),
    ]
    for x, w, b in cases:
        z, length = (w.T @ x + b).item(), np.linalg.norm(w)
        side = f"At this point z is {'positive' if z > 0 else 'negative'}, and so the sign came out wrong: a distance never is negative."
        expect_number(
            f"the distance of x = {listed(x)} from the line with w = {listed(w)} and b = {b:g}",
            call(distance, x, w, b),
            abs(z) / length,
            mistakes=[
                (-abs(z) / length, f"The size is right. {side}"),
                (
                    abs(z),
                    "This is the size of z. A w twice as long doubles z, and the point has not moved: what has z to be divided by?",
                ),
                (
                    z,
                    "This is z itself. A w twice as long doubles z, and the point has not moved: what has z to be divided by?",
                ),
                (z**2 / length**2, "This is the square of the distance."),
                (
                    abs(z) / length**2,
                    "This is the step t, counted in lengths of w: the distance is t times the length of w.",
                ),
                (
                    z / length**2,
                    "This is the step t, counted in lengths of w, with its sign: the distance is its size, times the length of w.",
                ),
                (
                    abs(z) / abs(w).sum(),
                    "The sum of the weights' sizes is not the length of w, which is the root of w^T w.",
                ),
                (
                    abs(z - b) / length,
                    "This leaves b out of z: it is the distance from the line through the origin.",
                ),
                (
                    abs(z - 2 * b) / length,
                    "This takes b away from w^T x; in z it is added.",
                ),
                (
                    abs(b) / length,
                    "This is the distance of the line from the origin; here it is that from x.",
                ),
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
            mistakes=[
                (1.0, "The line did not move. Was b tripled as well? Only w should be.")
            ],
        )
    if isinstance(prediction, str):
        prediction = prediction.lower().replace("further", "farther")
    seen = f"The distance goes from {float(before):.2f} to {float(after):.2f}:"
    return expect_choice(
        prediction,
        {
            "closer": "it is |b| / ||w||, and only the length of w has grown. The line stays where it is when b grows along.",
            "farther": "with a longer w the sum w^T x outweighs b sooner. What does the distance |b| / ||w|| say?",
            "stays": "it would stay if b were tripled too. Which numbers are in the distance of the line from the origin?",
        },
        right="closer",
        told=seen,
    )
