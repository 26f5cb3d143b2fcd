"""Answers to the exercises of the chapter on slopes."""

RIGHT = {
    "slope_maximum": [
        "largest = '1/4'",
        "largest = 0.25",
        "largest = sp.Rational(1, 4)",
        "largest = '(1/2)^2'",
    ],
    "softplus_slope": [
        "slope = 'exp(z)/(1 + exp(z))'",
        "slope = '1/(1 + exp(-z))'",
        "slope = sp.diff(sp.log(1 + sp.exp(z)), z)",
        "slope = '(1 + tanh(z/2))/2'",
    ],
    "swish_slope": [
        "def slope(Z, A):\n    return sigmoid(Z) + A * (1 - sigmoid(Z))",
        "def slope(Z, A):\n    S = sigmoid(Z)\n    return S + Z * S * (1 - S)",
    ],
}

# Each with a part of what it is told.
WRONG = {
    "slope_maximum": [
        ("largest = 1", "the largest slope of tanh"),
        ("largest = 0.5", "the a at which the slope is largest"),
        ("largest = 0", "At z = 0 the output a is 1/2"),
        ("largest = 0.3", "It is not 0.3: that is too large."),
        ("largest = 0.2", "too small"),
    ],
    "softplus_slope": [
        ("slope = '1/(1 + exp(z))'", "the slope of log alone"),
        ("slope = 'exp(z)'", "what stands in the logarithm"),
        ("slope = '1/(1 + exp(z))'", "the chain rule multiplies it"),
        ("slope = 'exp(z)/(1 + exp(z))^2'", "once too often"),
        ("slope = 'log(1 + exp(z))'", "its slope is asked for"),
        ("slope = 'a*(1 - a)'", "a should not be in it"),
        ("slope = 'z'", "and should be"),
    ],
    "swish_slope": [
        ("def slope(Z, A):\n    return sigmoid(Z)", "a second term"),
        (
            "def slope(Z, A):\n    return Z * sigmoid(Z) * (1 - sigmoid(Z))",
            "the second term of the product rule",
        ),
        (
            "def slope(Z, A):\n    return sigmoid(Z) * (1 - sigmoid(Z))",
            "the slope of the sigmoid",
        ),
        ("def slope(Z, A):\n    return A * (1 - A)", "not the sigmoid of Z"),
        ("def slope(Z, A):\n    return 1 - A**2", "the slope of tanh"),
        (
            "def slope(Z, A):\n    return 1.0",
            "The shape of the slope is (); Z has shape (2, 3).",
        ),
        ("def slope(Z, A):\n    pass", "does it end with return?"),
    ],
}
