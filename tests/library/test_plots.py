"""Figures: what is drawn on the axes given."""

from types import SimpleNamespace

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgba
from matplotlib.contour import ContourSet
from matplotlib.figure import Figure

from shallowlib import datasets, initialize, leaky_relu, logistic, relu, tanh, train
from shallowlib.plots import plot_activation, plot_boundary, plot_costs, plot_network


@pytest.fixture
def ax():
    return Figure(figsize=(3, 2), dpi=40).subplots()


def scatters(ax):
    return [c for c in ax.collections if not isinstance(c, ContourSet)]


def contours(ax):
    return [c for c in ax.collections if isinstance(c, ContourSet)]


def test_an_activation_is_drawn_solid_with_its_slope_dashed(ax, g1):
    assert plot_activation(ax, g1) is ax
    g_line, slope_line = ax.lines
    assert (g_line.get_linestyle(), slope_line.get_linestyle()) == ("-", "--")
    assert (g_line.get_color(), slope_line.get_color()) == ("C2", "C3")
    assert [text.get_text() for text in ax.get_legend().get_texts()] == [
        "$g(z)$",
        "$g'(z)$",
    ]
    assert ax.get_title() == g1.name.replace("_", " ") and ax.get_xlabel() == "$z$"
    z, a = g_line.get_data()
    assert (np.nanmin(z), np.nanmax(z)) == (-5, 5)
    np.testing.assert_array_equal(a, g1(z))
    drawn = ~np.isnan(z)
    np.testing.assert_array_equal(slope_line.get_ydata()[drawn], g1.prime(z, a)[drawn])


@pytest.mark.parametrize("g", [relu, leaky_relu], ids=lambda g: g.name)
def test_a_jump_of_the_slope_is_left_open(ax, g):
    plot_activation(ax, g)
    for line in ax.lines:
        z, values = line.get_data()
        (gap,) = np.flatnonzero(np.isnan(values))
        assert (z[gap - 1], z[gap + 1]) == (-1e-9, 1e-9)
        assert (gap, len(z)) == (200, 401)  # as many points on either side


@pytest.fixture
def run(rng):
    X, Y = datasets.xor(60, rng)
    return train(initialize(2, 6, 1, rng), X, Y, tanh, logistic, alpha=1.0, steps=12)


def test_costs_are_drawn_against_their_step(ax, run):
    assert plot_costs(ax, run) is ax
    (line,) = ax.lines
    np.testing.assert_array_equal(line.get_xdata(), np.arange(12))
    np.testing.assert_array_equal(line.get_ydata(), run.costs)
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("step", "cost $J$")
    assert line.get_color() == "0.2"  # none of the colors that mean something


def first_half(X):
    """Class 1 right of x1 = 0."""
    return 1 / (1 + np.exp(-X[:1]))


X, Y = datasets.xor(31, np.random.default_rng(0))


def test_the_examples_of_each_class_have_their_own_colour_and_marker(ax):
    assert plot_boundary(ax, first_half, X, Y) is ax
    zero, one = scatters(ax)
    assert [s.get_label() for s in (zero, one)] == ["class 0", "class 1"]
    for c, s in enumerate((zero, one)):
        np.testing.assert_array_equal(s.get_offsets().T, X[:, Y[0] == c])
        np.testing.assert_array_equal(s.get_facecolor(), [to_rgba(f"C{c}")])
    assert [len(s.get_offsets()) for s in (zero, one)] == [16, 15]
    assert len(zero.get_paths()[0]) != len(one.get_paths()[0])  # a disc, a triangle
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("$x_1$", "$x_2$")


def test_the_shade_is_the_probability_where_it_belongs(ax):
    plot_boundary(ax, lambda X: first_half(X) * (X[1:] > 0), X, Y)
    (image,) = ax.images
    P = np.asarray(image.get_array())
    assert (image.get_clim(), image.origin) == ((0, 1), "lower")
    left, right, bottom, top = image.get_extent()
    assert (
        left < X[0].min()
        and right > X[0].max()
        and bottom < X[1].min()
        and top > X[1].max()
    )
    x1, x2 = np.meshgrid(
        np.linspace(left, right, P.shape[1]), np.linspace(bottom, top, P.shape[0])
    )
    np.testing.assert_allclose(P, first_half(x1[np.newaxis])[0] * (x2 > 0))
    blue, middle, orange = (np.array(image.cmap(p)) for p in (0.0, 0.5, 1.0))
    np.testing.assert_allclose(
        blue, (*to_rgba("C0")[:3], 0.35)
    )  # on any ground: a third of the class color
    np.testing.assert_allclose(orange, (*to_rgba("C1")[:3], 0.35))
    assert middle[3] < 0.01
    alphas = image.cmap(np.linspace(0, 1, 257))[:, 3]
    assert (np.diff(alphas[:129]) < 1e-9).all() and (
        np.diff(alphas[128:]) > -1e-9
    ).all()
    assert image.cmap.name == "classes"


@pytest.mark.parametrize("grid", [False, True])
def test_the_picture_reaches_a_little_beyond_the_examples_and_fills_the_axes(ax, grid):
    ax.grid(grid)
    plot_boundary(ax, first_half, X, Y)
    pad = 0.08 * np.ptp(X, axis=1) + 1e-9
    (left, bottom), (right, top) = X.min(axis=1) - pad, X.max(axis=1) + pad
    np.testing.assert_allclose(
        ax.images[0].get_extent(), (left, right, bottom, top), rtol=1e-12
    )
    assert ax.get_aspect() == "auto"
    assert not any(
        line.get_visible() for line in ax.get_xgridlines() + ax.get_ygridlines()
    )


def test_examples_are_small_and_set_off_by_a_thin_white_edge(ax):
    ax.scatter([], [])  # has taken the first color of the cycle
    plot_boundary(ax, first_half, X, Y)
    for s, color in zip(scatters(ax)[1:], ("C0", "C1"), strict=True):
        np.testing.assert_array_equal(s.get_facecolor(), [to_rgba(color)])
        assert (s.get_sizes().tolist(), s.get_linewidth().tolist()) == ([22], [0.3])
        np.testing.assert_array_equal(s.get_edgecolor(), [to_rgba("white")])


PLOTS = {
    "activation": lambda ax: plot_activation(ax, leaky_relu),
    "costs": lambda ax: plot_costs(
        ax, SimpleNamespace(costs=np.array([0.7, 0.6, 0.5]))
    ),
    "boundary": lambda ax: plot_boundary(ax, first_half, X, Y),
    "network": lambda ax: plot_network(ax, 3, 4, 2),
}


@pytest.mark.parametrize("plot", PLOTS.values(), ids=PLOTS)
def test_every_plot_comes_out_as_a_picture_on_the_axes_given_and_no_others(ax, plot):
    canvas = FigureCanvasAgg(ax.figure)
    canvas.draw()
    empty = np.array(canvas.buffer_rgba())
    assert plot(ax) is ax and ax.figure.axes == [ax]
    canvas.draw()
    assert (np.array(canvas.buffer_rgba()) != empty).any()


def test_the_boundary_is_drawn_at_one_half(ax):
    plot_boundary(ax, first_half, X, Y)
    (contour,) = contours(ax)
    assert contour.levels.tolist() == [0.5]
    assert contour.get_linewidth().tolist() == [1.2]
    np.testing.assert_array_equal(contour.get_edgecolor(), [to_rgba("black")])
    np.testing.assert_allclose(contour.get_paths()[0].vertices[:, 0], 0, atol=1e-6)


@pytest.mark.parametrize("p", [0.0, 0.3, 0.5, 1.0])
def test_no_boundary_is_drawn_where_there_is_none(ax, p):
    plot_boundary(ax, lambda X: np.full((1, X.shape[1]), p), X, Y)
    assert not contours(ax)
    (image,) = ax.images
    assert image.get_clim() == (
        0,
        1,
    )  # one shade for one probability, whatever else is in the picture


@pytest.mark.parametrize("side", [-0.2, 0.2])
def test_no_boundary_is_drawn_where_one_half_is_reached_but_not_crossed(ax, side):
    plot_boundary(ax, lambda X: 0.5 + side * (X[:1] > 0), X, Y)
    assert not contours(ax)


def test_the_prediction_of_a_run_can_be_drawn(ax, run):
    plot_boundary(ax, run.predict, X, Y)
    (image,) = ax.images
    assert image.get_array().shape == (201, 201)
    assert (
        image.get_interpolation() == "none" and image.cmap.N == 64
    )  # the file of a figure stays small


def test_one_example_of_one_class_can_be_drawn_and_arguments_stay_untouched(ax):
    one_x, one_y = X[:, :1].copy(), Y[:, :1].copy()
    one_x.flags.writeable = one_y.flags.writeable = False
    plot_boundary(ax, first_half, one_x, one_y)
    assert [len(s.get_offsets()) for s in scatters(ax)] == [1, 0]


@pytest.mark.parametrize(
    ("X", "Y", "error", "message"),
    [
        (X.T, Y, ValueError, r"X must have shape \(2, 2\): got \(31, 2\)"),
        (X[:1], Y, ValueError, r"X must have shape \(2, 31\): got \(1, 31\)"),
        (X[0], Y, ValueError, r"X must be a matrix .* got shape \(31,\)"),
        (X * np.nan, Y, ValueError, "X must be finite everywhere: got nan"),
        (
            X,
            Y[0],
            ValueError,
            r"Y must have one target a column: expected \(1, 31\), got \(31,\)",
        ),
        (
            X,
            Y[:, 1:],
            ValueError,
            r"Y must have one target a column: expected \(1, 31\), got \(1, 30\)",
        ),
        (
            X,
            2 * Y,
            ValueError,
            "Y must be 0 or 1 everywhere for this output unit: got 2.0",
        ),
    ],
    ids=["transposed", "one-input", "vector", "nan", "Y-vector", "Y-short", "Y-values"],
)
def test_data_that_cannot_be_drawn_are_refused_before_anything_is(
    ax, X, Y, error, message
):
    with pytest.raises(error, match=f"^{message}"):
        plot_boundary(ax, first_half, X, Y)
    assert not ax.has_data()


@pytest.mark.parametrize(("n_x", "n_h", "n_y"), [(3, 4, 2), (1, 1, 1), (2, 5, 1)])
def test_a_network_has_a_disc_for_each_unit_and_a_line_for_each_weight(
    ax, n_x, n_h, n_y
):
    assert plot_network(ax, n_x, n_h, n_y) is ax
    colors = [line.get_color() for line in ax.lines]
    assert colors == ["C4"] * (n_h * n_x) + ["C5"] * (n_y * n_h)
    assert len(ax.collections) == n_x + n_h + n_y
    texts = [text.get_text() for text in ax.texts]
    names = [("x_{%d}", n_x), ("a^{[1]}_{%d}", n_h), ("a^{[2]}_{%d}", n_y)]
    assert texts == [f"${name % i}$" for name, n in names for i in range(1, n + 1)] + [
        "input",
        "hidden",
        "output",
    ]


def test_lines_go_from_each_disc_to_each_of_the_next_layer_and_all_is_in_view(ax):
    plot_network(ax, 2, 3, 1)
    discs = [tuple(c.get_offsets()[0]) for c in ax.collections]
    ends = {tuple(zip(*line.get_data(), strict=True)) for line in ax.lines}
    inputs, hidden, outputs = discs[:2], discs[2:5], discs[5:]
    assert ends == {(p, q) for p in inputs for q in hidden} | {
        (p, q) for p in hidden for q in outputs
    }
    assert inputs[0][1] > inputs[1][1]  # numbered from the top
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    assert all(
        left < x < right and bottom < y < top
        for x, y in discs + [t.get_position() for t in ax.texts]
    )
    assert not ax.axison


def test_the_layers_stand_in_columns_of_one_middle_height_under_their_names(ax):
    plot_network(ax, 2, 3, 1)
    places = [(0, 0.5), (0, -0.5), (2.2, 1), (2.2, 0), (2.2, -1), (4.4, 0)]
    assert [tuple(c.get_offsets()[0]) for c in ax.collections] == places
    *units, x, h, y = ax.texts
    assert [text.get_position() for text in units] == places
    assert [text.get_position() for text in (x, h, y)] == [
        (0, 1.65),
        (2.2, 1.65),
        (4.4, 1.65),
    ]
    assert [text.get_color() for text in (x, h, y)] == ["0.35", "C4", "C5"]
    assert {(text.get_ha(), text.get_va()) for text in (x, h, y)} == {
        ("center", "bottom")
    }
    assert (ax.get_xlim(), ax.get_ylim()) == ((-0.6, 5.0), (-1.65, 2.15))


@pytest.mark.parametrize("sizes", [(4, 2, 1), (1, 4, 2), (1, 2, 4)], ids=str)
def test_the_largest_layer_gives_the_height(ax, sizes):
    plot_network(ax, *sizes)
    assert ax.get_ylim() == (-2.15, 2.65)


def test_discs_cover_the_ends_of_the_lines_and_hold_their_names_in_the_middle(ax):
    plot_network(ax, 1, 1, 1)
    assert {(line.get_zorder(), line.get_linewidth()) for line in ax.lines} == {
        (1, 0.9)
    }
    for disc, color in zip(ax.collections, ("0.35", "C4", "C5"), strict=True):
        assert (
            disc.get_zorder(),
            disc.get_sizes().tolist(),
            disc.get_linewidth().tolist(),
        ) == (2, [900], [1.6])
        np.testing.assert_array_equal(disc.get_facecolor(), [to_rgba("white")])
        np.testing.assert_array_equal(disc.get_edgecolor(), [to_rgba(color)])
    names = {
        (t.get_zorder(), t.get_fontsize(), t.get_ha(), t.get_va()) for t in ax.texts[:3]
    }
    assert names == {(3, 11, "center", "center")}


@pytest.mark.parametrize(
    ("sizes", "error", "message"),
    [
        ((0, 3, 1), ValueError, "n_x must be at least 1: got 0"),
        ((2, 3.0, 1), TypeError, "n_h must be a whole number: got 3.0"),
        ((2, 3, True), TypeError, "n_y must be a whole number: got True"),
    ],
)
def test_a_network_of_sizes_that_make_no_sense_is_refused(ax, sizes, error, message):
    with pytest.raises(error, match=f"^{message}"):
        plot_network(ax, *sizes)
    assert not ax.has_data()


def test_what_is_neither_an_activation_nor_a_run_is_refused(ax):
    with pytest.raises(TypeError, match="'str' object is not callable"):
        plot_activation(ax, "tanh")
    with pytest.raises(AttributeError, match="'list' object has no attribute 'costs'"):
        plot_costs(ax, [0.7, 0.6])
    assert not ax.has_data()


def test_an_activation_is_drawn_from_left_to_right_across_zero(g1):
    for line in plot_activation(Figure().add_subplot(), g1).get_lines():
        z = line.get_xdata()
        z = z[np.isfinite(z)]
        assert (np.diff(z) > 0).all() and z[0] == -5 and z[-1] == 5
