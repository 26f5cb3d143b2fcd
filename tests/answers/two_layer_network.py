"""Answers to the exercises of the chapter on two layers."""

XOR = """
slip = Parameters(
    W1=np.array([[20.0, 20.0], [20.0, 20.0]]),
    b1=np.array([[-10.0]]),
    W2=np.array([[20.0, -20.0]]),
    b2=np.array([[-10.0]]),
)
X = np.array([[0.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0, 1.0]])
A2 = forward(slip, X, sigmoid, sigmoid).A2
right = (A2.round() == [0, 1, 1, 0]).sum()
"""
BUMPS = """
def error(n, k=500.0):
    edges = np.linspace(0, np.pi, n + 1)
    heights = np.sin((edges[:-1] + edges[1:]) / 2)
    b1 = -k * np.append(edges[:-1], edges[1:])[:, np.newaxis]
    W2 = np.append(heights, -heights)[np.newaxis]
    params = Parameters(np.full_like(b1, k), b1, W2, np.zeros((1, 1)))
    x = np.linspace(0, np.pi, 1001)[np.newaxis]
    a2 = forward(params, x, sigmoid, identity).A2
    return abs(a2 - np.sin(x)).max()
"""


def order(returned):
    return f"def reordered(W1, b1, W2, order):\n    return {returned}"


RIGHT = {
    "two_layer_count": [
        "parameters, in_A1 = 21, 2000",
        "parameters = 2 * 5 + 5 + 5 * 1 + 1\nin_A1 = 5 * 400",
    ],
    "two_layer_bias": [f"prediction = 2\n{XOR}", "prediction, right = 2, 2"],
    "two_layer_xor_exact": [
        "b1 = [0, -1]\nW2 = [1, -2]",
        "b1 = [[-1], [0]]\nW2 = [[-2, 1]]",
        "b1 = [-0.5, -1]\nW2 = [2, -3]",
    ],
    "two_layer_order": [
        order("W1[order], b1[order], W2[:, order]"),
        order("W1[order, :], b1[order, :], W2.T[order].T"),
        "import numpy as np\ndef reordered(W1, b1, W2, order):\n    P = np.eye(len(order))[order]\n    return P @ W1, P @ b1, W2 @ P.T",
    ],
    "two_layer_bumps": [
        f"prediction = 'half'\n{BUMPS}",
        "prediction = 'half'\nerror = {8: 0.195, 16: 0.098}.get",
    ],
}

# Each with a part of what it is told.
WRONG = {
    "two_layer_count": [
        ("parameters, in_A1 = 15, 2000", "every unit has a bias as well"),
        ("parameters, in_A1 = 20, 2000", "bias of the output unit is missing"),
        ("parameters, in_A1 = 16, 2000", "biases of the hidden units are missing"),
        ("parameters, in_A1 = 17, 2000", "each of its units has its own"),
        ("parameters, in_A1 = 23, 2000", "they compute nothing"),
        ("parameters, in_A1 = 8, 2000", "These are inputs and units"),
        ("parameters, in_A1 = 8400, 2000", "the same for all examples"),
        ("parameters, in_A1 = 21, 5", "one column of A1"),
        ("parameters, in_A1 = 21, 400", "How many rows has A1"),
        ("parameters, in_A1 = 21, 800", "the size of X"),
        ("parameters, in_A1 = 21, 2400", "the output is in A2"),
        ("parameters, in_A1 = 21, 21", "too small"),
    ],
    "two_layer_bias": [
        (f"prediction = 4\n{XOR}", "what does it compute now?"),
        (f"prediction = 3\n{XOR}", "what is left of 20 OR - 20 OR?"),
        (f"prediction = 0\n{XOR}", "What does the output say then"),
        (f"prediction = 1\n{XOR}", "What does the output say then"),
        (f"prediction = 5\n{XOR}", "that is too large"),
        (
            f"prediction = 4\n{XOR.replace('[[-10.0]]', '[[-10.0], [-30.0]]', 1)}",
            "with a b1 of shape (1, 1)",
        ),
    ],
    "two_layer_xor_exact": [
        ("b1 = [0, -1]\nW2 = [1, -1]", "This is OR"),
        ("b1 = [0, -1]\nW2 = [1, 2]", "it should take 2 away"),
        ("b1 = [0, -1]\nW2 = [1, 1]", "it should take away, and more"),
        ("b1 = [0, -2]\nW2 = [1, -2]", "before x1 + x2 is 2?"),
        ("b1 = [0, 1]\nW2 = [1, -2]", "At (0, 0) the output is -2"),
        ("b1 = [-10, -30]\nW2 = [20, -20]", "begins to rise at s = -b"),
        ("b1 = [-1, -1]\nW2 = [1, -1]", "one has to rise earlier"),
        ("b1 = [0, -1]\nW2 = [1, -3]", "The output[0, 3] is -1, and should be 0"),
        ("b1 = [0, -1]\nW2 = -2", "W2 should be two numbers"),
    ],
    "two_layer_order": [
        (order("W1[:, order], b1[order], W2[:, order]"), "This reorders the inputs"),
        (order("W1[order], b1, W2[:, order]"), "take its bias along"),
        (order("W1[order], b1[order], W2"), "the weight of another"),
        (order("W1[order], b1[order], W2[order]"), "This reorders the outputs"),
        (order("W1, b1, W2"), "each hidden unit has a row in it"),
        (
            order("W1[order.argsort()], b1[order], W2[:, order]"),
            "is row order[j] of the old one",
        ),
        (
            order("W1[order], b1[order.argsort()], W2[:, order]"),
            "they have to follow the rows of W1",
        ),
        (
            order("W1[order], b1[order], W2[:, order.argsort()]"),
            "column j has to belong",
        ),
        (
            order("W1[order], b1[order].ravel(), W2[:, order]"),
            "The shape of the new b1 is (4,); b1 has shape (4, 1).",
        ),
        (order("W1[order]"), "three arrays"),
    ],
    "two_layer_bumps": [
        (
            f"prediction = 'a quarter'\n{BUMPS}",
            "where straight pieces follow the curve",
        ),
        (f"prediction = 'the same'\n{BUMPS}", "less room to rise or fall"),
        (f"prediction = 'two'\n{BUMPS}", "Choose one of"),
        (
            "prediction = 'half'\nerror = {8: 0.195, 16: 0.195}.get",
            "Both runs give the same error",
        ),
        (
            "prediction = 'half'\nerror = {8: 0.9, 16: 0.4}.get",
            "The error with 8 bumps is not 0.9",
        ),
    ],
}
