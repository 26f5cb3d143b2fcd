"""Answers to the exercises of the chapter on vectorizing."""

RUN = """
rng = np.random.default_rng(1)
params = initialize(3, 4, 1, rng, weights=xavier)
X = rng.standard_normal((3, 5))
order = np.array([3, 0, 4, 1, 2])
A2 = forward(params, X, tanh, sigmoid).A2
A2_mixed = forward(params, X[:, order], tanh, sigmoid).A2
"""


def rows(returned):
    return f"def by_rows(R, W, b):\n    return {returned}"


def centered(returned):
    return f"def centered(X):\n    return {returned}"


RIGHT = {
    "vectorizing_rows": [
        rows("R @ W.T + b.T"),
        rows("(W @ R.T + b).T"),
        rows("R @ W.T + b.ravel()"),
    ],
    "vectorizing_order": [
        f"prediction = 'reordered'\n{RUN}",
        f"{RUN}\norder = list(order)\nprediction = 'reordered'",
    ],
    "vectorizing_centre": [
        centered("X - X.mean(axis=1, keepdims=True)"),
        centered("X - X.mean(axis=1)[:, None]"),
        centered("(X.T - X.T.mean(axis=0)).T"),
        centered("X - X.sum(axis=1, keepdims=True) / X.shape[1]"),
    ],
    "vectorizing_flat_bias": ["numbers = 5", "numbers = 1 * 5.0"],
}

# Each with a part of what it is told.
WRONG = {
    "vectorizing_rows": [
        (rows("W @ R.T + b"), "This is Z, with an example in each column"),
        (rows("R @ W + b.T"), "W has to be transposed as well: an example"),
        (rows("R @ W + b"), "and so has b"),
        (rows("W @ R + b"), "they are inputs, not examples"),
        (rows("W.T @ R + b.T"), "in reverse order"),
        (rows("R.T @ W.T + b.T"), "R is X^T already"),
        (rows("R @ W.T + b"), "What has to be done to b?"),
        (rows("R @ W.T"), "The biases are missing"),
        (rows("R @ W.T - b.T"), "and should be"),
        (rows("R @ W[0]"), "The shape of Z^T is (4,), and should be (4, 4)."),
    ],
    "vectorizing_order": [
        (f"prediction = 'the same'\n{RUN}", "now belongs to another example"),
        (f"prediction = 'new values'\n{RUN}", "does a value stand in one"),
        (f"prediction = 'mixed'\n{RUN}", "Choose one of"),
        (f"prediction = 'the same'\n{RUN}\nA2_mixed = A2", "run the code as it was"),
    ],
    "vectorizing_centre": [
        (centered("X - X.mean(axis=1)"), "was read as (1, 3)"),
        (centered("X - X.mean(axis=0)"), "the mean of its own inputs"),
        (centered("X - X.mean(axis=0, keepdims=True)"), "the mean of its own inputs"),
        (centered("X - X.mean()"), "Each input has a mean of its own"),
        (centered("X.mean(axis=1, keepdims=True)"), "are these the means?"),
        (centered("X - X.sum(axis=1, keepdims=True)"), "divided by m"),
        (
            centered(
                "(X - X.mean(axis=1, keepdims=True)) / X.std(axis=1, keepdims=True)"
            ),
            "more was done than asked",
        ),
        (centered("X + X.mean(axis=1, keepdims=True)"), "to be subtracted"),
        (
            "def centered(X):\n    X -= X.mean(axis=1, keepdims=True)\n    return X",
            "changes an array that it was given",
        ),
    ],
    "vectorizing_flat_bias": [
        ("numbers = 1", "That is how it should be"),
        ("numbers = 25", "one number of each column of A1"),
        ("numbers = 10", "both shapes"),
        ("numbers = 0", "no error on the way"),
        ("numbers = 4", "too small"),
    ],
}
