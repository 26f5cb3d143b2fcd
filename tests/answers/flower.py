"""Answers to the exercises of the chapter on the flower."""

RIGHT = {
    "flower_count": [
        "count, size = '4*n_h + 1', 50",
        "count, size = '2*n_h + n_h + n_h + 1', 50",
        "count, size = 4 * sp.Symbol('n_h') + 1, '50'",
        "count, size = '4 n_h + 1', 50.0",
    ],
    "flower_relu": [
        "prediction = 'worse'; tanh_score, relu_score = 0.89, 0.65",
        "prediction = 'worse'; tanh_score, relu_score = np.array([0.88]), np.array(0.6)",
    ],
    "flower_choose": [
        "def chosen(validation, test):\n    return test[validation.argmax(axis=0), np.arange(20)]",
        "def chosen(validation, test):\n    rows = validation.argmax(axis=0)[np.newaxis]\n    return np.take_along_axis(test, rows, axis=0)[0]",
        "def chosen(validation, test):\n    return [t[np.argmax(v)] for v, t in zip(validation.T, test.T)]",
    ],
    "flower_more_examples": [
        "training, test = 'falls', 'rises'; few, many = [0.95, 0.87], [0.92, 0.9]",
        "training, test = 'falls', 'rises'; few, many = np.array([0.94, 0.86]), np.array([0.93, 0.91])",
    ],
}

# Each with a part of what it is told.
WRONG = {
    "flower_count": [
        ("count, size = '3*n_h', 50", "the biases are adjusted as well"),
        ("count, size = '3*n_h + 1', 50", "each hidden unit has one of its own"),
        ("count, size = '4*n_h', 50", "The output unit has a bias too."),
        ("count, size = '3*n_h + 2', 50", "an entry for each hidden unit"),
        ("count, size = '2*n_h + 1', 50", "to the output there are weights"),
        ("count, size = '4*n_h + 3', 50", "The inputs are given"),
        ("count, size = '5*n_h', 50", "and should be"),
        ("count, size = '4*n_h + 1', 20", "With 20 units there are 81 parameters"),
        ("count, size = '4*n_h + 1', 25", "of the sizes in the chapter"),
        ("count, size = '4*n_h + 1', 201", "the number of the units is asked for"),
        ("count, size = '4*n_h + 1', 5", "too small"),
        ("count, size = '4*n_h + 1', ...", "There is no answer yet"),
    ],
    "flower_relu": [
        (
            "prediction = 'better'; tanh_score, relu_score = 0.89, 0.65",
            "need not be the better one",
        ),
        ("prediction = 'alike'; tanh_score, relu_score = 0.89, 0.65", "How many bends"),
        ("prediction = 'bad'; tanh_score, relu_score = 0.89, 0.65", "Choose one of"),
        (
            "prediction = 'worse'; tanh_score, relu_score = 0.65, 0.65",
            "was it changed?",
        ),
    ],
    "flower_choose": [
        (
            "def chosen(validation, test):\n    return test.max(axis=0)",
            "so the test set has chosen",
        ),
        (
            "def chosen(validation, test):\n    return validation.max(axis=0)",
            "where they were chosen for being good",
        ),
        (
            "def chosen(validation, test):\n    return validation.argmax(axis=0)",
            "the rows that are chosen",
        ),
        (
            "def chosen(validation, test):\n    return test[validation.mean(axis=1).argmax()]",
            "one size for all seeds",
        ),
        (
            "def chosen(validation, test):\n    return test[validation.argmin(axis=0), np.arange(20)]",
            "worst on the validation set",
        ),
        (
            "def chosen(validation, test):\n    return test.min(axis=0)",
            "worst on the test set",
        ),
        (
            "def chosen(validation, test):\n    return test[validation.argmax(axis=0)]",
            "The shape of what is returned is (20, 20)",
        ),
        (
            "def chosen(validation, test):\n    return test.max()",
            "The shape of what is returned is ()",
        ),
    ],
    "flower_more_examples": [
        (
            "training, test = 'rises', 'rises'; few, many = [0.95, 0.87], [0.92, 0.9]",
            "four times as many examples to please",
        ),
        (
            "training, test = 'stays', 'rises'; few, many = [0.95, 0.87], [0.92, 0.9]",
            "is that room still there",
        ),
        (
            "training, test = 'falls', 'falls'; few, many = [0.95, 0.87], [0.92, 0.9]",
            "helped with no new one",
        ),
        (
            "training, test = 'falls', 'stays'; few, many = [0.95, 0.87], [0.92, 0.9]",
            "the more examples there are",
        ),
        (
            "training, test = 'falls', '...'; few, many = [0.95, 0.87], [0.92, 0.9]",
            "There is no answer yet",
        ),
        (
            "training, test = 'down', 'up'; few, many = [0.95, 0.87], [0.92, 0.9]",
            "Choose one of",
        ),
        (
            "training, test = 'falls', 'rises'; few, many = [0.95, 0.87], [0.95, 0.87]",
            "was it changed?",
        ),
    ],
}
