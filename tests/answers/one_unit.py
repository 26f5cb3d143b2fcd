"""Answers to the exercises of the chapter on one unit."""

MEASURED = """
def measured(w, b):
    steps = np.linspace(0, 4, 4001)
    a = sigmoid(w.T @ (w / np.linalg.norm(w) * steps) + b)
    return steps[np.argmax(a >= 1 / 2)]

w, b = np.array([[3.0], [4.0]]), -5.0
"""
GROWN = MEASURED + "before, after = measured(w, b), measured(3 * w, b)"


def swap(returned):
    return f"def swapped(w, b):\n    return {returned}"


def distance(returned):
    return (
        f"def distance(x, w, b):\n    z = (w.T @ x + b).item()\n    return {returned}"
    )


RIGHT = {
    "one_unit_line": [
        "w = [1, 2]\nb = -2",
        "w = [0.5, 1.0]\nb = -1",
        "import numpy as np\nw = np.array([[3.0], [6.0]])\nb = np.array([[-6.0]])",
        "w = [1e9, 2e9]\nb = -2e9",
        "w = [1e-9, 2e-9]\nb = -2e-9",
    ],
    "one_unit_and_or": [
        "b_or, b_and = -10, -30",
        "b_or, b_and = -1.5, -39",
        "b_or = [[-19]]\nb_and = -20.5",
    ],
    "one_unit_swap": [
        swap("-w, -b"),
        swap("(0 - w, -1 * b)"),
        swap("-1 * w, [[-b]]"),
        swap("[-w, -b]"),
    ],
    "one_unit_distance": [
        distance("abs(z) / np.linalg.norm(w)"),
        distance("np.sqrt(z**2 / (w.T @ w).item())"),
        "def distance(x, w, b):\n    return abs(w.T @ x + b) / np.sqrt((w**2).sum())",
    ],
    "one_unit_weights": [
        f"prediction = 'closer'\n{GROWN}",
        "prediction = 'closer'\nbefore, after = 1, 0.334",
        f"prediction = 'Closer '\n{GROWN}",
    ],
}

# Each with a part of what it is told.
WRONG = {
    "one_unit_line": [
        ("w = [2, 1]\nb = -2", "have changed places"),
        ("w = [-1, -2]\nb = 2", "that is the side of class 1"),
        ("w = [1, 2]\nb = 2", "where w^T x + b is 0"),
        ("w = [0, 0]\nb = 0", "there is no line"),
        ("w = [1, 1]\nb = -2", "At (0, 1) the sum z is -1"),
        ("w = [1, 1]\nb = -1", "At (2, 0) the sum z is 1"),
        ("w = [1, 2, 3]\nb = -2", "w should be 2 numbers"),
        ("w = [1e-9, 1e-9]\nb = -2e-9", "At (0, 1) the sum z is -1e-09"),
        ("w = [None, None]\nb = -2", "and this is [None, None]"),
        ("w = [1, ...]\nb = -2", "There is no answer yet"),
        ("w = [1, 2]\nb = 'minus 2'", "Numbers are expected for b"),
    ],
    "one_unit_and_or": [
        ("b_or, b_and = -30, -10", "have changed places"),
        ("b_or, b_and = 10, 30", "on which side of 0 is b"),
        ("b_or, b_and = -0.5, -1.5", "for the weights (1, 1)"),
        ("b_or, b_and = -20, -30", "OR: At (0, 1) its z is 0: the line passes"),
        ("b_or, b_and = -10, -40", "AND: At (1, 1) its z is 0"),
        (
            "b_or, b_and = -10, -15",
            "AND: At (0, 1) its z is 5, which puts this corner in class 1; it belongs in class 0.",
        ),
        ("b_or, b_and = -10, -50", "in class 0; it belongs in class 1"),
        ("b_or, b_and = 0, -30", "OR: At (0, 0) its z is 0"),
        ("b_or, b_and = 10, -30", "OR: The size is right"),
        (
            "b_or, b_and = 50, -30",
            "OR: With this b, z is positive at all four corners; the line is",
        ),
        (
            "b_or, b_and = -10, 10",
            "AND: With this b, z is positive at all four corners; the line is",
        ),
    ],
    "one_unit_swap": [
        (swap("-w, b"), "The bias is the old one"),
        (swap("w, -b"), "The weights are the old ones"),
        (swap("1 - w, 1 - b"), "What has to become of z for that? The weights follow"),
        (swap("-w, 1 - b"), "not 1 - b"),
        (swap("1 / w, 1 / b"), "turns the line as well"),
        (swap("-w"), "two things"),
        (swap("-w.T, -b"), "The shape of the new w is (1, 2)"),
        (swap("-w, 'b'"), "Numbers are expected for the new b"),
        (
            swap("-2 * w, -2 * b"),
            "With w = (2, -3) and b = 1.5, the old output at x = (",
        ),
        (swap("-w, 0"), "together they should make 1"),
    ],
    "one_unit_distance": [
        (
            distance("z / np.linalg.norm(w)"),
            "At this point z is negative, and so the sign came out wrong",
        ),
        (
            distance("-z / np.linalg.norm(w)"),
            "At this point z is positive, and so the sign came out wrong",
        ),
        (
            distance("1"),
            "The distance of x = (2, -3) from the line with w = (3, 4) and b = -7 is not 1",
        ),
        (distance("z**2 / (w.T @ w).item()"), "This is the square of the distance"),
        (distance("abs(z - 2 * b) / np.linalg.norm(w)"), "in z it is added"),
        (distance("abs(z)"), "This is the size of z"),
        (distance("z"), "This is z itself"),
        (
            distance("abs(z) / np.linalg.norm(w)**2"),
            "counted in lengths of w: the distance",
        ),
        (distance("-z / (w.T @ w).item()"), "counted in lengths of w"),
        (distance("z / (w.T @ w).item()"), "with its sign"),
        (distance("abs(z) / abs(w).sum()"), "is not the length of w"),
        (distance("abs(z - b) / np.linalg.norm(w)"), "leaves b out"),
        (distance("abs(b) / np.linalg.norm(w)"), "of the line from the origin"),
        (distance("np.linalg.norm(x)"), "of x from the origin"),
    ],
    "one_unit_weights": [
        (f"prediction = 'farther'\n{GROWN}", "outweighs b sooner"),
        (f"prediction = 'stays'\n{GROWN}", "if b were tripled too"),
        (f"prediction = 'further'\n{GROWN}", "outweighs b sooner"),
        (f"prediction = 1\n{GROWN}", "Choose one of"),
        (f"prediction = 'nearer'\n{GROWN}", "Choose one of"),
        (
            f"prediction = 'stays'\n{MEASURED}before, after = measured(w, b), measured(3 * w, 3 * b)",
            "Was b tripled as well?",
        ),
    ],
}
