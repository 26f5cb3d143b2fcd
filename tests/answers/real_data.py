"""Answers to the exercises of the chapter on real data."""

SCALE = "def scale(X, fit):\n    mu = X[:, fit].mean(axis=1, keepdims=True)\n    s = X[:, fit].std(axis=1, keepdims=True)\n    return "
LIMIT = "def limit(P, truth):\n    return P[truth == 1].min()\n"
COUNT = "def mistakes(P, truth, limit):\n    return "

RIGHT = {
    "real_data_standard": [
        "mean, deviation = '(nu - mu)/s', 't/s'",
        "mean, deviation = 'nu/s - mu/s', '(t**2/s**2)^(1/2)'",
        "mean, deviation = '-(mu - nu)/s', sp.Symbol('t') / sp.Symbol('s')",
    ],
    "real_data_scale": [
        SCALE + "(X - mu) / s",
        "def scale(X, fit):\n    rows = X[:, fit]\n    return ((X.T - rows.mean(1)) / rows.std(1)).T",
        "def scale(X, fit):\n    D = np.diag(1 / X[:, fit].std(axis=1))\n    return D @ (X - X[:, fit].mean(axis=1)[:, np.newaxis])",
    ],
    "real_data_limit": [
        LIMIT
        + COUNT
        + "((P < limit) & (truth == 1)).sum(), ((P >= limit) & (truth == 0)).sum()",
        "def limit(P, truth):\n    return min(p for p, y in zip(P, truth) if y == 1)\n"
        + COUNT
        + "np.sum(P[truth == 1] < limit), np.sum(P[truth == 0] >= limit)",
        LIMIT
        + COUNT
        + "[sum((P >= limit)[truth == 1] == 0), np.dot(P >= limit, 1 - truth)]",
    ],
    "real_data_condition": [
        "prediction = 'far above 1'; raw, scaled = 3e12, 1e5",
        "prediction = 'far above 1'; raw, scaled = np.array([2.9e12, 9e4])",
    ],
    "real_data_chance": [
        "prediction = '1 of 6'; often = 0.177",
        "prediction = '1 of 6'; often = np.float64(0.17)",
    ],
}

# Each with a part of what it is told.
WRONG = {
    "real_data_standard": [
        ("mean, deviation = 0, 't/s'", "this part has another mean"),
        ("mean, deviation = 'nu - mu', 't/s'", "then there is a division"),
        ("mean, deviation = 'nu/s', 't/s'", "mu is subtracted first"),
        ("mean, deviation = '(mu - nu)/s', 't/s'", "The sign"),
        ("mean, deviation = '(nu - mu)/t', 't/s'", "by the part's own deviation"),
        ("mean, deviation = 'nu/s - mu', 't/s'", "mu is divided by s as well"),
        ("mean, deviation = '(nu - mu)/s', '1'", "this part has another."),
        ("mean, deviation = '(nu - mu)/s', 't'", "what does dividing by s do"),
        ("mean, deviation = '(nu - mu)/s', 't**2/s**2'", "This is the variance"),
        (
            "mean, deviation = '(nu - mu)/s', '(t - mu)/s'",
            "leaves their spread as it is",
        ),
        ("mean, deviation = '(nu - mu)/s', 's/t'", "and so is their spread"),
        ("mean, deviation = '(nu - mu)/s', '...'", "There is no answer yet"),
    ],
    "real_data_scale": [
        (
            "def scale(X, fit):\n    return (X - X.mean(axis=1, keepdims=True)) / X.std(axis=1, keepdims=True)",
            "over all columns: so the validation",
        ),
        (
            "def scale(X, fit):\n    return (X - X[:, fit].mean(axis=1, keepdims=True)) / X.std(axis=1, keepdims=True)",
            "deviation is taken over all columns",
        ),
        (
            "def scale(X, fit):\n    return (X - X.mean(axis=1, keepdims=True)) / X[:, fit].std(axis=1, keepdims=True)",
            "The mean is taken over all columns",
        ),
        (SCALE + "X - mu", "the division by the standard deviation is missing"),
        (SCALE + "X / s", "the mean is not subtracted"),
        (SCALE + "(X - mu) / s**2", "divides by the variance"),
        (SCALE + "X - mu / s", "needs its brackets"),
        (SCALE + "(X[:, fit] - mu) / s", "the training columns alone"),
        (
            "def scale(X, fit):\n    return (X - X[:, fit].mean()) / X[:, fit].std()",
            "each row has its own",
        ),
        (
            SCALE + "(X - mu) / X[:, fit].std(axis=1, keepdims=True, ddof=1)",
            "divides by m - 1",
        ),
        (
            "def scale(X, fit):\n    X -= X[:, fit].mean(axis=1, keepdims=True)\n    return X",
            "changes an array that it was given",
        ),
    ],
    "real_data_limit": [
        (
            "def limit(P, truth):\n    return P.min()\n" + COUNT + "0, 0",
            "the benign cases' among them",
        ),
        (
            "def limit(P, truth):\n    return P[truth == 0].max()\n" + COUNT + "0, 0",
            "which malignant ones lie below it?",
        ),
        (
            "def limit(P, truth):\n    return P[truth == 1].max()\n" + COUNT + "0, 0",
            "all others would be missed",
        ),
        (
            "def limit(P, truth):\n    return 0.5\n" + COUNT + "0, 0",
            "the largest that misses none",
        ),
        (
            LIMIT
            + COUNT
            + "((P <= limit) & (truth == 1)).sum(), ((P > limit) & (truth == 0)).sum()",
            ">= where > stands",
        ),
        (
            LIMIT
            + COUNT
            + "((P >= limit) & (truth == 0)).sum(), ((P < limit) & (truth == 1)).sum()",
            "have changed places",
        ),
        (
            LIMIT
            + COUNT
            + "((P < 0.5) & (truth == 1)).sum(), ((P >= 0.5) & (truth == 0)).sum()",
            "whatever the limit is",
        ),
        (
            LIMIT + COUNT + "(P < limit).sum(), (P >= limit).sum()",
            "the right ones among them",
        ),
        (
            LIMIT
            + COUNT
            + "(truth - (P >= limit))[truth == 1].sum(), (truth - (P >= limit))[truth == 0].sum()",
            "counted with a minus",
        ),
        (
            LIMIT
            + COUNT
            + "((P < limit) & (truth == 1)).mean(), ((P >= limit) & (truth == 0)).mean()",
            "shares of all cases",
        ),
        (
            LIMIT + COUNT + "((P < limit) & (truth == 1)).sum()",
            "The shape of (false negatives, false positives)",
        ),
        (LIMIT + COUNT + "...", "There is no answer yet"),
    ],
    "real_data_condition": [
        (
            "prediction = '1'; raw, scaled = 3e12, 1e5",
            "may change many weights at once",
        ),
        (
            "prediction = 'as before'; raw, scaled = 3e12, 1e5",
            "came from the sizes of the features",
        ),
        ("prediction = 1; raw, scaled = 3e12, 1e5", "Choose one of"),
        ("prediction = 'far above 1'; raw, scaled = 3e12, 3e12", "was it changed?"),
    ],
    "real_data_chance": [
        ("prediction = '1 of 100'; often = 0.177", "how far do the draws spread"),
        (
            "prediction = '1 of 2'; often = 0.177",
            "Half of the tests lie below the middle",
        ),
        ("prediction = '1 of 6'; often = 0.1035", "exactly 3 errors"),
        ("prediction = '1 of 6'; often = 0.82", "more than 3 errors"),
        ("prediction = '1 of 10'; often = 0.177", "Choose one of"),
    ],
}
