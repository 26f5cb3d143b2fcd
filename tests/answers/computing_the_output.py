"""Answers to the exercises of the chapter on computing the output."""

LINES = """
W1, b1, W2, b2 = initialize(3, 4, 1, np.random.default_rng(0))
x, done = np.ones((3, 1)), []
try:
    Z1 = W1[:3] @ x + b1[:3]
    done.append("Z1")
    A1 = sigmoid(Z1)
    done.append("A1")
    Z2 = W2 @ A1 + b2
    done.append("Z2")
except ValueError as error:
    print(error)
"""


def term(returned):
    return f"def term(W, x, l):\n    return {returned}"


def layer(returned):
    return (
        f"from shallowlib import sigmoid\ndef layer(W, b, a, g):\n    return {returned}"
    )


RIGHT = {
    "output_columns": [
        term("W[:, [l]] * x[l]"),
        term("W[:, l : l + 1] @ x[[l]]"),
        term("x[l, 0] * W[:, l].reshape(-1, 1)"),
        term("W[:, l][:, None] * x[l]"),
        term("[[W[j, l] * x[l, 0]] for j in range(W.shape[0])]"),
    ],
    "output_bias": [
        "c1 = [-2, -1, 1, -3]",
        "c1 = [[-2.0], [-1.0], [1.0], [-3.0]]",
        "import numpy as np\nc1 = np.array([1, -1, 0, -1]) - np.array([3, 0, -1, 2])",
    ],
    "output_last_row": [
        f"prediction = 'Z2'\n{LINES}",
        "prediction = 'Z2'\ndone = ('Z1', 'A1')",
        f"prediction = ' z2'\n{LINES}",
    ],
    "output_layer": [
        layer("g(W @ a + b)"),
        layer("g(b + (a.T @ W.T).T)"),
        "def layer(W, b, a, g):\n    z = W.dot(a) + b\n    return g(z)",
    ],
    "output_multiplications": [
        "number = 'n_h*(n_x + n_y)'",
        "number = 'n_x*n_h + n_h*n_y'",
        "number = 'n_h (n_x + n_y)'",
    ],
}

# Each with a part of what it is told.
WRONG = {
    "output_columns": [
        (term("W[:, l] * x[l]"), "keeps the column a column"),
        (term("W[l] * x[l]"), "This is row l of W: the weights of one unit"),
        (term("W[l]"), "This is row l of W: the weights of one unit"),
        (term("W[:, l]"), "multiplied by entry l of x"),
        (term("2 * W[:, l]"), "The shape of the term is (4,); W x has shape (4, 1)."),
        (term("W[:, [l]]"), "multiplied by entry l of x"),
        (term("W @ x"), "This is the whole product"),
        (term("W[[l], :].T * x[l]"), "stand in a column"),
        (term("W[:, [l]] * x"), "the one number x_l"),
        (term("W[l : l + 1].T * x"), "What does one input add"),
        (term("W[[l]] @ x"), "The shape of the term is (1, 1); W x has shape (4, 1)."),
        (term("-W[:, [l]] * x[l]"), "-1 times what it should be"),
    ],
    "output_bias": [
        ("c1 = [0, 2, 0, -4]", "This is the old c1"),
        ("c1 = [2, 1, -1, 3]", "The sign is the other one"),
        ("c1 = [-3, 0, 1, -2]", "This makes z1 zero"),
        ("c1 = [1, -1, 0, -1]", "and c1 is the rest"),
        ("c1 = [3, 0, -1, 2]", "This is W1 x for the new x"),
        ("c1 = [2, 5, -1, -5]", "this c1 doubles it"),
        (
            "import numpy as np\nc1 = np.log(3) * np.array([-2, -1, 1, -3])",
            "without the factor",
        ),
        ("c1 = [-2.197, -1.0986, 1.0986, -3.2958]", "without the factor"),
        ("c1 = [-2, -1, 1]", "one for each hidden unit"),
        (
            "c1 = [-2, -1, 1, 3]",
            "With this c1, (z1 / log 3)[3, 0] is 5, and should be -1.",
        ),
    ],
    "output_last_row": [
        (f"prediction = 'Z1'\n{LINES}", "z1 has one entry less"),
        (f"prediction = 'A1'\n{LINES}", "takes any number of them"),
        (f"prediction = 'A2'\n{LINES}", "did not come so far"),
        (f"prediction = 3\n{LINES}", "Choose one of"),
        (f"prediction = 'Z3'\n{LINES}", "Choose one of"),
        (f"prediction = 'Z2'\n{LINES.replace('[:3]', '')}", "run the code as it was"),
    ],
    "output_layer": [
        (layer("W @ a + b"), "g has still to be applied"),
        (layer("g(W @ a)"), "The bias is missing"),
        (layer("g(W @ a) + b"), "it belongs to z"),
        (layer("g(W.T @ a + b)"), "they are the rows"),
        (layer("W @ g(a) + b"), "applied to what comes in"),
        (layer("sigmoid(W @ a + b)"), "here it is tanh"),
        (
            layer("g(W * a + b)"),
            "The shape of the activation is (3, 3); b has shape (3, 1).",
        ),
        (layer("g(a.T @ W.T + b.T)"), "The shape of the activation is (1, 3)"),
    ],
    "output_multiplications": [
        ("number = 'n_h*n_x'", "the hidden layer alone"),
        ("number = 'n_h*n_y'", "the output layer alone"),
        ("number = 'n_x*n_h*n_y'", "added, not multiplied"),
        ("number = 'n_h*(n_x + 1) + n_y*(n_h + 1)'", "takes no multiplication"),
        ("number = 'n_x + n_h + n_y'", "These are the inputs and the units"),
        ("number = 'n_h*n_x + n_y*n_x'", "does not see the inputs"),
        ("number = 'm*n_h*(n_x + n_y)'", "m should not be in it"),
        ("number = 16", "for any sizes"),
        ("number = 'n_x*n_h'", "the output layer multiplies as well"),
        (
            "number = 'n_x^2 + n_h'",
            "At n_x = 2, n_h = 3, n_y = 4 it is 7, and should be 18.",
        ),
        ("number = 18", "At n_x = 3, n_h = 4, n_y = 1 it is 18, and should be 16."),
    ],
}
