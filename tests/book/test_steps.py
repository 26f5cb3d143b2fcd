"""The steps by hand: every chain of equalities in the book's LaTeX, checked link by link with SymPy.

Each $$ block of a page stands in one of two tables: CHECKED, with what its symbols stand for, or NOT_CHECKED,
with the reason. A block that is new, or begins otherwise than it did, is in neither; the test says what to do.
How LaTeX is read is said in latex_reader. Two links are equal if shallowlib.proof.equality says so, as for the
equations of the book; where matrices are written out, sizes are 2 or 3 and the letters fractions.
"""

import pytest
import sympy as sp

from shallowlib.proof.equality import NotProvedError
from support.book_sources import PAGES, text_of
from support.latex_reader import (
    Reader,
    beginning,
    blocks_in,
    check,
    with_a_sign_flipped,
)

z, y, x, b, p, q, h, k, w, v, a, l = sp.symbols("z y x b p q h k w v a l", real=True)
eps, t, r = sp.symbols("varepsilon t r", positive=True)
A, B, C = (sp.MatrixSymbol(name, 3, 3) for name in "ABC")
f, g, u = (sp.Function(name) for name in "fgu")


def sigma(v):
    return 1 / (1 + sp.exp(-v))


def tanh(v):
    return (sp.exp(v) - sp.exp(-v)) / (sp.exp(v) + sp.exp(-v))


def slope(function):
    return lambda v: sp.diff(function(t), t).subs(t, v)


def entropy(v):
    return -(y * sp.log(sigma(v)) + (1 - y) * sp.log(1 - sigma(v)))


def point(meaning):
    """The meaning, with a fraction for each letter of its matrices, put in once derivatives are taken."""
    letters = set().union(
        *(M.free_symbols for M in meaning.values() if isinstance(M, sp.MatrixBase))
    )
    return meaning | {
        "at": {
            s: sp.Rational(3 * n % 11 - 5, 7)
            for n, s in enumerate(sorted(letters, key=str), 1)
        }
    }


def matrix(name, *shape):
    return sp.Matrix(
        *shape, lambda i, j: sp.Symbol(f"{name}_{i + 1}_{j + 1}", real=True)
    )


def by(L, M):
    """The derivatives of L by the entries of M, in the shape of M."""
    return M.applyfunc(lambda entry: sp.diff(L, entry))


def entrywise(function):
    return lambda M: (
        M.applyfunc(function) if isinstance(M, sp.MatrixBase) else function(M)
    )


def g1(
    v,
):  # any two curves and any loss would do, as long as no two of their derivatives are alike
    return v**3 + 2 * v


def g2(v):
    return v**2 - 3 * v


def loss(v):
    return v[0] ** 3 * v[1] + v[1] ** 2 - 5 * v[0]


def chain_of_numbers():
    """x to z1 to a1 to z2 to a2 to L, one number each, and every derivative by definition."""
    w1, b1, w2, b2 = sp.symbols("w1 b1 w2 b2", real=True)
    z1 = w1 * x + b1
    z2 = w2 * g1(z1) + b2
    a1, a2, L = g1(z1), g2(z2), (g2(z2) - y) ** 2
    partial = {
        "dL/da2": 2 * (a2 - y),
        "da2/dz2": slope(g2)(z2),
        "dz2/dw2": a1,
        "dz2/da1": w2,
    }
    partial |= {
        "da1/dz1": slope(g1)(z1),
        "dz1/dw1": x,
        "da2": 2 * (a2 - y),
        "g1'": slope(g1),
        "g2'": slope(g2),
    }
    dz2 = sp.diff((g2(t) - y) ** 2, t).subs(t, z2)
    da1 = sp.diff((g2(w2 * t + b2) - y) ** 2, t).subs(t, a1)
    dz1 = sp.diff((g2(w2 * g1(t) + b2) - y) ** 2, t).subs(t, z1)
    total = {"dz2": dz2, "da1": da1, "dz1": dz1}
    total |= {f"d{p}": sp.diff(L, p) for p in (w1, b1, w2, b2)}
    return (
        partial
        | total
        | {"L": L, "w1": w1, "w2": w2, "x": x, "a1": a1, "z1": z1, "z2": z2}
    )


def layers_of_vectors(hidden):
    """x (2) to z1 (3) to a1 to z2 (2) to L; hidden: whether a1 comes from x, else its entries are letters."""
    W1, b1, W2, b2, x = (
        matrix(*s)
        for s in (("W1", 3, 2), ("b1", 3, 1), ("W2", 2, 3), ("b2", 2, 1), ("x", 2, 1))
    )
    letters, above = matrix("z1", 3, 1), matrix("z2", 2, 1)
    z1 = W1 * x + b1
    a1 = z1.applyfunc(g1) if hidden else matrix("a1", 3, 1)
    z2 = W2 * a1 + b2
    dz2 = by(loss(above), above).subs(dict(zip(above, z2, strict=True)))
    dz1 = by(loss(W2 * letters.applyfunc(g1) + b2), letters).subs(
        dict(zip(letters, z1, strict=True))
    )
    names = {
        "W1": W1,
        "b1": b1,
        "W2": W2,
        "b2": b2,
        "x": x,
        "z1": z1,
        "a1": a1,
        "z2": z2,
        "L": loss(z2),
    }
    names |= {
        "dz1": dz1,
        "dz2": dz2,
        "dL/dz2": dz2,
        "n_h": 3,
        "n_y": 2,
        "sizes": {"k": 2, "j": 3, "l": 2},
    }
    return point(names)


def mean_over_examples():
    """J of two examples: the columns of Z2 = W2 A1 + b2."""
    W2, b2, A1, above = (
        matrix("W2", 2, 3),
        matrix("b2", 2, 1),
        matrix("A1", 3, 2),
        matrix("Z2", 2, 2),
    )
    Z2 = W2 * A1 + b2 * sp.ones(1, 2)
    of_each = loss(above[:, 0]) + loss(above[:, 1])
    at = dict(zip(above, Z2, strict=True))
    J = of_each.subs(at) / 2
    sizes = {"m": 2, "sizes": {"k": 2, "j": 3}}
    return point(
        {"J": J, "W2": W2, "b2": b2, "A1": A1, "dZ2": by(of_each, above).subs(at)}
        | sizes
    )


def any_layer():
    """z[l-1] (2) to a[l-1] to z[l] (2) to L."""
    W, b, before, above = (
        matrix("W", 2, 2),
        matrix("b", 2, 1),
        matrix("z0", 2, 1),
        matrix("z1", 2, 1),
    )
    after = W * before.applyfunc(g1) + b
    dz = by(loss(above), above).subs(dict(zip(above, after, strict=True)))
    meaning = {
        "dzl-1": by(loss(after), before),
        "dL/dzl": dz,
        "dzl": dz,
        "Wl": W,
        "zl-1": before,
    }
    meaning |= {"dzl/dal-1": W, "dal-1/dzl-1": sp.diag(*before.applyfunc(slope(g1)))}
    return point(meaning | {"gl-1'": entrywise(slope(g1)), "sizes": {"k": 2, "j": 2}})


def one_matrix():
    W, x, above = matrix("W", 2, 3), matrix("x", 3, 1), matrix("z", 2, 1)
    dz = by(loss(above), above).subs(dict(zip(above, W * x, strict=True)))
    return point(
        {
            "dL/dW": by(loss(W * x), W),
            "dL/dx": by(loss(W * x), x),
            "dL/dz": dz,
            "W": W,
            "x": x,
        }
    )


def one_path():
    """From z1 to the half squared error, with a tanh in between."""
    z2 = w * tanh(z) + b
    L = (t - y) ** 2 / 2
    meaning = {
        "L": L.subs(t, z2),
        "z1": z,
        "a1": tanh(z),
        "a2": z2,
        "y": y,
        "w": w,
        "da1/dz1": slope(tanh)(z),
    }
    meaning |= {"dL/dz2": sp.diff(L, t).subs(t, z2), "dz2/da1": sp.diff(w * t + b, t)}
    return meaning | {"at": {w: sp.Integer(3), b: sp.Integer(-2), y: sp.Integer(5)}}


def weights_of_a_unit():
    w, x = matrix("w", 2, 1), matrix("x", 2, 1)
    s = (w.T * x)[0] + b
    L = sp.log(1 + sp.exp(s)) - y * s  # the cross-entropy, written in z
    meaning = {
        "L": L,
        "w": w,
        "x": x,
        "y": y,
        "a": sigma(s),
        "da/dz": slope(sigma)(s),
        "z": s,
        "sizes": {"l": 2},
    }
    return meaning | {
        "at": {x[0]: sp.Integer(2), x[1]: sp.Integer(-3), w[1]: sp.Integer(1)}
    }


def cubic(order):
    """The derivative of that order of any polynomial of degree 3, whose third is the same everywhere."""
    c = sp.symbols("c:4", real=True)
    return lambda v: sp.diff(sum(c[n] * t**n for n in range(4)), t, order).subs(t, v)


def two_names_each():
    vectors = {
        "c": matrix("c", 2, 1),
        "d": matrix("d", 2, 1),
        "k": k,
        "sizes": {"i": 2, "j": 3},
    }
    return vectors | {
        f"c_{i}{j}": sp.Symbol(f"c_{i}_{j}") for i in (1, 2) for j in (1, 2, 3)
    }


E1 = {"z": z, "e": sp.E, "y": y, "\\sigma": sigma, "\\tanh": tanh}
THREE = sp.log(3)
V1, X1 = (
    sp.Matrix([[2, 1, 0], [0, 1, -1], [1, -1, -1], [1, 0, 1]]),
    sp.Matrix([1, -1, 2]),
)
W, X = matrix("W", 2, 3), matrix("X", 3, 2)
Z1 = (V1 * X1 + sp.Matrix([0, 2, 0, -4])) * THREE
CHECKED = {  # page: {beginning of a block, without spaces and &: what its symbols stand for}
    "activation-slopes": {
        r"\sigma'(z)=": E1 | {"a": sigma(z), r"\sigma'": slope(sigma)},
        r"\tanh'(z)=": E1 | {"a": tanh(z), r"\tanh'": slope(tanh)},
    },
    "activations": {"1-a^2=": E1 | {"a": tanh(z)}, r"2\,\sigma(2z)-1=": E1},
    "backpropagation": {
        r"\frac{\partialL}{\partialw^{[2]}}=": chain_of_numbers(),
        r"dz^{[2]}=da^{[2]}": chain_of_numbers(),
        r"\frac{\partialL}{\partialz}=\left(": E1 | {"a": sigma(z), "L": entropy(z)},
        r"\frac{\partialL}{\partialz}=(a-y)": E1 | {"a": z, "L": (z - y) ** 2 / 2},
        r"z^{[2]}_k=": layers_of_vectors(hidden=False),
        r"\frac{\partialL}{\partiala^{[1]}_j}=": layers_of_vectors(hidden=False),
        r"\frac{\partialL}{\partialW^{[2]}_{kj}}=": layers_of_vectors(hidden=True),
        r"\frac{\partialJ}{\partialW^{[2]}_{kj}}=": mean_over_examples(),
    },
    "bugs-that-shipped": {r"\frac{dL}{dz^{[1]}}=": one_path()},
    "computing-the-output": {
        r"z^{[1]}_1/\log3=": {"z1": Z1},
        r"z^{[2]}/\log3=": {"z2": THREE, "a2": sigma(THREE), r"\sigma": sigma},
    },
    "gradient-checking": {
        r"f(p+\varepsilon)=": {f"f{n * chr(39)}": cubic(n) for n in range(4)}
        | {"p": p, r"\varepsilon": eps, r"\xi_1": p + eps / 3, r"\xi_2": p - eps / 2}
    },
    "gradient-descent": {
        "P(y)=": {"a": t, "y": y, "P": lambda v: t**v * (1 - t) ** (1 - v)},
        "L=-yz+": E1 | {"L": entropy(z)},
    },
    "one-unit": {
        r"\log\frac{a}{1-a}=": E1 | {"a": sigma(z)},
        r"1-\frac{1}{1+e^{-z}}=": E1,
    },
    "real-data": {r"\frac{\partialL}{\partialw_l}=": weights_of_a_unit()},
    "refresher": {
        r"\sum_ik\,c_i=": two_names_each(),
        r"\log(p\,q)=": {"p": t, "q": r, "k": k},
        "(AB)C=": {"A": A, "B": B, "C": C},
        "(kf)'=": {"z": t, "k": k, "f": f(t), "g": g(t), "'": lambda e: sp.diff(e, t)}
        | {"f'": sp.diff(f(t), t), "g'": sp.diff(g(t), t)},
        r"\frac{e^{z+h}-e^z}{h}=": E1 | {"h": h},
        r"\frac{dL}{dz}=\frac{dL}{da}": {
            "L": g1(sigma(z)),
            "z": z,
            "a": sigma(z),
            "dL/da": slope(g1)(sigma(z)),
        },
        r"\frac{dL}{dz}=\frac{\partialL}{\partialu}": {
            "L": tanh(z) ** 3 * z**2,
            "z": z,
            "u": tanh(z),
            "v": z**2,
        }
        | {"dL/du": 3 * tanh(z) ** 2 * z**2, "dL/dv": tanh(z) ** 3},
        r"\frac{\partialL}{\partialW}=": one_matrix(),
    },
    "two-layer-network": {"(-w)(1-a)+": {"w": w, "a": a, "b": b}},
    "vectorizing": {
        "(WX)_{ji}=": {"W": W, "X": X, "n_x": 3, "sizes": {"j": 2, "i": 2}}
    },
    "what-a-step-costs": {r"\log(1+e^z)-z=": E1},
    "where-next": {
        "dz^{[l-1]}_j=": any_layer(),
        "dz^{[N]}=": any_layer()
        | {"dzN": slope(lambda v: (v - y) ** 2 / 2)(z), "aN": z, "y": y},
    },
    "why-not-linear": {
        "a^{[2]}=": {
            "W2": A,
            "W1": B,
            "x": C,
            "b1": A.T,
            "b2": B.T,
            "a1": B * C + A.T,
            "a2": A * (B * C + A.T) + B.T,
        },
        "a^{[l+1]}=": {
            "Wl+1": A,
            "bl+1": B.T,
            "W'_l": B,
            "b'_l": A.T,
            "W'_l+1": A * B,
            "b'_l+1": A * A.T + B.T,
        }
        | {"x": C, "al+1": A * (B * C + A.T) + B.T},
    },
}
DEFINES, DATA = "says what symbols stand for", "the numbers of an example"
NOT_CHECKED = {  # page: {beginning of a block: why no chain of it is checked}
    "backpropagation": {
        r"x\toz^{[1]}=": DEFINES,
        "L=B(z)-yz+c(y)": "the form of a loss: proved in the chapter",
        r"\underbrace{dz^{[1]}}_": "shapes of factors",
        r"W^{[2]}=\begin{bmatrix}1": DATA,
    },
    "computing-the-output": {
        "z^{[1]}_1=w": DEFINES,
        r"W^{[1]}=\begin{bmatrix}w": DEFINES,
    },
    "gradient-descent": {
        "Z^{[1]}=": DEFINES,
        r"J_{\text{new}}-J\approx": "an approximation",
    },
    "initialization": {
        r"z^{[1]}_j=w^Tx+b": "symbols without an index stand for what is equal in all units",
        r"\operatorname{E}z_j^2=": "an expectation",
    },
    "many-machines": {
        r"J=\frac1m": "sums over chunks that have no formula: proved in the chapter"
    },
    "notation": {r"J=\frac1m": DEFINES},
    "one-unit": {"z=w^Tx+b=": "has dots", "w_1x_1+w_2x_2+b=0": "holds on a line only"},
    "refresher": {r"J(w_1+h_1,w_2+h_2)\approx": "an approximation"},
    "two-layer-network": {r"a^{[2]}=\sigma(k(x-l))": DEFINES},
    "vectorizing": {r"X=\begin{bmatrix}": DEFINES},
    "where-next": {
        "z^{[l]}=": DEFINES,
        r"J=\frac1m": "sums over parts that have no formula",
    },
    "why-not-linear": {r"W^{[1]}=\begin{pmatrix}": DATA},
}


def entry_for(page, block, table):
    """(beginning, value) of the entry of the table that the block belongs to, or None."""
    found = [
        item
        for item in table.get(page, {}).items()
        if beginning(block).startswith(item[0])
    ]
    assert len(found) <= 1, f"{page}: two entries for {block}"
    return found[0] if found else None


BLOCKS = [(page, block) for page in PAGES for block in blocks_in(text_of(page))]
CHAINS = [(page, block) for page, block in BLOCKS if entry_for(page, block, CHECKED)]


def test_every_block_of_formulas_is_checked_or_has_a_reason_why_not():
    for page, block in BLOCKS:
        lists = [
            table for table in (CHECKED, NOT_CHECKED) if entry_for(page, block, table)
        ]
        assert len(lists) == 1, (
            f"book/{page}.md: the steps\n{block}\nare {'twice' if lists else 'not'} in tests/book/test_steps.py. "
            f"Add them to CHECKED under {beginning(block)[:30]!r}, with what each symbol stands for, "
            "or to NOT_CHECKED, with the reason."
        )


def test_no_entry_of_the_tables_has_lost_its_block():
    for table in (CHECKED, NOT_CHECKED):
        for page, entries in table.items():
            for start in entries:
                assert any(
                    p == page and beginning(block).startswith(start)
                    for p, block in BLOCKS
                ), (page, start)


@pytest.mark.parametrize(("page", "block"), CHAINS, ids=lambda s: beginning(s)[:30])
def test_every_step_of_a_chain_is_true(page, block):
    check(block, entry_for(page, block, CHECKED)[1])


FLIPPED = [(page, block) for page, block in CHAINS if with_a_sign_flipped(block)]


@pytest.mark.parametrize(("page", "block"), FLIPPED, ids=lambda s: beginning(s)[:30])
def test_one_sign_flipped_in_a_chain_is_refused_by_the_mathematics(page, block):
    with pytest.raises(NotProvedError, match="differ|decide"):
        check(with_a_sign_flipped(block), entry_for(page, block, CHECKED)[1])


def test_the_refusal_names_the_step_both_sides_and_a_point():
    wrong = "a &= e^{z} \\\\ &= e^z \\cdot \\frac{1 - z}{1 + z} && \\text{a slip}"
    words = r"^e\^\{z\} = e.*: the two sides differ\n  left .*\n  right .*\n  at z = "
    with pytest.raises(NotProvedError, match=words):
        check(wrong, E1 | {"a": sp.exp(z)})


@pytest.mark.parametrize(
    "latex", [r"a \times a", r"a ? a", "b", "(a", "a)", r"\frac{a}", "a_k", r"\sum_k a"]
)
def test_what_the_reader_does_not_know_is_an_error(latex):
    with pytest.raises((ValueError, KeyError)):
        Reader(latex, {"a": z}).whole()


def test_the_reader_reads_as_a_mathematician_does():
    M = sp.Matrix([[1, 2], [3, 4]])
    meaning = {
        "a": z,
        "b": y,
        "W1": M,
        "x": sp.Matrix([1, 2]),
        "g1'": sp.Function("slope"),
        "e": sp.E,
        "k": 2,
        "n": 2,
    }
    read = {
        "-a b^2": -z * y**2,
        "2 a (b + 1) / b": 2 * z * (y + 1) / y,
        r"a - b - 1": z - y - 1,
        r"\frac12 a e^{-a b}": z * sp.exp(-z * y) / 2,
        "x^T W^{[1]} x": 1 + 4 + 6 + 16,
        r"g^{[1]\prime}(a b)\, b": sp.Function("slope")(z * y) * y,
        r"\log a b^2": sp.log(z) * y**2,
        r"\sum_{j=1}^{n} W^{[1]}_{1j} + a": 3 + z,
        r"\sum_{j=1}^{n} \sum_{i=1}^{n} j W^{[1]}_{ij}": 4 + 12,
    }
    for latex, expected in read.items():
        value = Reader(latex, meaning).whole()
        assert (
            sp.simplify(
                (value[0] if isinstance(value, sp.Matrix) else value) - expected
            )
            == 0
        ), latex
