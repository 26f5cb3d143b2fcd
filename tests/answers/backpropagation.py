"""Answers to the exercises of the chapter on backpropagation."""

COLUMN = "dz1 = [[-5], [-1.5], [-1.5]]"
MATRIX = "dW2 = [[0, 0.5, -0.5], [0, -1, 1]]"
LAYERS = "def errors(W2, W3, A1, A2, A3, Y):\n    dZ3 = {}\n    dZ2 = {}\n    dZ1 = {}\n    return dZ3, dZ2, dZ1"
THREE = "A3 - Y", "W3.T @ dZ3 * (1 - A2**2)", "W2.T @ dZ2 * (1 - A1**2)"


def by_X(formula):
    return f"def gradient_by_X(W1, dZ1):\n    m = dZ1.shape[1]\n    return {formula}"


def layers(**changed):
    return LAYERS.format(
        *(
            changed.get(name, right)
            for name, right in zip(("dZ3", "dZ2", "dZ1"), THREE, strict=True)
        )
    )


RIGHT = {
    "backpropagation_small_numbers": [
        f"{MATRIX}\n{COLUMN}",
        "dz2, a1 = np.array([[1], [-2]]), np.array([[0], [0.5], [-0.5]])\ndW2 = dz2 @ a1.T\n"
        "dz1 = np.array([[1, 0, -2], [3, 1, 0]]).T @ dz2 * (1 - a1**2)",
    ],
    "backpropagation_tanh_output": [
        "loss = '-0.5*log(1 - tanh(z)^2) - y*z'",
        "loss = 'log(exp(z) + exp(-z)) - y*z'",
        "loss = 'log(cosh(z)) - y z'",
        "loss = 'log(1 + exp(2z)) - z - y*z + y^2'",
        "z, y = sp.symbols('z y')\nloss = sp.integrate(sp.tanh(z), z) - y * z",
    ],
    "backpropagation_input": [
        by_X("W1.T @ dZ1 / m"),
        by_X("(dZ1.T @ W1).T / m"),
        by_X("np.einsum('jl,ji->li', W1, dZ1) / m"),
    ],
    "backpropagation_three_layers": [
        layers(),
        "def errors(W2, W3, A1, A2, A3, Y):\n    back = W3.T @ (A3 - Y) * (1 - A2 * A2)\n    return [A3 - Y, back, (1 - A1) * (1 + A1) * (W2.T @ back)]",
    ],
    "backpropagation_small_weights": [
        "prediction, measured = 'dW1', [0.0106, 0.7509]",
        "prediction, measured = ' dw1 ', [0.0106, 0.7509]",
        "prediction = 'dW1'\nmeasured = np.array([0.02, 1.4])",
    ],
}

# Each with a part of what it is told.
WRONG = {
    "backpropagation_small_numbers": [
        (
            f"dW2 = [[0, 0], [0.5, -1], [-0.5, 1]]\n{COLUMN}",
            "The shape of dW2 is (3, 2); W2 has shape (2, 3).",
        ),
        (
            f"dW2 = [[0, -0.5, 0.5], [0, 1, -1]]\n{COLUMN}",
            "Every sign of dW2 is turned round",
        ),
        (
            f"dW2 = [[0, 0, 1], [0, -1, 0]]\n{COLUMN}",
            "W2 itself is no factor of its gradient",
        ),
        (f"dW2 = [[0, 0.5, -0.5], [0, 1, -1]]\n{COLUMN}", "The second error is -2"),
        (f"dW2 = [[0, 0.5, 0.5], [0, -1, -1]]\n{COLUMN}", "The third input is -0.5"),
        (
            f"dW2 = [[1, 0.75, 0.75], [-2, -1.5, -1.5]]\n{COLUMN}",
            "carry the outputs a1 themselves",
        ),
        (
            f"{MATRIX}\ndz1 = [[-5], [-2], [-2]]",
            "the slope of its activation is missing",
        ),
        (f"{MATRIX}\ndz1 = [[-5], [-1], [-3]]", "with the square"),
        (f"{MATRIX}\ndz1 = [[0], [-1], [1]]", "multiplied by a1 and not by the slope"),
        (f"{MATRIX}\ndz1 = [[0], [-0.5], [1.5]]", "the slope of the sigmoid"),
        (
            f"{MATRIX}\ndz1 = [[7], [1.5], [-1.5]]",
            "its minus counts when a column is collected",
        ),
        (
            f"dW2 = [[0, 0.5, 1], [0, -1, 1]]\n{COLUMN}",
            "dW2[0, 2], in row 1 and column 3, is not right yet: it is the error of output 1 times a_3.",
        ),
        (
            f"{MATRIX}\ndz1 = [[-5], [-1.5], [-2.5]]",
            "dW2 is right. dz1[2, 0], of hidden unit 3, is not yet",
        ),
        (
            f"{MATRIX}\ndz1 = [-5, -1.5, -1.5]",
            "The shape of dz1 is (3,); z1 has shape (3, 1).",
        ),
        (f"{MATRIX}\ndz1 = ...", "There is no answer yet"),
    ],
    "backpropagation_tanh_output": [
        ("loss = '(tanh(z) - y)^2/2'", "half the squared error of tanh"),
        ("loss = '(tanh(z) - y)^2'", "times 2 and times the slope of tanh"),
        ("loss = 'z^2/2 - y*z'", "belongs to the output a = z"),
        ("loss = 'log(1 + exp(z)) - y*z'", "belongs to the sigmoid"),
        (
            "loss = '-(y*log(tanh(z)) + (1 - y)*log(1 - tanh(z)))'",
            "an a below 0 has no logarithm",
        ),
        (
            "loss = 'log(exp(z) + exp(-z))'",
            "the part of the loss that knows the target is missing",
        ),
        ("loss = 'log(cosh(z)) + y*z'", "the term with y has the wrong sign"),
        ("loss = '-log(cosh(z)) - y*z'", "The slope of your B is -tanh"),
        ("loss = 'tanh(z) - y'", "integrate over z"),
        ("loss = 'tanh(z) - y*z'", "B is tanh itself"),
        (
            "loss = 'log(exp(z) - exp(-z)) - y*z'",
            "the numerator of tanh is in the logarithm",
        ),
        (
            "loss = 'log(exp(z) + exp(-z))/2 - y*z'",
            "This is about the slope of your loss by z",
        ),
        ("loss = 'y*z - log(cosh(z))'", "Every sign is turned round"),
        ("loss = '2*(log(cosh(z)) - y*z)'", "twice a - y"),
        ("loss = '3'", "There is no z in it"),
        ("loss = '-y*z'", "B, whose slope is tanh, is missing"),
        ("loss = 'log(cosh(z)) - y'", "or has no z in it"),
        ("loss = 'log(a) - y*z'", "a should not be in it"),
    ],
    "backpropagation_input": [
        (by_X("W1.T @ dZ1"), "in J this loss stands with a factor"),
        (by_X("W1.T @ dZ1 / m**2"), "1/m is in it twice"),
        (
            by_X("(W1.T @ dZ1).mean(axis=1, keepdims=True)"),
            "The shape of the gradient is (2, 1); X has shape (2, 3).",
        ),
        (by_X("W1 @ dZ1 / m"), "Input l collects column l of W1"),
        (by_X("dZ1 @ W1.T / m"), "dZ1 (n_h, m): which product gives (n_x, m)?"),
        (by_X("W1.T * dZ1 / m"), "The shapes do not fit."),
        (by_X("np.dot(W1, dZ1) / m"), "The shapes do not fit."),
        (by_X("dZ1.T @ W1 / m"), "The shape of the gradient is (3, 2)"),
        (by_X("W1.T @ dZ1 / W1.shape[1]"), "divided by the number of inputs"),
        (by_X("W1.T @ dZ1 / W1.shape[0]"), "divided by the number of hidden units"),
        (by_X("-W1.T @ dZ1 / m"), "The sign is turned round"),
        (by_X("W1.T @ dZ1 / (2 * m)"), "is 0.5 times what it should be"),
    ],
    "backpropagation_three_layers": [
        (layers(dZ3="Y - A3"), "the other way round"),
        (
            layers(dZ3="(A3 - Y) / Y.shape[1]"),
            "In dZ3 nothing is summed over the examples yet",
        ),
        (layers(dZ3="(A3 - Y) * (1 - A3**2)"), "the output of this network is linear"),
        (layers(dZ2="W3.T @ dZ3"), "the slope of the second layer's tanh is missing"),
        (layers(dZ2="W3 @ dZ3 * (1 - A2**2)"), "sums along the rows of W3"),
        (
            layers(dZ2="W2.T @ dZ3 * (1 - A2**2)"),
            "Which weights lead from layer 2 to layer 3?",
        ),
        (layers(dZ2="W3.T @ dZ3 * (1 - A1**2)"), "has the slope at A1"),
        (layers(dZ2="W3.T @ dZ3 * (1 - A3**2)"), "has a slope at A3"),
        (layers(dZ1="W2.T @ dZ2"), "the slope of the first layer's tanh is missing"),
        (layers(dZ1="W2 @ dZ2 * (1 - A1**2)"), "sums along the rows of W2"),
        (
            layers(dZ1="W3.T @ dZ2 * (1 - A1**2)"),
            "Which weights lead from layer 1 to layer 2?",
        ),
        (
            layers(dZ1="W2.T @ W3.T @ dZ3 * (1 - A1**2)"),
            "has lost the slope of the second layer",
        ),
        (layers(dZ1="W2.T @ dZ3 * (1 - A1**2)"), "passes through layer 2 first"),
        (layers(dZ1="W2.T @ dZ2 * (1 - A2**2)"), "has the slope at A2"),
        (layers(dZ3="0.5 * (A3 - Y)**2"), "this is the loss, not its slope"),
        (
            layers(dZ3="(A3 - Y)**2"),
            "the squared error, and not the slope of half of it",
        ),
        (
            layers().replace("dZ3, dZ2, dZ1", "dZ1, dZ2, dZ3"),
            "The first of the three should be dZ3, and this is dZ1",
        ),
        (
            layers(dZ2="W3.T @ dZ3 * A2 * (1 - A2)"),
            "in dZ2 A(1 - A) is the slope of the sigmoid",
        ),
        (layers(dZ2="W3.T @ dZ3 * (1 - np.tanh(A2)**2)"), "in dZ2 tanh is taken of A"),
        (layers(dZ2="W3.T @ dZ3 * (1 - A2)**2"), "in dZ2 the square is of A alone"),
        (
            layers(dZ2="W3.T @ dZ3 * (1 - A2)"),
            "in dZ2 the slope of tanh is 1 - A², with the square",
        ),
        (
            layers(dZ2="W3.T @ dZ3 * A2"),
            "in dZ2 A itself stands where the slope of tanh should",
        ),
        (layers(dZ2="W3.T @ (dZ3 * (1 - A2**2))"), "multiplied in before W3"),
        (layers(dZ2="A2 - Y"), "dZ2 is A2 - Y: only the output has a target"),
        (
            layers(dZ2="dZ3 @ W3.T * (1 - A2**2)"),
            "The shapes do not fit. W2 has shape (n_2, n_1)",
        ),
        (
            layers(dZ1="W2.T @ dZ2 * A1 * (1 - A1)"),
            "in dZ1 A(1 - A) is the slope of the sigmoid",
        ),
        (layers(dZ1="W2.T @ dZ2 * (1 - np.tanh(A1)**2)"), "in dZ1 tanh is taken of A"),
        (layers(dZ1="W2.T @ (dZ2 * (1 - A1**2))"), "multiplied in before W2"),
        (layers(dZ1="W3.T @ dZ3 * (1 - A1**2)"), "that is the step to layer 2"),
        (layers(dZ1="A1 - Y"), "dZ1 is A1 - Y: only the output has a target"),
        (layers(dZ1="..."), "There is no answer yet"),
        (
            "def errors(W2, W3, A1, A2, A3, Y):\n    return A3 - Y",
            "should return three arrays",
        ),
    ],
    "backpropagation_small_weights": [
        (
            "prediction, measured = 'dW2', [0.0106, 0.7509]",
            "does not have the weight itself as a factor",
        ),
        ("prediction, measured = 'both', [0.0106, 0.7509]", "It is so for one of them"),
        (
            "prediction, measured = 'Neither', [0.0106, 0.7509]",
            "One of them falls with W2",
        ),
        (
            "prediction, measured = 'dW1 falls', [0.0106, 0.7509]",
            'Choose one of "dW1", "dW2", "both", "neither"',
        ),
        ("prediction, measured = 'dW1', [0.7509, 0.0106]", "run them as they stand"),
    ],
}
