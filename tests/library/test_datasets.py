"""Data: shapes, balance, the geometry each picture promises; the real set as published."""

import numpy as np
import pytest

from shallowlib import datasets
from shallowlib.datasets import (
    BREAST_CANCER_FEATURES,
    Dataset,
    breast_cancer,
    circles,
    flower,
    moons,
    sine,
    xor,
)

CLASSES = [flower, moons, circles, xor]
TOYS = [*CLASSES, sine]
MANY = 20_000


def by_class(make):
    X, Y = make(MANY, np.random.default_rng(3))
    return X[:, Y[0] == 0], X[:, Y[0] == 1]


def named(functions):
    return pytest.mark.parametrize("make", functions, ids=lambda make: make.__name__)


@named(TOYS)
@pytest.mark.parametrize("m", [1, 2, 7, 400])
def test_every_toy_set_has_m_columns_of_finite_floats(rng, make, m):
    data = make(m, rng)
    assert isinstance(data, Dataset)
    assert data.X.shape == (1 if make is sine else 2, m)
    assert data.Y.shape == (1, m)
    assert data.X.dtype == data.Y.dtype == float
    assert np.isfinite(data.X).all() and np.isfinite(data.Y).all()


@named(CLASSES)
@pytest.mark.parametrize("m", [1, 2, 7, 400])
def test_classes_are_0_and_1_balanced_to_within_one_example(rng, make, m):
    Y = make(m, rng).Y
    assert set(Y.flat) <= {0, 1}
    assert abs((Y == 0).sum() - (Y == 1).sum()) <= 1


@named(TOYS)
def test_the_same_seed_gives_the_same_data_and_another_seed_other(make):
    first, again, other = (make(50, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert (first.X == again.X).all() and (first.Y == again.Y).all()
    assert (first.X != other.X).all()


@named(TOYS)
@pytest.mark.parametrize(
    ("m", "error", "message"),
    [
        (0, ValueError, "m must be at least 1: got 0"),
        (-4, ValueError, "m must be at least 1: got -4"),
        (4.0, TypeError, "m must be a whole number: got 4.0"),
        (True, TypeError, "m must be a whole number: got True"),
        ("4", TypeError, "m must be a whole number: got '4'"),
    ],
)
def test_a_size_that_makes_no_sense_is_refused(rng, make, m, error, message):
    with pytest.raises(error, match=f"^{message}"):
        make(m, rng)


@named(TOYS)
@pytest.mark.parametrize(
    "wrong", [0, None, np.random.RandomState(0)], ids=["int", "none", "old"]
)
def test_anything_but_a_generator_is_refused_as_rng(make, wrong):
    with pytest.raises(
        TypeError, match="^rng must be a numpy.random.Generator, .* got"
    ):
        make(4, wrong)


FIRST = {  # X and Y of two examples of seed 5: pictures and numbers of the book depend on them
    flower: (
        [[-1.023276661751, 1.725075958988], [1.312306014323, -3.017925552363]],
        [[0.0, 1.0]],
    ),
    moons: (
        [[-0.842991161148, 1.865471586922], [0.688602390385, -0.056451488408]],
        [[0.0, 1.0]],
    ),
    circles: (
        [[0.313919042367, 0.220076652077], [-0.827269892784, -0.456260096753]],
        [[0.0, 1.0]],
    ),
    xor: (
        [[0.814752777558, -0.81754375025], [0.53955928299, 0.321511311084]],
        [[0.0, 1.0]],
    ),
    sine: ([[1.916389889124, 1.934849045554]], [[0.916038383823, 0.976505997177]]),
}


@named(TOYS)
def test_a_seed_gives_the_data_that_it_has_always_given(make):
    X, Y = make(2, np.random.default_rng(5))
    np.testing.assert_allclose(X, FIRST[make][0], rtol=1e-9)
    np.testing.assert_allclose(Y, FIRST[make][1], rtol=1e-9)


def test_xor_is_class_1_exactly_where_the_signs_differ():
    X, Y = xor(MANY, np.random.default_rng(3))
    np.testing.assert_array_equal(Y[0] == 1, X[0] * X[1] < 0)
    assert 0.05 <= abs(X).min() < 0.06 and 0.99 < abs(X).max() <= 1
    for quadrant in ((1, 1), (1, -1), (-1, 1), (-1, -1)):
        share = ((np.sign(X) == np.array([quadrant]).T).all(axis=0)).mean()
        assert share == pytest.approx(0.25, abs=0.02)


def test_circles_have_radius_1_and_one_half_and_go_all_around():
    for X, radius in zip(by_class(circles), (1, 0.5), strict=True):
        r = np.hypot(*X)
        assert r.mean() == pytest.approx(np.sqrt(radius**2 + 0.1**2), abs=0.01)
        assert r.std() == pytest.approx(0.1, abs=0.01)
        np.testing.assert_allclose(X.mean(axis=1), 0, atol=0.03)
        assert np.histogram(np.arctan2(*X), bins=8)[0].min() > MANY / 2 / 8 * 0.85


def test_moons_are_half_circles_one_up_one_down_through_each_other():
    for X, center, up in zip(by_class(moons), ((0, 0), (1, 0.5)), (1, -1), strict=True):
        x1, x2 = X[0] - center[0], up * (X[1] - center[1])
        r = np.hypot(x1, x2)
        assert r.mean() == pytest.approx(1.005, abs=0.01) and r.std() == pytest.approx(
            0.1, abs=0.01
        )
        assert x2.mean() == pytest.approx(
            2 / np.pi, abs=0.02
        )  # of sin t, t uniform from 0 to pi
        assert x2.min() > -0.5
        assert x1.mean() == pytest.approx(0, abs=0.03)


def test_the_flower_lies_on_the_rose_r_4_sin_4t_with_noise_of_a_fifth():
    X = np.hstack(by_class(flower))
    r, t = np.hypot(*X), np.arctan2(*X)  # X = r (sin t, cos t)
    noise = r - abs(4 * np.sin(4 * t))
    assert np.sqrt((noise**2).mean()) == pytest.approx(0.2, abs=0.02)
    assert 4 < r.max() < 5


def test_the_eight_petals_are_shared_out_four_to_a_class():
    for X, own in zip(by_class(flower), ({0, 2, 5, 7}, {1, 3, 4, 6}), strict=True):
        outer = X[:, np.hypot(*X) > 3]
        petal = (
            np.arctan2(*outer) % (2 * np.pi) // (np.pi / 4)
        )  # t in [0, pi): class 0; where r < 0, opposite
        shares = np.bincount(petal.astype(int), minlength=8) / len(petal)
        assert {i for i in range(8) if shares[i] > 0.2} == own
        assert all(shares[i] < 0.03 for i in set(range(8)) - own)


def test_sine_is_the_sine_of_x_with_noise_of_a_tenth():
    X, Y = sine(MANY, np.random.default_rng(3))
    noise = Y - np.sin(X)
    assert noise.std() == pytest.approx(0.1, abs=0.003) and abs(noise.mean()) < 0.003
    assert -np.pi <= X.min() < -3.1 and 3.1 < X.max() <= np.pi
    assert np.histogram(X, bins=10)[0].min() > MANY / 10 * 0.9


def test_breast_cancer_has_569_examples_of_30_features_212_of_them_malignant():
    X, Y = breast_cancer()
    assert (X.shape, Y.shape) == ((30, 569), (1, 569))
    assert X.dtype == Y.dtype == float
    assert set(Y.flat) == {0, 1} and Y.sum() == 212
    assert np.isfinite(X).all() and (X >= 0).all()


@pytest.mark.parametrize(
    ("feature", "low", "high"),  # the summary published with the data
    [
        ("mean radius", 6.981, 28.11),
        ("mean texture", 9.71, 39.28),
        ("mean perimeter", 43.79, 188.5),
        ("mean area", 143.5, 2501.0),
        ("mean fractal dimension", 0.05, 0.097),
        ("standard error of area", 6.802, 542.2),
        ("worst radius", 7.93, 36.04),
        ("worst area", 185.2, 4254.0),
        ("worst symmetry", 0.156, 0.664),
        ("worst fractal dimension", 0.055, 0.208),
    ],
)
def test_breast_cancer_features_have_their_published_range(feature, low, high):
    row = breast_cancer().X[BREAST_CANCER_FEATURES.index(feature)]
    assert row.min() == pytest.approx(low, abs=0.0006) and row.max() == pytest.approx(
        high, abs=0.0006
    )


def test_malignant_nuclei_are_the_larger_ones():
    X, Y = breast_cancer()
    radius = X[BREAST_CANCER_FEATURES.index("mean radius")]
    assert radius[Y[0] == 1].mean() == pytest.approx(17.46, abs=0.005)
    assert radius[Y[0] == 0].mean() == pytest.approx(12.15, abs=0.005)


def test_a_table_with_other_columns_is_refused(tmp_path, monkeypatch):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "breast_cancer.csv").write_text("benign,mean radius\n0,1.5\n")
    monkeypatch.setattr(datasets, "files", lambda package: tmp_path)
    with pytest.raises(
        ValueError, match="breast_cancer.csv has unexpected columns: .*benign"
    ):
        breast_cancer()
