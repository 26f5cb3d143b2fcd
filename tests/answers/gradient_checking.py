"""Answers to the exercises of the chapter on gradient checking."""


def error(formula):
    return f"def output_error(A2, Y):\n    return {formula}"


def slope(formula):
    return f"def slope_along(f, p, d, eps):\n    return {formula}"


RIGHT = {
    "gradient_checking_own_pair": [
        error("(A2 - Y) * A2 * (1 - A2)"),
        "from shallowlib import sigmoid\ndef output_error(A2, Y):\n    return sigmoid.prime(None, A2) * (A2 - Y)",
        error("-(Y - A2) * (A2 - A2**2)"),
    ],
    "gradient_checking_blind": [
        "W2 = [[1, 2, 3], [2, 4, 5], [3, 5, 6]]",
        "W2 = np.zeros((3, 3))",
        "W2 = np.eye(3)",
        "M = np.random.default_rng(0).standard_normal((3, 3))\nW2 = M + M.T",
        "W2 = 1e-9 * np.arange(9).reshape(3, 3)",
    ],
    "gradient_checking_order_four": [
        "combined = '(4*D1 - D2)/3'",
        "combined = 'D1 + (D1 - D2)/3'",
        "u, v = sp.symbols('u v')\nfound = sp.solve([u + v - 1, u + 4 * v], [u, v])\ncombined = found[u] * sp.Symbol('D1') + found[v] * sp.Symbol('D2')",
    ],
    "gradient_checking_one_direction": [
        slope("(f(p + eps * d) - f(p - eps * d)) / (2 * eps)"),
        slope("(f(p + eps * d) - f(p - eps * d)) / 2 / eps"),
        "def slope_along(f, p, d, eps):\n    on = lambda t: f(p + t * d)\n    return 0.5 * (on(eps) - on(-eps)) / eps",
    ],
    "gradient_checking_constant": [
        "prediction, measured = 'rises', [4.3e-10, 7.2e-8]",
        "prediction = 'rises'\nmeasured = np.array([2e-10, 9e-8])",
    ],
}

# Each with a part of what it is told.
WRONG = {
    "gradient_checking_own_pair": [
        (error("A2 - Y"), "the slope of the loss by the output a"),
        (error("A2 * (1 - A2)"), "the slope of the loss by a multiplies it"),
        (error("2 * (A2 - Y) * A2 * (1 - A2)"), "without its factor of one half"),
        (error("(Y - A2) * A2 * (1 - A2)"), "The sign is turned round"),
        (error("(A2 - Y) * A2 * (1 - A2) / Y.shape[1]"), "1/m does not stand here"),
        (error("(A2 - Y) / (A2 * (1 - A2))"), "divides the error here"),
        (error("(A2 - Y) * A2"), "Half of the slope of the sigmoid is missing"),
        (error("(A2 - Y) * (1 - A2**2)"), "the slope of tanh"),
        (error("(A2 - Y) ** 2 / 2"), "its slope by z is asked for"),
        (
            error("((A2 - Y) * A2 * (1 - A2)).sum(axis=1, keepdims=True)"),
            "The shape of dZ2 is (3, 1); A2 has shape (3, 5).",
        ),
        (
            "def output_error(A2, Y):\n    A2 -= Y\n    return A2",
            "changes an array that it was given",
        ),
    ],
    "gradient_checking_blind": [
        ("W2 = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]", "there the transpose has"),
        (
            "W2 = [[0, 1, 2], [-1, 0, 3], [-2, -3, 0]]",
            "The transpose of this W2 is -W2",
        ),
        ("W2 = [[0, 1, 0], [0, 0, 1], [1, 0, 0]]", "its inverse"),
        ("W2 = [[1, 2], [2, 1]]", "should have the shape (n_y, n_h) = (3, 3)"),
        ("W2 = [[1, 2, 3], [1, 2, 3], [1, 2, 3]]", "so the check sees the mistake"),
        ("W2 = np.full((3, 3), np.inf)", "not finite"),
        ("W2 = 'symmetric'", "Numbers are expected for W2"),
    ],
    "gradient_checking_order_four": [
        ("combined = '(D1 + D2)/2'", "one of the weights must be negative"),
        ("combined = '4*D1 - D2'", "the weights must add up to 1"),
        ("combined = '(4*D2 - D1)/3'", "The two are exchanged"),
        ("combined = '(4*D1 + D2)/5'", "Both errors have the same sign"),
        ("combined = '2*D1 - D2'", "errors that double with the nudge"),
        ("combined = '(16*D1 - D2)/15'", "the next one"),
        ("combined = 'D1 - D2'", "Here f'(p) cancels"),
        ("combined = '(4*D(eps) - D(2*eps))/3'", "in D1 and D2 is expected"),
    ],
    "gradient_checking_one_direction": [
        (slope("(f(p + eps * d) - f(p)) / eps"), "the forward difference"),
        (slope("(f(p) - f(p - eps * d)) / eps"), "has p itself at one end"),
        (slope("(f(p + eps * d) - f(p - eps * d)) / eps"), "twice too much"),
        (slope("f(p + eps * d) - f(p - eps * d)"), "the rise divided by the distance"),
        (
            slope("(f(p - eps * d) - f(p + eps * d)) / (2 * eps)"),
            "The sign is turned round",
        ),
        (slope("(f(p + eps) - f(p - eps)) / (2 * eps)"), "d is not used"),
        (slope("(f(p + d) - f(p - d)) / (2 * eps)"), "without the nudge"),
        (
            slope("(f(p + eps * d) - f(p - eps * d)) / 2 * eps"),
            "x / 2 * eps is (x / 2) * eps",
        ),
        (
            slope("(f(p + eps * d) - f(p - eps * d)) / (2 * eps * np.linalg.norm(d))"),
            "the slope by t was asked for",
        ),
        (
            slope("(f(p + eps * d) - f(p - eps * d)) / (2 * eps * d)"),
            "One number is expected for the slope",
        ),
        (
            "def slope_along(f, p, d, eps):\n    E = eps * np.eye(len(p))\n"
            "    return sum((f(p + e) - f(p - e)) / (2 * eps) * di for e, di in zip(E, d))",
            "two values of f are enough",
        ),
    ],
    "gradient_checking_constant": [
        (
            "prediction, measured = 'stays', [4.3e-10, 7.2e-8]",
            "each of the two costs is rounded",
        ),
        (
            "prediction, measured = 'falls', [4.3e-10, 7.2e-8]",
            "the gradient has not grown",
        ),
        (
            "prediction, measured = 'rise', [4.3e-10, 7.2e-8]",
            'Choose one of "rises", "stays", "falls"',
        ),
        ("prediction, measured = 'rises', [7.2e-8, 4.3e-10]", "run them as they stand"),
        ("prediction, measured = 'rises', 7.2e-8", "run them as they stand"),
    ],
}
