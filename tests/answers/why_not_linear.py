"""Answers to the exercises of the chapter on linear layers."""


def network(new):
    return f"def network(w, b, n_h):\n    ones = np.ones((n_h, 1))\n    return {new}"


RIGHT = {
    "collapse_by_hand": [
        "W_one = [2, 3]\nb_one = 1",
        "W_one = np.array([[2, 3]])\nb_one = [[1]]",
        "W_one, b_one = (2.0, 3.0), np.array([[1.0]])",
    ],
    "bottleneck": [
        "w = 'u*v/t'",
        "w = 'v/t*u'",
        "t, u, v = sp.symbols('t u v')\nw = u * v / t",
    ],
    "logistic_as_network": [
        network("ones @ w.T / n_h, 0 * ones, ones.T, b"),
        network("ones * w.T, 0 * ones, ones.T / n_h, b"),
        network("np.repeat(w.T, n_h, axis=0) / n_h, ones * b / n_h, ones.T, 0 * b"),
        "def network(w, b, n_h):\n    first = np.zeros((n_h, 1))\n    first[0] = 1\n    return first @ w.T, 0 * first, first.T, b",
    ],
    "absolute_value": [
        "W1 = [[1], [-1]]\nW2 = [[1, 1]]",
        "W1 = [[-1], [1]]\nW2 = [[1, 1]]",
        "W1 = np.array([[2.0], [-4.0]])\nW2 = np.array([[0.5, 0.25]])",
    ],
    "nearly_linear": [
        "prediction = 100\nmeasured = 98.7",
        "prediction = 10**2\nmeasured = np.float64(99.9)",
    ],
}

# Each with a part of what it is told.
WRONG = {
    "collapse_by_hand": [
        ("W_one = [4, -1]\nb_one = 1", "in the product W2 W1 it meets the columns"),
        ("W_one = [2, 4]\nb_one = 1", "Only the first row of W1"),
        ("W_one = [1, 1]\nb_one = 1", "W2 says how often each is taken"),
        ("W_one = [2, 5]\nb_one = 1", "Look at the sign of the second row"),
        (
            "W_one = [[2], [3]]\nb_one = 1",
            "The shape of W' is (2, 1), and should be (1, 2).",
        ),
        ("W_one = [2, 3]\nb_one = 0", "they are added as they are"),
        ("W_one = [2, 3]\nb_one = -4", "This is b2 alone"),
        ("W_one = [2, 3]\nb_one = 5", "the output's own bias is missing"),
        ("W_one = [2, 3]\nb_one = 9", "The sign of b2 is wrong"),
        ("W_one = [2, 3]\nb_one = 3", "have changed places"),
    ],
    "bottleneck": [
        ("w = 'u*v'", "only where t is 1"),
        ("w = 't*v/u'", "not along a column"),
        ("w = 't*u/v'", "not along a row"),
        ("w = 'u + v - t'", "products that agree crosswise, not sums"),
        ("w = 't*u*v'", "and this is one of six"),
        ("w = 't/(u*v)'", "upside down"),
        ("w = 1", "for the identity matrix"),
        ("w = 0", "right where u or v is 0"),
        ("w = '-u*v/t'", "The sign is wrong"),
        ("w = 'q*s'", "should not be in it"),
    ],
    "logistic_as_network": [
        (network("ones @ w.T, 0 * ones, ones.T, b"), "n_h times too large"),
        (network("ones @ w.T / n_h, 0 * ones, ones.T / n_h, b"), "n_h times too small"),
        (
            network("0 * ones @ w.T, 0 * ones, ones.T, b"),
            "nothing of x gets to the output",
        ),
        (network("-ones @ w.T / n_h, 0 * ones, ones.T, b"), "the wrong sign"),
        (
            network("ones @ w.T / n_h, 0 * ones, ones.T, 0 * b"),
            "b does not get to the output",
        ),
        (
            network("ones @ w.T / n_h, ones * b, ones.T, 0 * b"),
            "The bias comes out n_h times",
        ),
        (network("ones @ w.T / n_h, ones * b, ones.T, b"), "n_h + 1 times"),
        (network("ones @ w.T / n_h, ones * b / n_h, ones.T, b"), "comes out twice"),
        (
            network("w @ ones.T / n_h, 0 * ones, ones.T, b"),
            "The shape of W1 is (3, 4), and should be (4, 3).",
        ),
        (
            network("ones @ w.T / n_h, np.zeros(n_h), ones.T, b"),
            "A bias is a column, with two axes",
        ),
        (
            network("ones @ w.T / n_h, 0 * ones, ones, b"),
            "The shape of W2 is (4, 1), and should be (1, 4).",
        ),
    ],
    "absolute_value": [
        ("W1 = [[1], [-1]]\nW2 = [[1, -1]]", "This is x"),
        ("W1 = [[1], [1]]\nW2 = [[1, -1]]", "The output is 0 everywhere"),
        ("W1 = [[1], [1]]\nW2 = [[1, 1]]", "Both hidden units compute max(0, x)"),
        ("W1 = [[-1], [-1]]\nW2 = [[1, 1]]", "Both hidden units compute max(0, -x)"),
        ("W1 = [[1], [0]]\nW2 = [[1, 1]]", "no hidden unit is at work"),
        ("W1 = [[1], [-1]]\nW2 = [[-1, -1]]", "upside down"),
        ("W1 = [[1], [-1]]\nW2 = [[0.5, 0.5]]", "is 0.5 times what it should be"),
        (
            "W1 = [1, -1]\nW2 = [[1, 1]]",
            "The shape of W1 is (2,), and should be (2, 1).",
        ),
    ],
    "nearly_linear": [
        ("prediction = 1000\nmeasured = 98.7", "takes one factor of 10 back"),
        ("prediction = 10\nmeasured = 98.7", "there are three factors eps"),
        ("prediction = 1\nmeasured = 98.7", "would cancel if the gap went with z"),
        ("prediction = 10000\nmeasured = 98.7", "divided by eps, not multiplied"),
        ("prediction = 100\nmeasured = 10.0", "The measured factor is not 10"),
        (
            "prediction = 'a lot'\nmeasured = 98.7",
            "Numbers are expected for the factor",
        ),
    ],
}
