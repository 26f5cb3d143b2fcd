"""Every function of shallowlib that computes something, against its definition in SymPy.

The definitions are written down here from the mathematics; none comes from the library or a chapter. SymPy
works them out at binary fractions, which floats hold exactly, to 40 digits; derivatives are SymPy's own, of
the definition. Functions that use nothing but operators run on symbols too, and have to agree exactly.

Tolerance: an operation on floats is wrong by at most half an ulp, so a formula of a dozen of them is held to
LIMIT = 4 ulps of the largest number in its result, at least of 1; the largest error is about one. In the
functions of EACH_DIGIT nothing is taken away: there it is 4 ulps of each entry itself.
"""

import copy
import functools
import importlib
import inspect
import itertools
import pkgutil

import numpy as np
import pytest
import sympy as sp

import shallowlib
from shallowlib import ACTIVATIONS, OUTPUTS, Activation, OutputUnit, Parameters, Run

LIMIT = 4 * 2.0**-52
z, y, n, x1, x2 = sp.symbols("z y n x1 x2", real=True)
SIGMA = 1 / (1 + sp.exp(-z))
G = {
    "sigmoid": SIGMA,
    "tanh": (sp.exp(z) - sp.exp(-z)) / (sp.exp(z) + sp.exp(-z)),
    "relu": sp.Max(0, z),
    "leaky_relu": sp.Max(z / 100, z),
    "identity": z,
}
CROSS_ENTROPY = -(y * sp.log(SIGMA) + (1 - y) * sp.log(1 - SIGMA))
HALF_SQUARE = (z - y) ** 2 / 2
UNIT = {"logistic": (SIGMA, CROSS_ENTROPY), "linear": (z, HALF_SQUARE)}  # name: (a, L)


class of:
    """An expression as a function of numbers, or of the entries of matrices; slope is its derivative by the first."""

    def __init__(self, expression, *letters):
        self.expression, self.letters = sp.sympify(expression), letters

    def __call__(self, *args):
        if isinstance(args[0], sp.MatrixBase):
            return sp.Matrix(
                *args[0].shape, lambda i, j: self(*(M[i, j] for M in args))
            )
        value = self.expression.xreplace(dict(zip(self.letters, args, strict=True)))
        return value if value.is_Rational else value.evalf(60)

    @property
    def slope(self):
        return of(sp.diff(self.expression, self.letters[0]), *self.letters)


def forward(params, X, g1, g2):
    W1, b1, W2, b2 = params
    Z1 = W1 * X + b1 * sp.ones(1, X.cols)
    A1 = Z1.applyfunc(g1)
    Z2 = W2 * A1 + b2 * sp.ones(1, X.cols)
    return Z1, A1, Z2, Z2.applyfunc(g2)


def cost(Z2, Y, loss):
    return sum(loss(*pair) for pair in zip(Z2, Y, strict=True)) / Y.cols


class g(sp.Function):
    """Any activation: all that is known of it is the name of its slope."""

    def fdiff(self, argindex=1):
        return slope_of_g(*self.args)


class loss(sp.Function):
    """Any loss of z and y; its slope is by z."""

    def fdiff(self, argindex=1):
        return slope_of_loss(*self.args)


slope_of_g, slope_of_loss = sp.Function("slope_of_g"), sp.Function("slope_of_loss")


@functools.cache
def any_gradient(*shapes):
    """(letters for W1, b1, W2, b2, X, Y; the derivatives of J by the first four), for any g and loss."""
    names = zip("WbVcXY", shapes, strict=True)
    letters = [
        sp.Matrix(*shape, sp.symbols(f"{name}:{shape[0] * shape[1]}", real=True))
        for name, shape in names
    ]
    *params, X, Y = letters
    J = cost(forward(params, X, g, g)[2], Y, loss)
    return letters, tuple(M.applyfunc(lambda p: sp.diff(J, p)) for M in params)


def backward(params, cache, X, Y, g1, output):
    """The derivatives of J. The cache is not needed: it says nothing that the parameters do not."""
    numbers = (*params, X, Y)
    letters, derivatives = any_gradient(*(M.shape for M in numbers))
    values = {
        letter: entry
        for pair in zip(letters, numbers, strict=True)
        for letter, entry in zip(*pair, strict=True)
    }
    meaning = {
        g: g1,
        slope_of_g: g1.slope,
        loss: output[1],
        slope_of_loss: output[1].slope,
    }
    for function, definition in meaning.items():  # g first: it stands in the loss
        for applied in set().union(*(M.atoms(function) for M in derivatives)):
            values[applied] = definition(
                *(arg.xreplace(values) for arg in applied.args)
            )
    return tuple(M.xreplace(values) for M in derivatives)


def central_difference(J, params, eps):
    """By Taylor it is J' + eps^2/6 J''' for a polynomial of degree 4 or less in each entry."""
    p, result = sp.Dummy("p"), []
    for k, M in enumerate(params):
        result.append(sp.zeros(*M.shape))
        for place in np.ndindex(M.shape):
            varied = [sp.Matrix(P) for P in params]
            varied[k][place] = p
            f = J(varied)
            result[k][place] = (sp.diff(f, p) + eps**2 / 6 * sp.diff(f, p, 3)).subs(
                p, M[place]
            )
    return tuple(result)


def relative_error(a, b):
    a, b = (sp.Matrix([entry for M in side for entry in M]) for side in (a, b))
    return (a - b).norm() / (a.norm() + b.norm())


def step(params, grads, alpha):
    return tuple(p - alpha * dp for p, dp in zip(params, grads, strict=True))


def train(params, X, Y, g1, output, alpha, steps):
    """The parameters after the steps, and the cost before each."""
    (g2, L), costs = output, []
    for _ in range(steps):
        costs.append(cost(forward(params, X, g1, g2)[2], Y, L))
        params = step(params, backward(params, None, X, Y, g1, output), alpha)
        params = tuple(
            p.applyfunc(lambda entry: entry if entry.is_Rational else entry.evalf(60))
            for p in params
        )
    return *params, sp.Array(costs)


def normal(variance):
    """Standard normal numbers, drawn one by one along the rows, times the standard deviation."""
    return lambda n_out, n_in, rng: (
        sp.sqrt(variance(n_out, n_in))
        * sp.Matrix(
            n_out,
            n_in,
            [sp.Rational(rng.standard_normal()) for _ in range(n_out * n_in)],
        )
    )


def small(n_out, n_in):
    return sp.Rational(1, 100) ** 2


def xavier(n_out, n_in):
    return sp.Rational(2, n_in + n_out)


def he(n_out, n_in):
    return sp.Rational(2, n_in)


def initialize(n_x, n_h, n_y, rng, weights):
    return (
        weights(n_h, n_x, rng),
        sp.zeros(n_h, 1),
        weights(n_y, n_h, rng),
        sp.zeros(n_y, 1),
    )


DEFINITIONS = {  # public function: its definition, with SymPy matrices and functions for arrays and functions
    **{
        f"activations.{type(g).__name__}.__call__": of(G[name], z)
        for name, g in ACTIVATIONS.items()
    },
    **{
        f"activations.{type(g).__name__}.prime": of(G[name], z).slope
        for name, g in ACTIVATIONS.items()
    },
    **{f"losses.{name}.g2": of(a, z) for name, (a, L) in UNIT.items()},
    **{f"losses.{name}.loss": of(L, z, y) for name, (a, L) in UNIT.items()},
    "losses.cross_entropy": of(CROSS_ENTROPY, z, y),
    "losses.half_squared_error": of(HALF_SQUARE, z, y),
    "losses.cost": cost,
    "network.forward": forward,
    "network.backward": backward,
    "loops.forward": forward,
    "loops.backward": backward,
    "training.step": step,
    "training.train": train,
    "training.Run.predict": lambda run, X: forward(run[0], X, run[2], run[3][0])[3],
    "gradcheck.numerical_gradient": central_difference,
    "gradcheck.relative_error": relative_error,
    "initializers.zeros": lambda n_out, n_in, rng: sp.zeros(n_out, n_in),
    "initializers.small": normal(small),
    "initializers.xavier": normal(xavier),
    "initializers.he": normal(he),
    "initializers.initialize": initialize,
    "datasets.labels": lambda m, rng: sp.Array([i % 2 for i in range(m)]),
}
SIN_4T = (
    4 * x1 * x2 * (x2**2 - x1**2) / (x1**2 + x2**2) ** 2
)  # where x1 = r sin t, x2 = r cos t
CURVES = {  # data set: what is 0 for each of its points of class (or height) y, if all its normal numbers are n
    "datasets.flower": (4 * SIN_4T + n / 5) ** 2
    - x1**2
    - x2**2,  # r = 4 sin 4t + n/5; r may be negative
    "datasets.moons": (x1 - n / 10 - y) ** 2 + (x2 - n / 10 - y / 2) ** 2 - 1,
    "datasets.circles": (x1 - n / 10) ** 2 + (x2 - n / 10) ** 2 - (1 - y / 2) ** 2,
    "datasets.xor": sp.sign(x1 * x2) - (1 - 2 * y),
    "datasets.sine": y - sp.sin(x1) - n / 10,
}
NO_FORMULA = {  # public function, class or whole module: why it has no formula
    "activations.Activation": "abstract",
    "activations.Activation.__call__": "abstract",
    "activations.Activation.prime": "abstract",
    "activations.Registry": "a dictionary",
    "activations.namespace": "chooses a library",
    "gradcheck.flat": "puts entries in a row",
    "network.Parameters": "a record",
    "network.Gradients": "a record",
    "network.Cache": "a record",
    "losses.OutputUnit": "a record",
    "datasets.Dataset": "a record",
    "datasets.breast_cancer": "measured, not computed",
    "training.Run": "a record",
    "training.DivergedError": "a message",
    "training.Equations": "calls forward, backward and step",
    "training.Equations.cost": "calls forward and cost",
    "training.Equations.move": "calls backward and step",
    "training.Equations.finite": "looks for overflow",
    "training.Equations.params": "hands out parameters",
    "training.workspace_serves": "compares code",
    "training.equations": "collects code",
    "training.progress_bar": "shows how far training is",
    "_checks": "refuses arguments",
    "plots": "draws",
    "animation": "draws",
    "saving": "writes and reads files",
    "proof": "holds equations, of other functions",
    "fast_training": "does what training.train does, and is held equal to it",
} | {f"activations.{type(g).__name__}": "a record" for g in ACTIVATIONS.values()}
EACH_DIGIT = {
    f"activations.{type(g).__name__}.__call__" for g in ACTIVATIONS.values()
} | {
    "losses.logistic.g2",
    "losses.linear.g2",
    *(name for name in DEFINITIONS if name.startswith(("initializers", "datasets"))),
}


def public():
    """{name: function} of all that shallowlib offers: module.function, module.Class.method, losses.unit.part."""
    found = {
        f"losses.{name}.{part}": getattr(u, part)
        for name, u in OUTPUTS.items()
        for part in ("g2", "loss")
    }
    for info in pkgutil.iter_modules(shallowlib.__path__):
        module = importlib.import_module(f"shallowlib.{info.name}")
        for name, thing in vars(module).items():
            if (
                name.startswith("_")
                or not callable(thing)
                or getattr(thing, "__module__", "") != module.__name__
            ):
                continue
            if inspect.isclass(thing) or inspect.isfunction(thing):
                found[f"{info.name}.{name}"] = thing
            for method, function in (
                vars(thing).items() if inspect.isclass(thing) else ()
            ):
                own = (
                    inspect.isfunction(function)
                    and function.__module__ == module.__name__
                )
                if own and (method == "__call__" or not method.startswith("_")):
                    found[f"{info.name}.{name}.{method}"] = function
    return found


PUBLIC = public()


def test_every_public_function_has_a_definition_or_a_reason_why_not():
    modules = {name for name in NO_FORMULA if "." not in name}
    known = {*DEFINITIONS, *CURVES, *NO_FORMULA}
    assert [
        name
        for name in PUBLIC
        if name not in known and name.partition(".")[0] not in modules
    ] == []
    assert known - set(PUBLIC) == modules
    assert len(known) == len(DEFINITIONS) + len(CURVES) + len(NO_FORMULA), (
        "in two lists"
    )
    offered = {
        getattr(shallowlib, name)
        for name in shallowlib.__all__
        if callable(getattr(shallowlib, name))
    }
    offered = {
        thing if hasattr(thing, "__name__") else type(thing) for thing in offered
    }
    assert offered <= set(PUBLIC.values())
    assert (set(G), set(UNIT)) == (set(ACTIVATIONS), set(OUTPUTS))


Z = np.array([[-40.0, -6.5, -1.0, -0.125], [0.25, 1.0, 3.5, 20.0]])
TARGETS = np.array([[0.0, 1.0, 1.0, 0.0], [0.0, 1.0, 0.0, 1.0]])
PAIRS = [*itertools.product(ACTIVATIONS.values(), OUTPUTS.values())]
WEIGHTS = [
    "initializers.zeros",
    "initializers.small",
    "initializers.xavier",
    "initializers.he",
]


def problem(n_x=3, n_h=2, n_y=2, m=3):
    """(params, X, Y) of eighths; no entry of Z1 is 0, where ReLU has its corner."""
    rng = np.random.default_rng(7)
    shapes = (n_h, n_x), (n_h, 1), (n_y, n_h), (n_y, 1), (n_x, m)
    *params, X = (rng.integers(-15, 16, shape) / 8 for shape in shapes)
    params[1] += 1 / 128
    return Parameters(*params), X, rng.integers(0, 2, (n_y, m)) * 1.0


def polynomial(params):
    """Of degree 3 in each entry, and with a product of two entries of different matrices."""
    entries = [M[place] for M in params for place in np.ndindex(M.shape)]
    return (
        sum((k + 1) * p**3 - k * p**2 for k, p in enumerate(entries))
        + 2 * entries[0] ** 2 * entries[-1]
    )


def runs_of(name):
    """(arguments, knobs) for each run that a function is tried with."""
    module, _, function = name.partition(".")
    params, X, Y = problem()
    match module, function:
        case "activations", _:
            g = next(
                g
                for g in ACTIVATIONS.values()
                if type(g).__name__ == function.partition(".")[0]
            )
            return [((g, Z) if function.endswith("__call__") else (g, Z, g(Z)), {})]
        case "losses", "cost":
            return [((Z, TARGETS, output.loss), {}) for output in OUTPUTS.values()]
        case "losses", _:
            return [((Z, TARGETS) if "g2" not in name else (Z,), {})]
        case _, "forward":
            return [((params, X, g1, output.g2), {}) for g1, output in PAIRS]
        case _, "backward":
            caches = [
                shallowlib.forward(params, X, g1, output.g2) for g1, output in PAIRS
            ]
            return [
                ((params, c, X, Y, g1), {"output": u})
                for (g1, u), c in zip(PAIRS, caches, strict=True)
            ]
        case _, "step":
            return [
                ((params, shallowlib.Gradients(*(p + 1 for p in params)), 0.375), {})
            ]
        case _, "train":
            return [
                ((*problem(2, 2, 1, 3), *pair), {"alpha": 0.375, "steps": 2})
                for pair in PAIRS[::3]
            ]
        case _, "Run.predict":
            return [
                ((shallowlib.Run(params, np.ones(1), *pair), X), {})
                for pair in PAIRS[::3]
            ]
        case _, "numerical_gradient":
            return [((polynomial, params), {"eps": 0.125})]
        case _, "relative_error":
            return [
                ((params, tuple(p**2 + 0.25 for p in params)), {}),
                (((X,), (-X,)), {}),
            ]
        case _, "initialize":
            return [
                ((3, 4, 2, np.random.default_rng(4)), {"weights": PUBLIC[name]})
                for name in WEIGHTS
            ]
        case _:  # of (n_out, n_in, rng) or of (m, rng)
            return [
                ((*[5, 3][: 2 - (module == "datasets")], np.random.default_rng(4)), {})
            ]


def exact(thing):
    """An argument as the definitions take it: fractions for floats, definitions for functions."""
    match thing:
        case np.ndarray():
            return sp.Matrix(thing.tolist()).applyfunc(sp.Rational)
        case Activation():
            return of(G[thing.name], z)
        case OutputUnit():
            a, L = UNIT[thing.name]
            return of(a, z), of(L, z, y)
        case Run():
            return exact(
                (thing.params, thing.costs[np.newaxis], thing.g1, thing.output)
            )
        case np.random.Generator():
            return copy.deepcopy(thing)
        case tuple():
            return tuple(map(exact, thing))
        case float():
            return sp.Rational(thing)
    names = [name for name in DEFINITIONS if PUBLIC[name] is thing]
    return DEFINITIONS[names[0]] if names else thing


def arrays(result):
    """The parts of a result, of the code or of a definition, as arrays."""
    if isinstance(result, Run):
        result = (*result.params, result.costs)
    parts = result if isinstance(result, tuple) else (result,)
    return [
        np.array(part.tolist() if hasattr(part, "tolist") else part) for part in parts
    ]


def compare(name, code):
    """Assert that the code returns what the definition of that name says."""
    for args, knobs in runs_of(name):
        known = args[1:2] if name.endswith((".__call__", ".prime")) else args
        expected = DEFINITIONS[name](
            *map(exact, known), **{k: exact(knob) for k, knob in knobs.items()}
        )
        knobs.pop("output", None)  # which backward is not told
        expected, got = arrays(expected), arrays(code(*args, **knobs))
        assert [part.shape for part in got] == [part.shape for part in expected]
        expected = [sp.N(entry, 40) for part in expected for entry in part.flat]
        for result, entry in zip(
            (entry for part in got for entry in part.flat), expected, strict=True
        ):
            size = abs(entry) if name in EACH_DIGIT else max(1, *map(abs, expected))
            assert abs(sp.Rational(float(result)) - entry) <= LIMIT * size, (
                args,
                result,
                entry,
            )


@pytest.mark.parametrize("name", DEFINITIONS)
def test_the_code_returns_what_its_definition_says(name):
    compare(name, PUBLIC[name])


@pytest.mark.parametrize("name", DEFINITIONS)
def test_one_number_wrong_in_its_12th_digit_is_seen(name):
    def wrong(*args, **knobs):
        *parts, last = arrays(PUBLIC[name](*args, **knobs))
        last = last.astype(float)
        last.flat[-1] += 1e-12 * max(1, abs(last).max())
        return *parts, last

    with pytest.raises(AssertionError):
        compare(name, wrong)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_slope_at_zero_lies_between_those_on_its_two_sides(name):
    g1, slope = ACTIVATIONS[name], sp.diff(G[name], z)
    left, right = (float(sp.limit(slope, z, 0, side)) for side in "-+")
    assert left - LIMIT <= g1.prime(0.0, g1(0.0)) <= right + LIMIT


@pytest.mark.parametrize("name", OUTPUTS)
def test_the_slope_of_each_loss_by_z_is_a_minus_y(name):
    (_, L), (Z2, Y) = UNIT[name], (Z, TARGETS)
    defined = [
        of(sp.diff(L, z), z, y)(*pair) for pair in zip(exact(Z2), exact(Y), strict=True)
    ]
    np.testing.assert_allclose(
        OUTPUTS[name].g2(Z2) - Y,
        np.reshape(defined, Z2.shape).astype(float),
        atol=LIMIT,
    )


class AnyActivation(Activation):
    """g and its slope on arrays of symbols."""

    def __call__(self, Z):
        return np.vectorize(g, otypes=[object])(Z)

    def prime(self, Z, A):
        return np.vectorize(slope_of_g, otypes=[object])(Z)


@pytest.mark.parametrize("module", ["network", "loops"])
def test_on_symbols_forward_backward_cost_and_step_are_their_definitions_exactly(
    module,
):
    """For any g; half the squared error stands for any loss with dL/dz = a - y, as backward takes it."""
    shapes = (2, 2), (2, 1), (2, 2), (2, 1), (2, 2), (2, 2)
    letters, derivatives = any_gradient(*shapes)
    *params, X, Y = (np.array(M.tolist(), dtype=object) for M in letters)
    g1, g2, alpha = AnyActivation(), ACTIVATIONS["identity"], sp.Symbol("alpha")
    cache = PUBLIC[f"{module}.forward"](params, X, g1, g2)
    grads = PUBLIC[f"{module}.backward"](params, cache, X, Y, g1)
    J = shallowlib.cost(cache.Z2, Y, shallowlib.half_squared_error)

    square, slope = of(HALF_SQUARE, z, y), of(sp.diff(HALF_SQUARE, z), z, y)
    named = forward(letters[:4], letters[4], g, lambda a: a)
    expected = {
        "forward": (arrays(tuple(cache)), named),
        "backward": (
            arrays(tuple(grads)),
            [M.replace(slope_of_loss, slope) for M in derivatives],
        ),
        "cost": (
            [np.array([[J]])],
            [sp.Matrix([[cost(named[2], letters[5], square)]])],
        ),
        "step": (
            arrays(tuple(shallowlib.step(params, derivatives, alpha))),
            step(letters[:4], derivatives, alpha),
        ),
    }
    for what, (got, defined) in expected.items():
        for part, M in zip(got, defined, strict=True):
            assert part.shape == M.shape
            assert all(
                sp.expand(a - b) == 0 for a, b in zip(part.flat, M, strict=True)
            ), what


def test_two_steps_of_a_network_of_straight_lines_are_exact_to_the_last_bit():
    params, X, Y = problem(2, 2, 1, 2)
    params, X = Parameters(*map(np.round, params)), np.round(X)
    pair = ACTIVATIONS["identity"], OUTPUTS["linear"]
    run = shallowlib.train(params, X, Y, *pair, alpha=0.125, steps=2)
    expected = train(
        *map(exact, (params, X, Y, *pair)), alpha=sp.Rational(1, 8), steps=2
    )
    for part, M in zip(arrays(run), arrays(expected), strict=True):
        assert [sp.Rational(entry) for entry in part.flat] == M.ravel().tolist()


class SteadyGenerator(np.random.Generator):
    """A generator whose normal numbers are all the same."""

    def __init__(self, value):
        super().__init__(np.random.PCG64(1))
        self.value = value

    def standard_normal(self, size=None):
        return np.full(size, self.value)


@pytest.mark.parametrize("value", [0.0, 1.0])
@pytest.mark.parametrize("name", CURVES)
def test_the_points_of_a_data_set_lie_on_its_curve(name, value):
    X, Y = map(exact, PUBLIC[name](20, SteadyGenerator(value)))
    for i in range(20):
        point = dict(zip((x1, x2), X[:, i], strict=False)) | {y: Y[i], n: exact(value)}
        size = 1 + X[:, i].dot(X[:, i])
        assert abs(CURVES[name].subs(point).evalf(40)) <= LIMIT * size, point
        moved = point | (
            {y: 1 - Y[i]}
            if name == "datasets.xor"
            else {x1: X[0, i] + sp.Rational(1, 10**9)}
        )
        assert abs(CURVES[name].subs(moved).evalf(40)) > LIMIT * size


def test_the_equation_of_the_flower_is_the_one_in_its_angle():
    r, t = sp.symbols("r t", positive=True)
    assert (
        sp.simplify(
            (SIN_4T - sp.sin(4 * t)).subs({x1: r * sp.sin(t), x2: r * sp.cos(t)})
        )
        == 0
    )
