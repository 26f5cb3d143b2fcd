"""Figures on the axes given: each function draws on ax and returns it.

The colors come from the property cycle (in the book: book/matplotlibrc),
and each position of the cycle keeps one meaning throughout.
"""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap, to_rgb

from shallowlib._checks import check_count, check_matrix, check_targets

CLASS_COLORS = ("C0", "C1")  # class 0, class 1
CLASS_MARKERS = ("o", "^")
FUNCTION_COLOR, SLOPE_COLOR = "C2", "C3"  # g, g'
LAYER_COLORS = ("C4", "C5")  # layer 1, layer 2
COST_COLOR = "0.2"  # of no class, function or layer


def plot_activation(ax, g):
    """g (solid) and its slope (dashed) against z from -5 to 5."""
    left = np.linspace(-5, -1e-9, 200)
    z = np.concatenate(
        [left, [np.nan], -left[::-1]]
    )  # the gap leaves a jump of g' open
    a = g(z)
    ax.plot(z, a, color=FUNCTION_COLOR, label="$g(z)$")
    ax.plot(
        z, g.prime(z, a) + 0 * z, color=SLOPE_COLOR, linestyle="--", label="$g'(z)$"
    )
    ax.set(xlabel="$z$", title=g.name.replace("_", " "))
    ax.legend()
    return ax


def plot_costs(ax, run):
    """The cost J before each step of the run."""
    ax.plot(np.arange(len(run.costs)), run.costs, color=COST_COLOR)
    ax.set(xlabel="step", ylabel="cost $J$")
    return ax


def plot_boundary(ax, predict, X, Y):
    """The probability of class 1 over the plane, its level 1/2, the examples.

    predict: a function (2, m) -> (1, m), such as ``run.predict``. X: (2,
    m). Y: (1, m) of 0 and 1; the classes differ in color and in marker.
    """
    X = check_matrix("X", X, n_rows=2)
    Y = check_targets(Y, 1, X.shape[1], targets=(0, 1))
    low, high = X.min(axis=1), X.max(axis=1)
    pad = 0.08 * (high - low) + 1e-9
    x1, x2 = (
        np.linspace(a, b, 201) for a, b in zip(low - pad, high + pad, strict=True)
    )
    grid = np.array(np.meshgrid(x1, x2)).reshape(2, -1)
    P = predict(grid).reshape(201, 201)

    # A tint that fades out towards 1/2: on paper and in the dark alike.
    blue, red = map(to_rgb, CLASS_COLORS)
    stops = [(0, (*blue, 0.35)), (0.5, (*blue, 0)), (0.5, (*red, 0)), (1, (*red, 0.35))]
    shades = LinearSegmentedColormap.from_list("classes", stops, N=64)
    extent = (x1[0], x1[-1], x2[0], x2[-1])
    ax.imshow(
        P,
        extent=extent,
        origin="lower",
        aspect="auto",
        interpolation="none",  # a picture file then holds these points only
        cmap=shades,
        vmin=0,
        vmax=1,
    )
    if P.min() < 0.5 < P.max():
        ax.contour(x1, x2, P, levels=[0.5], colors="black", linewidths=1.2)
    for c, (color, marker) in enumerate(zip(CLASS_COLORS, CLASS_MARKERS, strict=True)):
        ax.scatter(
            *X[:, Y[0] == c],
            s=22,
            color=color,
            marker=marker,
            edgecolors="white",
            linewidths=0.3,
            label=f"class {c}",
        )
    ax.set(xlabel="$x_1$", ylabel="$x_2$")
    ax.grid(False)
    return ax


def plot_network(ax, n_x, n_h, n_y):
    """The network drawn: a disc for each unit, a line for each weight."""
    for name, n in (("n_x", n_x), ("n_h", n_h), ("n_y", n_y)):
        check_count(name, n)
    columns = [
        (0, n_x, "0.35", "x_{%d}"),
        (1, n_h, LAYER_COLORS[0], "a^{[1]}_{%d}"),
        (2, n_y, LAYER_COLORS[1], "a^{[2]}_{%d}"),
    ]
    places = [[(2.2 * x, (n - 1) / 2 - i) for i in range(n)] for x, n, _, _ in columns]
    for layer in (1, 2):
        for x0, y0 in places[layer - 1]:
            for x1, y1 in places[layer]:
                ax.plot(
                    [x0, x1],
                    [y0, y1],
                    color=LAYER_COLORS[layer - 1],
                    linewidth=0.9,
                    zorder=1,
                )
    for (_, _, color, name), column in zip(columns, places, strict=True):
        for i, (x, y) in enumerate(column, start=1):
            ax.scatter(
                x, y, s=900, facecolor="white", edgecolor=color, linewidth=1.6, zorder=2
            )
            ax.text(
                x, y, f"${name % i}$", ha="center", va="center", fontsize=11, zorder=3
            )
    top = max(n_x, n_h, n_y) / 2 + 0.15
    for (x, _, color, _), title in zip(
        columns, ("input", "hidden", "output"), strict=True
    ):
        ax.text(2.2 * x, top, title, ha="center", va="bottom", color=color)
    ax.set(xlim=(-0.6, 5.0), ylim=(-top, top + 0.5))
    ax.set_axis_off()
    return ax
