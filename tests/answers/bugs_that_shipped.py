"""Answers to the exercises of the chapter on bugs that shipped."""

FOUND = "[0.7, 0.9, 2e-10, 4e-11]"
NAMES = "names = 'factor 2', 'sigmoid of 2z'"


def cosine(formula, names=NAMES):
    return (
        "def cosine(one, other):\n"
        "    a, b = (np.concatenate([np.ravel(part) for part in g]) for g in (one, other))\n"
        f"    return {formula}\n{names}"
    )


def slope(formula):
    return f"from shallowlib import relu\ndef slope(Z, mask, q):\n    return {formula}"


TRUE = "a @ b / (np.linalg.norm(a) * np.linalg.norm(b))"

RIGHT = {
    "bugs_find": [
        f"line, found = 'dZ1', {FOUND}",
        "line = 'dZ1'\nrng = np.random.default_rng(3)\nX, Y = datasets.moons(40, rng)\nparams = initialize(2, 3, 1, rng, weights=xavier)\n"
        "cache = forward(params, X, tanh, sigmoid)\nJ = lambda p: cost(forward(p, X, tanh, sigmoid).Z2, Y, logistic.loss)\n"
        "truth = numerical_gradient(J, params)\nfound = np.array([relative_error(*p) for p in zip(check.suspect(params, cache, X, Y), truth)])",
    ],
    "bugs_direction": [
        cosine(TRUE),
        cosine(
            "np.dot(a, b) / np.sqrt((a @ a) * (b @ b))",
            "names = ['sigmoid of 2z', 'factor 2']",
        ),
        cosine(
            "(a / np.linalg.norm(a)) @ (b / np.linalg.norm(b))",
            "names = {'Factor 2', 'sigmoid of 2z'}",
        ),
    ],
    "bugs_moved_first": [
        "prediction, measured = 'a tenth', [0.0914, 0.0091]",
        "prediction = 'a tenth'\nmeasured = np.array([0.05, 0.0051])",
    ],
    "bugs_dropout": [
        slope("mask * (Z > 0) / q"),
        slope("np.where(Z > 0, mask / q, 0)"),
        slope("mask / q * relu.prime(Z, relu(Z))"),
    ],
    "bugs_width": [
        "c = 'sqrt(3/n_x)'",
        "c = '(3/n_x)^(1/2)'",
        "c = 'sqrt(3)/sqrt(n_x)'",
        "c = sp.sqrt(3 / sp.Symbol('n_x'))",
    ],
}

# Each with a part of what it is told.
WRONG = {
    "bugs_find": [
        (f"line, found = 'dZ2', {FOUND}", "two of them are right"),
        (f"line, found = 'dW2', {FOUND}", "so the line of dW2 is right"),
        (f"line, found = 'dW1', {FOUND}", "dW1 is wrong, but so is db1"),
        (f"line, found = 'db1', {FOUND}", "db1 is wrong, but so is dW1"),
        (f"line, found = 'Z1**2', {FOUND}", "Choose one of"),
        ("line, found = 'dZ1', [2e-10, 4e-11, 0.7, 0.9]", "run them as they stand"),
    ],
    "bugs_direction": [
        (cosine("a @ b"), "the cosine times both lengths"),
        (cosine("a @ b / np.linalg.norm(a)"), "Only one of the two lengths divides"),
        (cosine("a @ b / (a @ a)"), "One length divides twice"),
        (
            cosine("a @ b / (np.linalg.norm(a) + np.linalg.norm(b))"),
            "The lengths are added",
        ),
        (cosine("a @ b / ((a @ a) * (b @ b))"), "is a root missing?"),
        (
            cosine("a @ b / np.linalg.norm(a) * np.linalg.norm(b)"),
            "both lengths belong below the line",
        ),
        (cosine("a * b"), "One number is expected for the cosine"),
        (
            cosine(TRUE, "names = 'averaged twice', 'factor 2'"),
            "averaged twice changes db1",
        ),
        (
            cosine(TRUE, "names = 'factor 2', 'slope left out'"),
            "slope left out changes dW1 and db1",
        ),
        (
            cosine(TRUE, "names = 'factor 2', 'factor 2'"),
            "another slip keeps the direction as well",
        ),
        (
            cosine(TRUE, "names = 'factor 2'"),
            "another slip keeps the direction as well",
        ),
        (
            cosine(TRUE, "names = 'factor 2', 'nine times the variance'"),
            "no slip with a gradient that is called",
        ),
        (cosine(TRUE, "names = 'factor 2', '...'"), "There is no answer yet"),
        (cosine(TRUE, "names = 2"), "Two names of slips are expected"),
    ],
    "bugs_moved_first": [
        (
            "prediction, measured = 'as large', [0.0914, 0.0091]",
            "a step is shorter with a smaller alpha",
        ),
        (
            "prediction, measured = 'a hundredth', [0.0914, 0.0091]",
            "That would need alpha twice as a factor",
        ),
        ("prediction, measured = '1/10', [0.0914, 0.0091]", 'Choose one of "a tenth"'),
        (
            "prediction, measured = 'a tenth', [0.0091, 0.0914]",
            "run them as they stand",
        ),
    ],
    "bugs_dropout": [
        (slope("mask * (Z > 0)"), "the published slip"),
        (slope("(Z > 0) / q"), "A unit that the mask silences"),
        (slope("1.0 * (Z > 0)"), "the slope of ReLU alone"),
        (slope("mask / q"), "The slope of ReLU is missing"),
        (slope("mask * (relu(Z) >= 0) / q"), "The slope of ReLU is missing"),
        (slope("mask * (Z > 0) * q"), "the slope is multiplied by it"),
        (slope("2 * mask * (Z > 0)"), "here q is given"),
        (slope("mask * (Z > 0) / (1 - q)"), "not that it is silenced"),
        (slope("mask * relu(Z) / q"), "the output of the unit itself"),
        (slope("mask * Z / q"), "which side of zero"),
        (slope("mask * (Z > 0) / q**2"), "times what it should be"),
    ],
    "bugs_width": [
        ("c = '1/sqrt(n_x)'", "most weights lie inside"),
        ("c = '3/n_x'", "This is c²"),
        ("c = '1/sqrt(3*n_x)'", "The 3 stands on the wrong side"),
        ("c = 'sqrt(12/n_x)'", "the whole width"),
        ("c = 'sqrt(6/n_x)'", "has two halves"),
        ("c = 'sqrt(3/(2*n_x))'", "is the 2 lost?"),
        ("c = '1/(3*n_x)'", "here the variance is given"),
        ("c = '-sqrt(3/n_x)'", "the positive root"),
        ("c = 'sqrt(3*n_x)'", "more inputs make the weights smaller"),
        ("c = 'sqrt(3/m)'", "m should not be in it"),
    ],
}
