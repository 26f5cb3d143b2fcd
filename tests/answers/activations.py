"""Answers to the exercises of the chapter on activation functions."""


def rewrite(new):
    return f"def rewrite(W1, b1, W2, b2):\n    return {new}"


RIGHT = {
    "activations_rewrite": [
        rewrite("2 * W1, 2 * b1, 2 * W2, b2 - W2.sum(axis=1, keepdims=True)"),
        rewrite("2 * W1, 2 * b1, 2 * W2, b2 - W2 @ [[1], [1], [1]]"),
        rewrite(
            "-2 * W1, -2 * b1, -2 * W2, b2 + W2.sum(1, keepdims=True)"
        ),  # σ(-2z) = 1 - σ(2z)
        rewrite(
            "[2 * W1[::-1], 2 * b1[::-1], 2 * W2[:, ::-1], b2 - W2.sum(1)[:, None]]"
        ),
    ],
    "activations_signs": [
        "with_sigmoid, with_tanh = 1, 1 / 4\nshares = [1.0, 0.23]",
        "with_sigmoid, with_tanh = 1.0, 2 * 0.5**3\nshares = np.array([1.0, 0.2725])",
    ],
    "activations_leaky": [
        "leaky = 'p - q/100'",
        "leaky = 'p - 0.01*q'",
        "leaky = '-0.01*(q - 100p)'",
    ],
    "activations_dead": [
        "def dead(Z1):\n    return (Z1 < 0).all(axis=1).sum()",
        "def dead(Z1):\n    return int(sum(max(row) < 0 for row in Z1))",
        "def dead(Z1):\n    return len(Z1) - np.count_nonzero((Z1 > 0).any(axis=1, keepdims=True))",
    ],
    "activations_flower": [
        "prediction = 'tanh'\ntanh_ahead = 20",
        "prediction = 'tanh'\ntanh_ahead = np.int64(17)",
    ],
}

# Each with a part of what it is told.
WRONG = {
    "activations_rewrite": [
        (
            rewrite("W1, b1, 2 * W2, b2 - W2.sum(axis=1, keepdims=True)"),
            "the 2 in sigma(2z) is missing",
        ),
        (
            rewrite("2 * W1, b1, 2 * W2, b2 - W2.sum(axis=1, keepdims=True)"),
            "it is a part of z",
        ),
        (rewrite("W1 / 2, b1 / 2, W2 / 2, b2"), "W1 is halved"),
        (
            rewrite("2 * W1, 2 * b1, W2, b2 - W2.sum(axis=1, keepdims=True)"),
            "the 2 that stands before sigma",
        ),
        (rewrite("2 * W1, 2 * b1, W2 / 2, b2"), "W2 is halved"),
        (rewrite("2 * W1, 2 * b1, 2 * W2, b2"), "where has the minus 1"),
        (
            rewrite("2 * W1, 2 * b1, 2 * W2, b2 + W2.sum(axis=1, keepdims=True)"),
            "the sign of the row sums",
        ),
        (
            rewrite("2 * W1, 2 * b1, 2 * W2, b2 - 2 * W2.sum(axis=1, keepdims=True)"),
            "twice the row sums",
        ),
        (rewrite("2 * W1, 2 * b1, 2 * W2, b2 - 1"), "goes through W2 before"),
        (rewrite("2 * W1, 2 * b1, 2 * W2, b2 - 3"), "its own weight of W2"),
        (
            rewrite("2 * W1, 2 * b1, 2 * W2, b2 - W2.sum()"),
            "each output unit has a row of its own",
        ),
        (
            rewrite("2 * W1, 2 * b1, 2 * W2, 2 * b2 - W2.sum(axis=1, keepdims=True)"),
            "b2 is doubled",
        ),
        (
            rewrite("2 * W1, 2 * b1, 2 * W2, b2 - W2.sum(axis=1)"),
            "a sum keeps both with keepdims=True",
        ),
        (
            rewrite("2 * W1, 2 * b1, 2 * W2, b2 - W2.sum(axis=0)"),
            "The shape of b2 is (2, 3)",
        ),
        (
            rewrite("2 * W1.T, 2 * b1, 2 * W2, b2"),
            "The shape of W1 is (2, 3), and should be (3, 2).",
        ),
        (rewrite("2 * W1"), "Four arrays are expected"),
    ],
    "activations_signs": [
        (
            "with_sigmoid, with_tanh = 1/4, 1/4\nshares = [1.0, 0.23]",
            "the outputs of a sigmoid are no coins",
        ),
        (
            "with_sigmoid, with_tanh = 0.5, 1/4\nshares = [1.0, 0.23]",
            "it is the same for all entries",
        ),
        (
            "with_sigmoid, with_tanh = 0, 1/4\nshares = [1.0, 0.23]",
            "can it be negative?",
        ),
        (
            "with_sigmoid, with_tanh = 1/8, 1/8\nshares = [1.0, 0.23]",
            "three coins show heads",
        ),
        (
            "with_sigmoid, with_tanh = 100, 25\nshares = [1.0, 0.23]",
            "A share lies between 0 and 1.",
        ),
        (
            "with_sigmoid, with_tanh = 1, 1/8\nshares = [1.0, 0.23]",
            "all three negative is one sign too",
        ),
        (
            "with_sigmoid, with_tanh = 1, 0.5\nshares = [1.0, 0.23]",
            "right for two hidden units",
        ),
        (
            "with_sigmoid, with_tanh = 1, 1\nshares = [1.0, 0.23]",
            "tanh has the sign of z",
        ),
        ("with_sigmoid, with_tanh = 1, 0\nshares = [1.0, 0.23]", "if each is a coin"),
        (
            "with_sigmoid, with_tanh = 1, 0.7\nshares = [1.0, 0.23]",
            "The share with tanh is not 0.7",
        ),
        (
            "with_sigmoid, with_tanh = 1, 1/4\nshares = [1.0, 0.6]",
            "The share measured with tanh is not 0.6",
        ),
        (
            "with_sigmoid, with_tanh = 1, 1/4\nshares = [1.0]",
            "list of measured shares is (1,), and should be (2,)",
        ),
    ],
    "activations_leaky": [
        ("leaky = 'p + q/100'", "what is the sign of q?"),
        ("leaky = 'p - q'", "This is z itself"),
        ("leaky = 'p + q'", "This is |z|"),
        ("leaky = 'p'", "This is the ReLU"),
        ("leaky = 'p/100 - q'", "have changed places"),
        ("leaky = '(p - q)/100'", "on both sides; on the right the slope is 1"),
        ("leaky = 'p - 100*q'", "and not a hundredth"),
        (
            "leaky = 'p + z/100'",
            "A formula in p and q is expected; z should not be in it.",
        ),
    ],
    "activations_dead": [
        (
            "def dead(Z1):\n    return (Z1 < 0).any(axis=1).sum()",
            "a dead one has it for all",
        ),
        (
            "def dead(Z1):\n    return (Z1 < 0).all(axis=0).sum()",
            "the examples with z < 0 at all units",
        ),
        ("def dead(Z1):\n    return (Z1 < 0).any(axis=0).sum()", "the wrong axis"),
        ("def dead(Z1):\n    return (Z1 < 0).sum()", "counts entries of Z1"),
        ("def dead(Z1):\n    return (Z1.mean(axis=1) < 0).sum()", "the mean of a row"),
        ("def dead(Z1):\n    return (Z1 > 0).any(axis=1).sum()", "that are not dead"),
        (
            "def dead(Z1):\n    return (Z1 > 0).all(axis=1).sum()",
            "z > 0 for all examples",
        ),
        ("def dead(Z1):\n    return (Z1 < 0).all(axis=1)", "this has 9 entries"),
        ("def dead(Z1):\n    return 2", "is not 2: that is too large"),
    ],
    "activations_flower": [
        (
            "prediction = 'ReLU'\ntanh_ahead = 20",
            "the rule of thumb, but tanh ended at the lower cost in 20 of 20",
        ),
        ("prediction = 'neither'\ntanh_ahead = 18", "do make a difference here"),
        ("prediction = 'tanh'\ntanh_ahead = 3", "was it changed?"),
        (
            "prediction = 'sigmoid'\ntanh_ahead = 20",
            'Choose one of "tanh", "ReLU", "neither"',
        ),
    ],
}
