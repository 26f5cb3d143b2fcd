"""Answers to the exercises of the chapter on what comes after two layers."""

DECAY = "def added(W1, b1, W2, b2, lam, m):\n    return "
ROWS = "def from_rows(coefs, intercepts):\n    columns = [b[:, None] for b in intercepts]\n    return "

RIGHT = {
    "where_next_vanishing": [
        "factor = '(1/4)**(N - 1)'",
        "factor = '4^(1 - N)'",
        "factor = '4 * 4**(-N)'",
        "factor = sp.Rational(1, 4) ** (sp.Symbol('N') - 1)",
    ],
    "where_next_unequal": [
        "def combined(first, second, m_1, m_2):\n    return (m_1 * first + m_2 * second) / (m_1 + m_2)",
        "def combined(first, second, m_1, m_2):\n    share = m_1 / (m_1 + m_2)\n    return share * first + (1 - share) * second",
        "def combined(first, second, m_1, m_2):\n    return np.average([first, second], axis=0, weights=[m_1, m_2])",
    ],
    "where_next_weight_decay": [
        DECAY + "lam / m * W1, np.zeros_like(b1), lam / m * W2, np.zeros_like(b2)",
        DECAY + "lam * W1 / m, 0, lam * W2 / m, 0",
        DECAY + "[lam / (2 * m) * 2 * W1, 0 * b1, lam / (2 * m) * 2 * W2, 0 * b2]",
    ],
    "where_next_scikit_parameters": [
        ROWS + "Parameters(coefs[0].T, columns[0], coefs[1].T, columns[1])",
        ROWS + "coefs[0].T, columns[0], coefs[1].T, columns[1]",
        "def from_rows(coefs, intercepts):\n    (V, U), (c, d) = coefs, intercepts\n    return Parameters(W1=V.T, b1=c.reshape(-1, 1), W2=U.T, b2=d.reshape(-1, 1))",
    ],
    "where_next_same_steps": [
        "prediction = 'alike'; whole, tens = [0.32, 0.31, 0.33], [0.31, 0.33, 0.34]",
        "prediction = 'alike'; whole, tens = np.array([0.3, 0.31]), np.array([0.3, 0.33])",
    ],
}

# Each with a part of what it is told.
WRONG = {
    "where_next_vanishing": [
        ("factor = '(1/4)**N'", "one slope too many"),
        ("factor = '(1/4)**(N - 2)'", "one slope too few"),
        ("factor = '1/4'", "how many of them lead"),
        ("factor = '(N - 1)/4'", "multiplied and not added"),
        ("factor = '1/(4*(N - 1))'", "divides by 4 again"),
        ("factor = '(1/2)**(N - 1)'", "the output of the sigmoid where it is steepest"),
        ("factor = 1", "that of the sigmoid is never 1"),
        ("factor = '(1/4)**n'", "n should not be in it"),
    ],
    "where_next_unequal": [
        (
            "def combined(first, second, m_1, m_2):\n    return (first + second) / 2",
            "three times as much as one of the large part",
        ),
        (
            "def combined(first, second, m_1, m_2):\n    return first + second",
            "This is the sum; each part's gradient",
        ),
        (
            "def combined(first, second, m_1, m_2):\n    return (m_2 * first + m_1 * second) / (m_1 + m_2)",
            "have changed places",
        ),
        (
            "def combined(first, second, m_1, m_2):\n    return m_1 * first + m_2 * second",
            "the mean divides it by their number",
        ),
        (
            "def combined(first, second, m_1, m_2):\n    return first / m_1 + second / m_2",
            "divided by its number once more",
        ),
        (
            "def combined(first, second, m_1, m_2):\n    return (first + second) / (m_1 + m_2)",
            "not sums",
        ),
        (
            "def combined(first, second, m_1, m_2):\n    return first.mean() + second.mean()",
            "The shape of dW1 of all examples is ()",
        ),
    ],
    "where_next_weight_decay": [
        (
            DECAY + "lam / (2 * m) * W1, 0 * b1, lam / (2 * m) * W2, 0 * b2",
            "the factor of the penalty itself",
        ),
        (
            DECAY + "2 * lam / m * W1, 0 * b1, 2 * lam / m * W2, 0 * b2",
            "a 1/2 that cancels it",
        ),
        (
            DECAY + "lam * W1, 0 * b1, lam * W2, 0 * b2",
            "The 1/m of the penalty is missing.",
        ),
        (DECAY + "-lam / m * W1, 0 * b1, -lam / m * W2, 0 * b2", "The sign"),
        (
            DECAY + "lam / m * W1, lam / m * b1, lam / m * W2, lam / m * b2",
            "The biases are not in the penalty",
        ),
        (
            DECAY + "lam / (2 * m) * W1**2, 0, lam / (2 * m) * W2**2, 0",
            "its derivative is asked for",
        ),
        (
            DECAY + "lam / m * np.ones_like(W1), 0, lam / m * np.ones_like(W2), 0",
            "not 2 but 2w",
        ),
        (DECAY + "lam / m * W1.sum(), 0, lam / m * W2.sum(), 0", "W1 has shape (5, 2)"),
        (DECAY + "lam / m * W1", "Four arrays are expected"),
        (DECAY + "..., ..., ..., ...", "There is no answer yet"),
    ],
    "where_next_scikit_parameters": [
        (
            ROWS + "Parameters(coefs[0], columns[0], coefs[1], columns[1])",
            "a column of coefs is a unit",
        ),
        (
            "def from_rows(coefs, intercepts):\n    return Parameters(coefs[0].T, intercepts[0], coefs[1].T, intercepts[1])",
            "a column with two axes",
        ),
        (
            "def from_rows(coefs, intercepts):\n    return Parameters(coefs[0].T, intercepts[0][None, :], coefs[1].T, intercepts[1][None, :])",
            "The shape of b1 is (1, 5), and should be (5, 1).",
        ),
        (
            ROWS + "coefs[0].reshape(-1, 2), columns[0], coefs[1].T, columns[1]",
            "and should be",
        ),
        (
            ROWS
            + "coefs[0].T if coefs[0].shape != (2, 2) else coefs[0], columns[0], coefs[1].T, columns[1]",
            "the shape cannot tell",
        ),
        (
            ROWS + "coefs[0].T, coefs[1].T, columns[0], columns[1]",
            "The shape of b1 is (1, 5)",
        ),
        (ROWS + "coefs[0].T, coefs[1].T", "in this order, as in Parameters"),
    ],
    "where_next_same_steps": [
        (
            "prediction = 'higher'; whole, tens = [0.32, 0.31], [0.31, 0.33]",
            "the errors largely cancel",
        ),
        (
            "prediction = 'lower'; whole, tens = [0.32, 0.31], [0.31, 0.33]",
            "the same number of epochs",
        ),
        (
            "prediction = 'equal'; whole, tens = [0.32, 0.31], [0.31, 0.33]",
            "Choose one of",
        ),
        (
            "prediction = 'alike'; whole, tens = [0.32, 0.31], [0.19, 0.2]",
            "was it changed?",
        ),
    ],
}
