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
        descend("du, dv = slope_u(u, v), slope_v(u, v)", "u = u - alpha * du", "v = v - alpha * dv"),
        descend("du = slope_u(u, v)", "v -= alpha * slope_v(u, v)", "u -= alpha * du"),
    ],
    "largest_rate": [
        "factor, limit = '1 - alpha*c', '2/c'",
        "factor, limit = '1 - c alpha', '2*c**(-1)'",
        "alpha, c = sp.symbols('alpha c')\nfactor, limit = 1 - alpha * c, 2 / c",
    ],
    "input_scale": ["prediction = 100\nmeasured = 100.0", "prediction = 10**2\nmeasured = np.float64(89.1)"],
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
        ("J, L = 'm*log(2)', '-log(0.01)'", "m should not be in it"),
        ("J, L = '2*log(2)', '-log(0.01)'", "one of the two terms"),
        ("J, L = 'log(2)', 'log(0.01)'", "The sign: the logarithm"),
        ("J, L = 'log(2)', '-log(0.99)'", "if y were 0"),
        ("J, L = 'log(2)', 0.99", "the distance from a to y"),
        ("J, L = 'log(2)', '0.99**2/2'", "This is half the squared error; for a class"),
        ("J, L = 'log(2)', -np.log10(0.01)", "the logarithm with base 10"),
        ("J, L = 'log(2)', 4.6", "leave the logarithm as it is"),
    ],
    "squared_error_likelihood": [
        ("minus_log_p = '(y - a)^2/2'", "the factor before the exponential has a logarithm too"),
        ("minus_log_p = '(y - a)^2/2 - log(2*pi)/2'", "The sign of the constant"),
        ("minus_log_p = 'log(2*pi)/2 - (y - a)^2/2'", "The sign of the square"),
        ("minus_log_p = '-(y - a)^2/2 - log(2*pi)/2'", "This is log p(y)"),
        ("minus_log_p = '(y - a)^2/2 + log(2*pi)'", "the exponent goes before the logarithm"),
        ("minus_log_p = '(y - a)^2/2 + sqrt(2*pi)'", "its logarithm is wanted"),
        ("minus_log_p = '(y - a)^2 + log(2*pi)/2'", "The half in the exponent is lost"),
        ("minus_log_p = 'log(sqrt(2*pi))*(y - a)^2/2'", "not their product"),
        ("minus_log_p = '(y - a)/2 + log(2*pi)/2'", "The square in the exponent is lost"),
    ],
    "two_at_once": [
        (descend("u = u - alpha * slope_u(u, v)", "v = v - alpha * slope_v(u, v)"), "taken at the new u"),
        (descend("v = v - alpha * slope_v(u, v)", "u = u - alpha * slope_u(u, v)"), "taken at the new v"),
        (descend("u, v = u + alpha * slope_u(u, v), v + alpha * slope_v(u, v)"), "This goes uphill"),
        (descend("u, v = u - slope_u(u, v), v - slope_v(u, v)"), "alpha is missing"),
        (descend("u, v = -alpha * slope_u(u, v), -alpha * slope_v(u, v)"), "added to the old u and v"),
        (descend("u, v = slope_u(u, v), slope_v(u, v)"), "These are the slopes"),
        (descend("u, v = u - alpha * slope_v(u, v), v - alpha * slope_u(u, v)"), "have changed places"),
        (descend("u, v = u, v"), "stay where they are"),
        (descend("u, v = u - alpha * slope_u(u, v), v - alpha * slope_v(u, v)", "return u, v"), "where one step leads to"),
        (
            "def descend(u, v, slope_u, slope_v, alpha, steps):\n    du, dv = slope_u(u, v), slope_v(u, v)\n    return u - steps * alpha * du, v - steps * alpha * dv",
            "each step takes its own",
        ),
        ("def descend(u, v, slope_u, slope_v, alpha, steps):\n    return u", "Two numbers are expected"),
        ("def descend(u, v, slope_u, slope_v, alpha, steps):\n    return [u, u], v", "One number is expected for u"),
    ],
    "largest_rate": [
        ("factor, limit = '1 + alpha*c', '2/c'", "This goes uphill"),
        ("factor, limit = 'alpha*c', '2/c'", "what share is left?"),
        ("factor, limit = '1 - alpha', '2/c'", "where is c?"),
        ("factor, limit = '1 - alpha*c/2', '2/c'", "which cancels the half"),
        ("factor, limit = '1 - 2*alpha*c', '2/c'", "is cancelled by the half"),
        ("factor, limit = 'abs(1 - alpha*c)', '2/c'", "can be negative"),
        ("factor, limit = '1 - alpha*c', '1/c'", "one step leads to the floor"),
        ("factor, limit = '1 - alpha*c', 'c/2'", "Upside down"),
        ("factor, limit = '1 - alpha*c', '2*c'", "In a steeper valley"),
        ("factor, limit = '1 - alpha*c', '1/(2*c)'", "when does it get to -1?"),
        ("factor, limit = '1 - alpha*c', 2", "right for c = 1 only"),
        ("factor, limit = '1 - alpha*c', '2/c - alpha'", "alpha should not be in it"),
    ],
    "input_scale": [
        ("prediction = 10\nmeasured = 100.0", "x comes in twice"),
        ("prediction = 1\nmeasured = 100.0", "the valley in w gets steeper"),
        ("prediction = 1000\nmeasured = 100.0", "not three times"),
        ("prediction = 20\nmeasured = 100.0", "they do not add"),
        ("prediction = 0.01\nmeasured = 100.0", "asked for is how many times smaller"),
        ("prediction = 100\nmeasured = 10.0", "the measured factor is not 10"),
    ],
}
