"""Answers to the exercises of the chapter on gradient descent."""


def descend(*lines):
    inside = "".join(f"        {line}\n" for line in lines)
    return f"def descend(u, v, slope_u, slope_v, alpha, steps):\n    for k in range(steps):\n{inside}    return u, v"


RIGHT = {
    "cost_of_ignorance": [
        "J, L = 'log(2)', '-log(0.01)'",
        "J, L = '-log(1/2)', 'log(100)'",
        "J, L = np.log(2), -np.log(0.01)",
        "J, L = sp.log(2), '2*log(10)'",
    ],
    "squared_error_likelihood": [
        "minus_log_p = '(y - a)^2/2 + log(2*pi)/2'",
        "minus_log_p = '(a - y)**2/2 + log(sqrt(2*pi))'",
        "y = sp.Symbol('y')\nminus_log_p = (y - a)**2 / 2 + sp.log(2 * sp.pi) / 2",
    ],
    "two_at_once": [
        descend("u, v = u - alpha * slope_u(u, v), v - alpha * slope_v(u, v)"),
        descend(
            "du, dv = slope_u(u, v), slope_v(u, v)",
            "u = u - alpha * du",
            "v = v - alpha * dv",
        ),
        descend("du = slope_u(u, v)", "v -= alpha * slope_v(u, v)", "u -= alpha * du"),
    ],
    "largest_rate": [
        "factor, limit = '1 - alpha*c', '2/c'",
        "factor, limit = '1 - c alpha', '2*c**(-1)'",
        "alpha, c = sp.symbols('alpha c')\nfactor, limit = 1 - alpha * c, 2 / c",
    ],
    "input_scale": [
        "prediction = 100\nlargest = [0.63, 0.0063]",
        "prediction = 10**2\nlargest = [np.float64(0.563), np.float64(0.00631)]",
        "prediction = '10^2'\nlargest = [0.63, 0.0063]",
    ],
}

# Each with a part of what it is told.
WRONG = {
    "cost_of_ignorance": [
        ("J, L = 1/2, '-log(0.01)'", "1/2 is the output of the network"),
        ("J, L = 'log(1/2)', '-log(0.01)'", "A loss is not negative"),
        ("J, L = 0, '-log(0.01)'", "right and sure"),
        ("J, L = 1, '-log(0.01)'", "the logarithm of 1 + e^z"),
        ("J, L = '1/8', '-log(0.01)'", "half the squared error of the output 1/2"),
        ("J, L = 0.693, '-log(0.01)'", "This is rounded"),
        ("J, L = 'm*log(2)', '-log(0.01)'", "takes the m out"),
        ("J, L = 'log(2)/m', '-log(0.01)'", "J: m is not in it"),
        ("m = sp.Symbol('m')\nJ, L = m * sp.log(2), '-log(0.01)'", "J: m is not in it"),
        ("J, L = 'log(2)/2', '-log(0.01)'", "J: Nothing halves it"),
        ("J, L = '2*log(2)', '-log(0.01)'", "one of the two terms"),
        ("J, L = 'log(2)', 'log(0.01)'", "The sign: the logarithm"),
        ("J, L = 'log(2)', '-log(0.99)'", "if y were 0"),
        ("J, L = 'log(2)', '-log(0.01) - log(0.99)'", "L: Both terms are in it"),
        ("J, L = 'log(2)', 'log(99)'", "the logarithm of a alone"),
        ("J, L = 'log(2)', 0.99", "the distance from a to y"),
        ("J, L = 'log(2)', '0.99**2/2'", "This is half the squared error; for a class"),
        ("J, L = 'log(2)', -np.log10(0.01)", "the logarithm with base 10"),
        ("J, L = 'log(2)', 4.6", "leave the logarithm as it is"),
    ],
    "squared_error_likelihood": [
        (
            "minus_log_p = '(y - a)^2/2'",
            "the factor before the exponential has a logarithm too",
        ),
        ("minus_log_p = '(y - a)^2/2 - log(2*pi)/2'", "The sign of the constant"),
        ("minus_log_p = 'log(2*pi)/2 - (y - a)^2/2'", "The sign of the square"),
        ("minus_log_p = '-(y - a)^2/2 - log(2*pi)/2'", "This is log p(y)"),
        (
            "minus_log_p = '(y - a)^2/2 + log(2*pi)'",
            "the exponent goes before the logarithm",
        ),
        ("minus_log_p = '(y - a)^2/2 + sqrt(2*pi)'", "its logarithm is wanted"),
        ("minus_log_p = '(y - a)^2 + log(2*pi)/2'", "The half in the exponent is lost"),
        ("minus_log_p = 'log(sqrt(2*pi))*(y - a)^2/2'", "not their product"),
        (
            "minus_log_p = '-log(exp(-(y - a)^2/2)/sqrt(2*pi))'",
            "The exponential is still in it",
        ),
        (
            "minus_log_p = 'log(exp((y - a)^2/2)) + log(2*pi)/2'",
            "The exponential is still in it",
        ),
        (
            "y = sp.Symbol('y')\nminus_log_p = -sp.log(sp.exp(-(y - a) ** 2 / 2) / sp.sqrt(2 * sp.pi))",
            "The exponential is still in it",
        ),
        (
            "minus_log_p = '(y - a)/2 + log(2*pi)/2'",
            "The square in the exponent is lost",
        ),
    ],
    "two_at_once": [
        (
            descend("u = u - alpha * slope_u(u, v)", "v = v - alpha * slope_v(u, v)"),
            "taken at the new u",
        ),
        (
            descend("v = v - alpha * slope_v(u, v)", "u = u - alpha * slope_u(u, v)"),
            "taken at the new v",
        ),
        (
            descend("u, v = u + alpha * slope_u(u, v), v + alpha * slope_v(u, v)"),
            "This goes uphill",
        ),
        (descend("u, v = u - slope_u(u, v), v - slope_v(u, v)"), "alpha is missing"),
        (
            descend("u, v = -alpha * slope_u(u, v), -alpha * slope_v(u, v)"),
            "added to the old u and v",
        ),
        (descend("u, v = slope_u(u, v), slope_v(u, v)"), "These are the slopes"),
        (
            descend("u, v = u - alpha * slope_v(u, v), v - alpha * slope_u(u, v)"),
            "have changed places",
        ),
        (
            descend("u, v = u - alpha * slope_u(u, v), v - alpha * slope_u(u, v)"),
            "Both move by slope_u",
        ),
        (
            descend("u, v = u - alpha * slope_v(u, v), v - alpha * slope_v(u, v)"),
            "Both move by slope_v",
        ),
        (
            descend("u, v = u - alpha * slope_u(v, u), v - alpha * slope_v(v, u)"),
            "The arguments of a slope have changed places",
        ),
        (
            descend("u, v = u - alpha * slope_v(v, u), v - alpha * slope_u(v, u)"),
            "The arguments of a slope have changed places",
        ),
        (
            descend("u, v = u - alpha * slope_u(u, v), v - alpha * slope_u(v, u)"),
            "The arguments of a slope have changed places",
        ),
        (
            descend("u, v = u - alpha * slope_v(v, u), v - alpha * slope_u(u, v)"),
            "The arguments of a slope have changed places",
        ),
        (
            descend("u, v = u - alpha * slope_u(u, v), v - alpha * slope_v(v, u)"),
            "The arguments of a slope have changed places",
        ),
        (
            descend("u, v = alpha * slope_u(u, v), alpha * slope_v(u, v)"),
            "they are to be taken from the old u and v",
        ),
        (
            descend("u, v = alpha * slope_u(u, v) - u, alpha * slope_v(u, v) - v"),
            "The signs: the old u and v stay",
        ),
        (descend("u = u - alpha * slope_u(u, v)"), "Only u moves"),
        (descend("v = v - alpha * slope_v(u, v)"), "Only v moves"),
        (
            descend("u, v = v - alpha * slope_v(u, v), u - alpha * slope_u(u, v)"),
            "the new u comes first",
        ),
        (descend("u, v = 0, 0"), "u after one step is 0, and should be"),
        (
            descend("u, v = u - alpha * slope_u(u, v), 0"),
            "v after one step is 0, and should be",
        ),
        (
            descend("u, v = u - alpha * slope_u, v - alpha * slope_v"),
            "slope_u is a function: slope_u(u, v) is its value",
        ),
        (
            descend("u, v = u - alpha * slope_u(u, v), v - slope_v * alpha"),
            "slope_v is a function",
        ),
        (descend("u, v = slope_u, slope_v"), "slope_u is a function"),
        (
            descend(
                "du, dv = alpha / steps * slope_u(u, v), alpha / steps * slope_v(u, v)",
                "u, v = u - du, v - dv",
            ),
            "the whole alpha",
        ),
        (descend("u, v = u, v"), "stay where they are"),
        (
            descend(
                "u, v = u - alpha * slope_u(u, v), v - alpha * slope_v(u, v)",
                "return u, v",
            ),
            "where one step leads to",
        ),
        (
            "def descend(u, v, slope_u, slope_v, alpha, steps):\n    du, dv = slope_u(u, v), slope_v(u, v)\n    return u - steps * alpha * du, v - steps * alpha * dv",
            "each step takes its own",
        ),
        (
            "def descend(u, v, slope_u, slope_v, alpha, steps):\n    return u",
            "Two numbers are expected",
        ),
        (
            "def descend(u, v, slope_u, slope_v, alpha, steps):\n    return [u, u], v",
            "One number is expected for u",
        ),
    ],
    "largest_rate": [
        ("factor, limit = '1 + alpha*c', '2/c'", "This goes uphill"),
        ("factor, limit = 'alpha*c', '2/c'", "what share is left?"),
        ("factor, limit = 'alpha*c - 1', '2/c'", "factor: The sign"),
        ("factor, limit = '(1 - alpha*c)*w', '2/c'", "only the factor is wanted"),
        (
            "factor, limit = '(1 - alpha*c)*(w - w*)', '2/c'",
            "only the factor is wanted",
        ),
        ("factor, limit = '1 - alpha', '2/c'", "where is c?"),
        ("factor, limit = '1 - alpha*c/2', '2/c'", "which cancels the half"),
        ("factor, limit = '1 - 2*alpha*c', '2/c'", "is canceled by the half"),
        ("factor, limit = 'abs(1 - alpha*c)', '2/c'", "can be negative"),
        ("factor, limit = '1 - alpha*c', '1/c'", "one step leads to the floor"),
        ("factor, limit = '1 - alpha*c', 'c/2'", "Upside down"),
        ("factor, limit = '1 - alpha*c', '2*c'", "In a steeper valley"),
        ("factor, limit = '1 - alpha*c', '1/(2*c)'", "when does it get to -1?"),
        ("factor, limit = '1 - alpha*c', 2", "right for c = 1 only"),
        (
            "factor, limit = '1 - alpha*c', 'c'",
            "limit: At this rate the factor is 1 - c^2: what has it to be",
        ),
        ("factor, limit = '1 - alpha*c', 1", "At this rate the factor is 1 - c:"),
        ("factor, limit = '1 - alpha*c', '4/c'", "At this rate the factor is -3:"),
        ("factor, limit = '1 - alpha*c', '1.5/c'", "At this rate the factor is -1/2:"),
        ("factor, limit = '1 - alpha*c', '2/c - alpha'", "alpha should not be in it"),
    ],
    "input_scale": [
        ("prediction = 10\nlargest = [0.63, 0.0063]", "x comes in twice"),
        ("prediction = 1\nlargest = [0.63, 0.0063]", "the valley in w gets steeper"),
        ("prediction = 1000\nlargest = [0.63, 0.0063]", "not three times"),
        ("prediction = 20\nlargest = [0.63, 0.0063]", "they do not add"),
        (
            "prediction = 0.01\nlargest = [0.63, 0.0063]",
            "asked for is how many times smaller",
        ),
        (
            "prediction = '1/100'\nlargest = [0.63, 0.0063]",
            "asked for is how many times smaller",
        ),
        ("prediction = 0.1\nlargest = [0.63, 0.0063]", "a number above 1"),
        ("prediction = -100\nlargest = [0.63, 0.0063]", "The size is right"),
        ("prediction = None\nlargest = [0.63, 0.0063]", "cannot be read"),
        ("prediction = 50\nlargest = [0.63, 0.0063]", "It is not 50"),
        ("prediction = 100\nlargest = [0.63, 0.063]", "the rate gets 10 times smaller"),
        ("prediction = 100\nlargest = [0.63]", "Two rates are expected"),
        ("prediction = 100\nlargest = [0.63, 0]", "Two rates are expected"),
    ],
}
