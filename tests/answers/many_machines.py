"""Answers to the exercises of the chapter on data larger than one machine."""

SCALE = "def scale_of(chunks):\n    m = total = squares = 0\n    for X_k in chunks:\n        m += X_k.shape[1]\n        total = total + X_k.sum(axis=1, keepdims=True)\n        squares = squares + (X_k**2).sum(axis=1, keepdims=True)\n    mu = total / m\n    return "
MEANS = "def scale_of(chunks):\n    parts = [(X_k.shape[1], X_k.mean(1, keepdims=True), X_k.var(1, keepdims=True)) for X_k in chunks]\n    m = sum(n for n, _, _ in parts)\n    mu = sum(n * a for n, a, _ in parts) / m\n    return "

RIGHT = {
    "many_machines_travels": [
        "numbers = '2*K*(n_h*n_x + n_h + n_h + 1)'",
        "numbers = '2*K*(n_h*(n_x + 1) + n_h + 1)'",
        "K, n_x, n_h = sp.symbols('K n_x n_h'); numbers = K * (n_h * (n_x + 2) + 1) * 2",
    ],
    "many_machines_speed_up": [
        "speed_up, limit = 'n*t/(t + n*c)', 't/c'",
        "speed_up, limit = 't/(t/n + c)', '1/(c/t)'",
        "n, t, c = sp.symbols('n t c'); speed_up, limit = 1 / (1 / n + c / t), t / c",
    ],
    "many_machines_scale": [
        SCALE + "mu, np.sqrt(squares / m - mu**2)",
        MEANS + "mu, np.sqrt(sum(n * (v + (a - mu) ** 2) for n, a, v in parts) / m)",
        "def scale_of(chunks):\n    sums = np.zeros((3, 3))\n    for X_k in chunks:\n        sums += np.stack([np.ones_like(X_k), X_k, X_k**2]).sum(axis=2)\n    mu = sums[1] / sums[0]\n    return [mu[:, None], (sums[2] / sums[0] - mu**2)[:, None] ** 0.5]",
    ],
    "many_machines_lost": [
        "prediction = 'alike'; whole, lost = [0.3, 0.31, 0.32], [0.31, 0.3, 0.32]",
        "prediction = 'Alike'; whole, lost = np.array([0.33, 0.3]), np.array([0.33, 0.31])",
    ],
}

# Each with a part of what it is told.
WRONG = {
    "many_machines_travels": [
        ("numbers = 'K*(n_h*n_x + 2*n_h + 1)'", "This is one way"),
        ("numbers = '2*(n_h*n_x + 2*n_h + 1)'", "This is for one worker"),
        ("numbers = 'n_h*n_x + 2*n_h + 1'", "how often do they travel"),
        ("numbers = '2*K*(n_h*n_x + n_h)'", "The biases travel as well"),
        ("numbers = '2*K*(n_h*n_x + n_h + 1)'", "Three of the four"),
        ("numbers = '2*(n_h*n_x + 2*n_h + 1)/K'", "each worker needs all of them"),
        ("numbers = '2*K*m*n_x'", "m should not be in it"),
    ],
    "many_machines_speed_up": [
        ("speed_up, limit = 'n', 't/c'", "This leaves out the scheduler"),
        ("speed_up, limit = 'n*t/(t + c)', 't/c'", "Here the workers share the time c"),
        (
            "speed_up, limit = '(t + n*c)/(n*t)', 't/c'",
            "Upside down: the time of one process",
        ),
        ("speed_up, limit = 't/n + c', 't/c'", "This is the time for a chunk"),
        ("speed_up, limit = 'n*(t + c)/(t + n*c)', 't/c'", "does not spend c"),
        ("speed_up, limit = 't/(t + n*c)', 't/c'", "is t divided by n?"),
        ("speed_up, limit = 'n*t/(t + n*c)', 'n'", "n grows without end"),
        ("speed_up, limit = 'n*t/(t + n*c)', 'c/t'", "the further more workers lead"),
        ("speed_up, limit = 'n*t/(t + n*c)', '1/c'", "a time divided by a time"),
        ("speed_up, limit = 'n*t/(t + n*c)', 1", "what stays below?"),
        ("speed_up, limit = 'n*t/(t + n*c)', '...'", "There is no answer yet"),
    ],
    "many_machines_scale": [
        (
            "def scale_of(chunks):\n    X = np.concatenate(list(chunks), axis=1)\n    return X.mean(axis=1, keepdims=True), X.std(axis=1, keepdims=True)",
            "The function keeps the chunks",
        ),
        (
            "def scale_of(chunks):\n    means = [X_k.mean(1, keepdims=True) for X_k in chunks]\n    return sum(means) / len(means), 1",
            "counts as much as one of 40",
        ),
        (
            SCALE + "total, np.sqrt(squares / m - mu**2)",
            "This is the sum of all columns",
        ),
        (
            "def scale_of(chunks):\n    for X_k in chunks:\n        mu, s = X_k.mean(1, keepdims=True), X_k.std(1, keepdims=True)\n    return mu, s",
            "the last chunk alone",
        ),
        (
            "def scale_of(chunks):\n    m = total = 0\n    for X_k in chunks:\n        m, total = m + X_k.size, total + X_k.sum()\n    return np.full((3, 1), total / m), np.ones((3, 1))",
            "One mean for all rows",
        ),
        (SCALE + "mu, squares / m - mu**2", "This is the variance"),
        (
            MEANS + "mu, np.sqrt(sum(n * v for n, _, v in parts) / m)",
            "This is the spread within the chunks",
        ),
        (MEANS + "mu, sum(v**0.5 for _, _, v in parts) / len(parts)", "add up squares"),
        (SCALE + "mu, np.sqrt(squares / m)", "the square of mu is still in it"),
        (
            SCALE + "mu, np.sqrt((squares - m * mu**2) / (m - 1))",
            "This divides by m - 1",
        ),
        (
            SCALE + "mu[:, 0], np.sqrt(squares / m - mu**2)[:, 0]",
            "a column with two axes",
        ),
        (SCALE + "mu", "Two arrays are expected"),
        (SCALE + "mu, ...", "There is no answer yet"),
    ],
    "many_machines_lost": [
        (
            "prediction = 'higher'; whole, lost = [0.3, 0.31, 0.32], [0.31, 0.3, 0.32]",
            "have nearly the gradient of all ten, if",
        ),
        (
            "prediction = 'lower'; whole, lost = [0.3, 0.31, 0.32], [0.31, 0.3, 0.32]",
            "nothing to gain either",
        ),
        (
            "prediction = 'equal'; whole, lost = [0.3, 0.31, 0.32], [0.31, 0.3, 0.32]",
            "Choose one of",
        ),
        (
            "prediction = 'alike'; whole, lost = [0.3, 0.31, 0.32], [0.5, 0.5, 0.52]",
            "was it changed?",
        ),
    ],
}
