"""Where training starts: shapes, spread, reproducibility; sizes that make no sense are refused."""

import numpy as np
import pytest

from shallowlib import Parameters, he, initialize, small, xavier, zeros

N_OUT, N_IN = (
    200,
    500,
)  # 100 000 draws: their standard deviation is right to about 0.2 %


@pytest.mark.parametrize(
    ("weights", "variance"),
    [(small, 0.01**2), (xavier, 2 / (N_IN + N_OUT)), (he, 2 / N_IN)],
    ids=["small", "xavier", "he"],
)
def test_weights_are_normal_with_the_variance_promised(rng, weights, variance):
    W = weights(N_OUT, N_IN, rng)
    assert W.shape == (N_OUT, N_IN)
    assert W.var() == pytest.approx(variance, rel=0.02)
    assert abs(W.mean()) < 0.01 * np.sqrt(variance)
    for k, share in (
        (1, 0.6827),
        (2, 0.9545),
        (3, 0.9973),
    ):  # of a normal law within k sigma
        assert (abs(W) < k * np.sqrt(variance)).mean() == pytest.approx(
            share, abs=0.005
        )


def test_zeros_are_zero_and_draw_nothing(rng):
    state = rng.bit_generator.state
    assert not zeros(3, 2, rng).any() and zeros(3, 2, rng).shape == (3, 2)
    assert rng.bit_generator.state == state


@pytest.mark.parametrize(
    "weights", [zeros, small, xavier, he], ids=lambda weights: weights.__name__
)
@pytest.mark.parametrize(("n_x", "n_h", "n_y"), [(3, 4, 2), (1, 1, 1), (2, 5, 1)])
def test_parameters_have_the_shapes_of_the_legend_and_zero_biases(
    rng, weights, n_x, n_h, n_y
):
    params = initialize(n_x, n_h, n_y, rng, weights=weights)
    assert isinstance(params, Parameters)
    assert [p.shape for p in params] == [(n_h, n_x), (n_h, 1), (n_y, n_h), (n_y, 1)]
    assert not params.b1.any() and not params.b2.any()
    assert {p.dtype for p in params} == {np.dtype(float)}


def test_each_layer_scales_with_its_own_number_of_inputs(rng):
    params = initialize(50, 1000, 80, rng, weights=he)
    assert params.W1.std() == pytest.approx(np.sqrt(2 / 50), rel=0.02)
    assert params.W2.std() == pytest.approx(np.sqrt(2 / 1000), rel=0.02)


def test_the_default_is_small_and_the_layers_are_drawn_one_after_the_other():
    params, rng = (
        initialize(3, 3, 3, np.random.default_rng(5)),
        np.random.default_rng(5),
    )
    np.testing.assert_array_equal(params.W1, small(3, 3, rng))
    np.testing.assert_array_equal(params.W2, small(3, 3, rng))
    assert (params.W1 != params.W2).all()


@pytest.mark.parametrize(
    "weights", [small, xavier, he], ids=lambda weights: weights.__name__
)
def test_the_same_seed_gives_the_same_weights_and_another_seed_others(weights):
    first, again, other = (
        initialize(3, 4, 2, np.random.default_rng(seed), weights=weights)
        for seed in (1, 1, 2)
    )
    assert all((p == q).all() for p, q in zip(first, again, strict=True))
    assert (first.W1 != other.W1).all() and (first.W2 != other.W2).all()


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_parameters_come_in_the_dtype_asked_for(rng, dtype):
    assert {p.dtype for p in initialize(2, 3, 1, rng, weights=he, dtype=dtype)} == {
        np.dtype(dtype)
    }


def test_any_function_of_the_sizes_may_give_the_weights(rng):
    params = initialize(
        2,
        3,
        1,
        rng,
        weights=lambda n_out, n_in, rng: [[n_out * 10 + n_in] * n_in] * n_out,
    )
    assert params.W1.tolist() == [[32, 32]] * 3 and params.W2.tolist() == [[13, 13, 13]]
    assert params.W1.dtype == float


@pytest.mark.parametrize("position", [0, 1, 2])
@pytest.mark.parametrize(
    ("n", "error", "message"),
    [
        (0, ValueError, "must be at least 1: got 0"),
        (-3, ValueError, "must be at least 1: got -3"),
        (2.0, TypeError, "must be a whole number: got 2.0"),
        (True, TypeError, "must be a whole number: got True"),
        (np.nan, TypeError, "must be a whole number: got nan"),
        ("3", TypeError, "must be a whole number: got '3'"),
        (None, TypeError, "must be a whole number: got None"),
    ],
)
def test_sizes_that_make_no_sense_are_refused_by_name(rng, position, n, error, message):
    sizes = [2, 2, 2]
    sizes[position] = n
    with pytest.raises(error, match=f"^{('n_x', 'n_h', 'n_y')[position]} {message}"):
        initialize(*sizes, rng)


def test_numpy_integers_are_whole_numbers(rng):
    assert initialize(np.int64(2), np.int32(3), np.uint8(1), rng).W1.shape == (3, 2)


@pytest.mark.parametrize(
    "wrong",
    [0, None, "seed", np.random, np.random.RandomState(0)],
    ids=["int", "none", "text", "module", "old"],
)
def test_anything_but_a_generator_is_refused_as_rng(wrong):
    with pytest.raises(
        TypeError,
        match=r"^rng must be a numpy.random.Generator, as default_rng\(0\) gives: got",
    ):
        initialize(2, 3, 1, wrong)


@pytest.mark.parametrize("wrong", ["he", None, 0.01], ids=repr)
def test_weights_must_be_a_function(rng, wrong):
    with pytest.raises(
        TypeError,
        match=r"^weights must be a function \(n_out, n_in, rng\), such as small: got",
    ):
        initialize(2, 3, 1, rng, weights=wrong)


def test_weights_of_the_wrong_shape_are_refused_by_layer(rng):
    with pytest.raises(
        ValueError,
        match=r"^weights gave W1 the wrong shape: expected \(3, 2\), got \(2, 3\)",
    ):
        initialize(
            2, 3, 1, rng, weights=lambda n_out, n_in, rng: np.zeros((n_in, n_out))
        )
    with pytest.raises(
        ValueError,
        match=r"^weights gave W2 the wrong shape: expected \(1, 3\), got \(3, 2\)",
    ):
        initialize(2, 3, 1, rng, weights=lambda n_out, n_in, rng: np.zeros((3, 2)))


@pytest.mark.parametrize("dtype", [int, bool, complex, object, "U3"], ids=str)
def test_a_dtype_that_cannot_hold_small_weights_is_refused(rng, dtype):
    with pytest.raises(ValueError, match="^dtype must be a floating type: got"):
        initialize(2, 3, 1, rng, dtype=dtype)


def test_sizes_of_a_small_integer_type_do_not_overflow():
    narrow = initialize(
        np.int8(100), np.int8(100), 1, np.random.default_rng(0), weights=xavier
    )
    wide = initialize(100, 100, 1, np.random.default_rng(0), weights=xavier)
    assert np.array_equal(narrow.W1, wide.W1)


def test_weights_that_are_not_finite_are_refused():
    with pytest.raises(ValueError, match="^W1 must be finite"):
        initialize(
            2,
            3,
            1,
            np.random.default_rng(0),
            weights=lambda n_out, n_in, rng: np.full((n_out, n_in), np.nan),
        )


def test_parameters_share_no_memory_with_what_weights_gave():
    stored = np.ones((2, 2))
    params = initialize(
        2, 2, 2, np.random.default_rng(0), weights=lambda n_out, n_in, rng: stored
    )
    assert not np.shares_memory(params.W1, stored) and not np.shares_memory(
        params.W1, params.W2
    )
