"""Answers to the exercises of the chapter on where gradient descent starts."""

RIGHT = {
    "start_one_unit": [
        "weight = '4*v'",
        "weight = 'v + v + v + v'",
        "weight = 4 * sp.Symbol('v')",
        "weight = '4 v'",
    ],
    "start_conditions": [
        "def are_twins(W1, b1, W2):\n    return (W1 == W1[:1]).all() and (b1 == b1[0]).all() and (W2 == W2[:, :1]).all()",
        "def are_twins(W1, b1, W2):\n    return not (np.ptp(W1, axis=0).any() or np.ptp(b1) or np.ptp(W2, axis=1).any())",
        "def are_twins(W1, b1, W2):\n    units = np.hstack([W1, b1, W2.T])\n    return np.allclose(units, units[0])",
    ],
    "start_nudge": [
        "prediction = 'a few times as many'; coarse, fine = [125, 125, 100, 75, 125], [300, 400, 275, 150, 250]",
        "prediction = 'a few times as many'; coarse, fine = np.array([100, 150]), np.array([300.0, 350.0])",
    ],
    "start_half": [
        "mean_square = 's**2/2'",
        "mean_square = 's^2/2'",
        "mean_square = sp.Symbol('s')**2 / 2",
        "mean_square = '0.5*s*s'",
    ],
    "start_weights": [
        "def weights(n_out, n_in, rng):\n    return np.sqrt(1 / n_in) * rng.standard_normal((n_out, n_in))",
        "def weights(n_out, n_in, rng):\n    return rng.normal(0, n_in**-0.5, (n_out, n_in))",
        "def weights(n_out, n_in, rng):\n    return rng.uniform(-1, 1, (n_out, n_in)) * (3 / n_in) ** 0.5",
    ],
}

# Each with a part of what it is told.
WRONG = {
    "start_one_unit": [
        ("weight = 'v'", "one of the twins speaks"),
        ("weight = 'v/4'", "it should be larger"),
        ("weight = 'v**4'", "does not multiply it"),
        ("weight = 'v + 4'", "4 is not one of them"),
        ("weight = '4*w'", "w should not be in it"),
        ("weight = '2*v'", "and should be"),
    ],
    "start_conditions": [
        (
            "def are_twins(W1, b1, W2):\n    return (W1 == W1[:1]).all() and (b1 == b1[0]).all() and (W2 == W2[:1]).all()",
            "Which of them are compared?",
        ),
        (
            "def are_twins(W1, b1, W2):\n    return (W1 == W1[:, :1]).all() and (b1 == b1[0]).all()",
            "Which of them are compared?",
        ),
        (
            "def are_twins(W1, b1, W2):\n    return (W1 == W1[:1]).any() and (b1 == b1[0]).any()",
            "three different rows of W1",
        ),
        (
            "def are_twins(W1, b1, W2):\n    return (W1 == W1[:1]).all() and (W2 == W2[:, :1]).all()",
            "differs only in b1",
        ),
        (
            "def are_twins(W1, b1, W2):\n    return (W1 == W1[:1]).all() and (b1 == b1[0]).all()",
            "the columns of W2",
        ),
        (
            "def are_twins(W1, b1, W2):\n    return (W1[0] == W1[1]).all() and b1[0] == b1[1] and (W2[:, 0] == W2[:, 1]).all()",
            "the third is not",
        ),
        (
            "def are_twins(W1, b1, W2):\n    return W1.any() and (W1 == W1[0]).all() and (b1 == b1[0]).all() and (W2 == W2[:, :1]).all()",
            "everything is zero",
        ),
        (
            "def are_twins(W1, b1, W2):\n    return W1 == W1[0]",
            ".all() makes one of many",
        ),
    ],
    "start_nudge": [
        (
            "prediction = 'as many'; coarse, fine = [125, 100], [300, 400]",
            "it cannot take as many",
        ),
        (
            "prediction = '100 times as many'; coarse, fine = [125, 100], [300, 400]",
            "by the same amount in each step",
        ),
        ("prediction = 'more'; coarse, fine = [125, 100], [300, 400]", "Choose one of"),
        (
            "prediction = 'as many'; coarse, fine = [125, 100], [125, 100]",
            "was it changed?",
        ),
    ],
    "start_half": [
        ("mean_square = 's**2'", "the mean square of z"),
        ("mean_square = 's/2'", "goes with s²"),
        ("mean_square = 's**2/4'", "The half is taken twice"),
        ("mean_square = 's/sqrt(2*pi)'", "the mean of a itself"),
        ("mean_square = 's**2/(2*pi)'", "the square of the mean of a"),
        ("mean_square = 's**2*(1/2 - 1/(2*pi))'", "the variance of a"),
        ("mean_square = 's/sqrt(2)'", "the root of the mean square"),
        ("mean_square = 0.5", "and should be"),
    ],
    "start_weights": [
        (
            "def weights(n_out, n_in, rng):\n    return rng.standard_normal((n_in, n_out)) / n_in**0.5",
            "The shape of W is (200, 600), and should be (600, 200).",
        ),
        (
            "def weights(n_out, n_in, rng):\n    return rng.standard_normal((n_out, n_in)) / n_in",
            "The factor is the variance",
        ),
        (
            "def weights(n_out, n_in, rng):\n    return rng.standard_normal((n_out, n_in)) / n_out**0.5",
            "n_out, does not make its z larger",
        ),
        (
            "def weights(n_out, n_in, rng):\n    return rng.standard_normal((n_out, n_in)) * n_in**0.5",
            "larger with the number of inputs",
        ),
        (
            "def weights(n_out, n_in, rng):\n    return rng.standard_normal((n_out, n_in))",
            "whatever the number of inputs",
        ),
        (
            "def weights(n_out, n_in, rng):\n    return 0.01 * rng.standard_normal((n_out, n_in))",
            "the fixed factor 0.01",
        ),
        (
            "def weights(n_out, n_in, rng):\n    return np.sqrt(2 / n_in) * rng.standard_normal((n_out, n_in))",
            "the variance for ReLU",
        ),
        (
            "def weights(n_out, n_in, rng):\n    return np.sqrt(2 / (n_in + n_out)) * rng.standard_normal((n_out, n_in))",
            "the variance of Xavier",
        ),
        (
            "def weights(n_out, n_in, rng):\n    return rng.uniform(0, 1, (n_out, n_in)) * (3 / n_in) ** 0.5",
            "only if the mean is 0",
        ),
        (
            "def weights(n_out, n_in, rng):\n    return np.random.default_rng(0).standard_normal((n_out, n_in)) / n_in**0.5",
            "the same for every rng",
        ),
        (
            "def weights(n_out, n_in, rng):\n    return np.random.default_rng().standard_normal((n_out, n_in)) / n_in**0.5",
            "draw them from rng",
        ),
    ],
}
