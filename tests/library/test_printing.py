"""The book's symbols: every mark of a name is written, and a name that has no place in the table is refused."""

import pytest
import sympy as sp

from shallowlib.proof.printing import WORDS, latex, names_in, tex

NAMES = {
    "W": "W",
    "z": "z",
    "W1": "W^{[1]}",
    "W[1]": "W^{[1]}",
    "W[l+1]": "W^{[l+1]}",
    "W[12]": "W^{[12]}",
    "W[l-1]": "W^{[l-1]}",
    "dW1": "dW^{[1]}",
    "dz": "dz",
    "W'": r"W^{\prime}",
    "g1'": r"g^{[1]\prime}",
    "g''": r"g^{\prime\prime}",
    "x(1)": "x^{(1)}",
    "x(i)": "x^{(i)}",
    "x1(i)": "x^{[1](i)}",
    "z1'(2)": r"z^{[1]\prime(2)}",
    "w_j": "w_{j}",
    "w_12": "w_{12}",
    "a1_j": "a^{[1]}_{j}",
    "L_linear": r"L_{\text{linear}}",
    "dW[l+1]'(i)_jk": r"dW^{[l+1]\prime(i)}_{\text{jk}}",
    "alpha": r"\alpha",
    "sigma'": r"\sigma^{\prime}",
    "dsigma": r"d\sigma",
    "ReLU": r"\operatorname{ReLU}",
    "ones": r"\mathbf{1}",
}


@pytest.mark.parametrize(("name", "written"), NAMES.items(), ids=NAMES)
def test_a_name_in_code_is_written_with_its_marks(name, written):
    assert (
        tex(name)
        == latex(sp.Symbol(name))
        == latex(sp.MatrixSymbol(name, 2, 2))
        == latex(sp.Dummy(name))
        == written
    )
    assert latex(sp.Function(name)(sp.Symbol("z"))) == written + r"{\left(z \right)}"


@pytest.mark.parametrize("word", WORDS)
def test_every_word_of_the_table_takes_marks(word):
    assert tex(f"d{word}1'(i)_j") == f"d{WORDS[word]}" + r"^{[1]\prime(i)}_{j}"


UNKNOWN = [
    "",
    "d",
    "e",
    "xx",
    "W^{[1]}",
    r"\sigma",
    "x_{1}",
    "W_",
    "W[]",
    "W[1",
    "epsilon",
    "w_1a",
    "w_a1",
    "W 1",
    " W",
    "W\n",
]


@pytest.mark.parametrize("name", [*UNKNOWN, "x(1)'", "x()", "W_j1", "1", "σ"])
def test_a_name_that_the_table_lacks_is_refused(name):
    with pytest.raises(
        ValueError,
        match="no way to write the symbol .*: expected a letter or one of alpha, .* no LaTeX$",
    ):
        tex(name)
    for symbol in (sp.Symbol(name), sp.MatrixSymbol(name, 2, 2), sp.Function(name)(1)):
        with pytest.raises(ValueError, match="no way to write the symbol"):
            latex(1 + symbol if not symbol.is_Matrix else 2 * symbol)


n, z = sp.Symbol("n", integer=True, positive=True), sp.Symbol("z", real=True)
g1 = sp.Function("g1'")


def matrix(name):
    return sp.MatrixSymbol(name, n, n)


H = sp.HadamardProduct
W1, W2, A, B, C, Z1, dZ2 = map(matrix, ("W1", "W2", "A", "B", "C", "Z1", "dZ2"))
J, K = sp.symbols("j k", integer=True)
EXPRESSIONS = {
    "transpose": (A.T, "A^{T}"),
    "transpose-joins-the-layer": (W1.T, "W^{[1]T}"),
    "transpose-joins-the-prime": (matrix("W'").T, r"W^{\prime T}"),
    "transpose-joins-the-example": (matrix("x(1)").T, "x^{(1)T}"),
    "transpose-before-the-index": (matrix("w1_2").T, "w^{[1]T}_{2}"),
    "transpose-of-ones": (sp.Transpose(sp.OneMatrix(n, 1)), r"\mathbf{1}^{T}"),
    "row-of-two-ones": (sp.OneMatrix(1, 2), r"\mathbf{1}^{T}"),
    "transpose-of-a-sum": (sp.Transpose(A + B), r"\left(A + B\right)^{T}"),
    "transpose-of-a-product": (sp.Transpose(A * B), r"\left(A B\right)^{T}"),
    "products-first": (B + W1 * Z1, "W^{[1]} Z^{[1]} + B"),
    "difference": (A - B, "A - B"),
    "negative-product-last": (B - W1 * Z1, "B - W^{[1]} Z^{[1]}"),
    "negative-first-by-name": (-A + B, "B - A"),
    "difference-from-a-name-before-it": (
        matrix("W") - sp.Symbol("alpha") * matrix("dW"),
        r"W - \alpha dW",
    ),
    "from-a-greek-letter": (matrix("x") - matrix("mu"), r"x - \mu"),
    "bias-last": (matrix("b") + matrix("W") * matrix("x"), "W x + b"),
    "two-products-and-a-bias": (
        B + W2 * A + W1 * Z1,
        "W^{[1]} Z^{[1]} + W^{[2]} A + B",
    ),
    "symbols-by-name": (sp.MatAdd(B, A), "A + B"),
    "all-negative": (-A - B, "- A - B"),
    "two-taken-away": (C - A - B, "C - A - B"),
    "numbers-before": (2 * A - 3 * B + C, "2 A + C - 3 B"),
    "sum-taken-away": (
        sp.MatAdd(A, sp.MatMul(-1, sp.MatAdd(B, C))),
        r"A - \left(B + C\right)",
    ),
    "sum-in-a-product": ((A - B) * C, r"\left(A - B\right) C"),
    "sum-with-an-entrywise-product": (H(A, B) + C, r"A \ast B + C"),
    "sum-with-a-transpose": (B + A.T, "A^{T} + B"),
    "sum-with-ones": (
        matrix("b1") + W1 * sp.OneMatrix(n, n),
        r"W^{[1]} \mathbf{1} + b^{[1]}",
    ),
    "function-of-a-sum": (
        (B + W1 * A).applyfunc(g1),
        r"g^{[1]\prime}{\left(W^{[1]} A + B \right)}",
    ),
    "inverse": (W1.I, r"\left(W^{[1]}\right)^{-1}"),
    "power": (sp.Symbol("x(1)") ** 2, r"\left(x^{(1)}\right)^{2}"),
    "power-of-a-function": (
        g1(z) ** 2,
        r"\left(g^{[1]\prime}\right)^{2}{\left(z \right)}",
    ),
    "tanh-squared": (sp.Function("tanh")(z) ** 2, r"\tanh^{2}{\left(z \right)}"),
    "sympy's-own-tanh": (sp.tanh(z) ** 2, r"\tanh^{2}{\left(z \right)}"),
    "functions-of-sympy": (
        sp.sin(z) + sp.cosh(z),
        r"\sin{\left(z \right)} + \cosh{\left(z \right)}",
    ),
    "logarithm": (sp.log(z), r"\log{\left(z \right)}"),
    "entry-by-entry": (H(A, B), r"A \ast B"),
    "entry-by-entry-of-a-sum": (H(A + B, C), r"\left(A + B\right) \ast C"),
    "entry-by-entry-in-a-product": (H(A, B) * C, r"\left(A \ast B\right) C"),
    "applied-to-a-matrix": (Z1.applyfunc(g1), r"g^{[1]\prime}{\left(Z^{[1]} \right)}"),
    "line-of-backpropagation": (
        H(W2.T * dZ2, Z1.applyfunc(g1)),
        r"W^{[2]T} dZ^{[2]} \ast g^{[1]\prime}{\left(Z^{[1]} \right)}",
    ),
    "ones": (A * sp.OneMatrix(n, 1), r"A \mathbf{1}"),
    "row-of-ones": (sp.OneMatrix(1, n) * A, r"\mathbf{1}^{T} A"),
    "explicit": (sp.Matrix([[z, 1]]), r"\begin{pmatrix}z & 1\end{pmatrix}"),
    "rows": (sp.Matrix([z, 1]), r"\begin{pmatrix}z\\1\end{pmatrix}"),
    "rows-of-fractions-stand-apart": (
        sp.Matrix([1, z / 2]),
        r"\begin{pmatrix}1\\[6pt]\frac{z}{2}\end{pmatrix}",
    ),
    "element-counted-from-1": (W1[0, 1], "{W^{[1]}_{12}}"),
    "element-of-a-column": (sp.MatrixSymbol("a1", 3, 1)[J, 0], "{a^{[1]}_{j}}"),
    "element-by-letters": (sp.MatrixSymbol("W2", 3, 4)[K, J], "{W^{[2]}_{kj}}"),
    "element-by-a-sum": (sp.MatrixSymbol("W2", 3, 4)[K, J + 1], "{W^{[2]}_{k,j + 1}}"),
    "element-of-a-name-with-an-index": (
        sp.MatrixSymbol("v_new", 3, 4)[K, J],
        r"{{v_{\text{new}}}_{kj}}",
    ),
    "indexed-counts-as-it-is-written": (sp.IndexedBase("y")[1, 2] ** 2, "{y_{12}}^{2}"),
    "double-sum": (
        sp.Sum(sp.Function("L")(J, K), (K, 1, n), (J, 1, 3)) / n,
        r"\frac{1}{n} \sum_{j=1}^{3} \sum_{k=1}^{n} L{\left(j,k \right)}",
    ),
    "sum-of-a-sum": (sp.Sum(J + K, (K, 1, 3)), r"\sum_{k=1}^{3} \left(j + k\right)"),
    "sum-of-a-product": (sp.Sum(J * K, (K, 1, 3)), r"\sum_{k=1}^{3} j k"),
    "half-a-sum": (sp.Sum(J, (J, 1, n)) / 2, r"\frac{1}{2} \sum_{j=1}^{n} j"),
    "factors-before-a-sum-keep-it-in-the-fraction": (
        sp.exp(-z) * sp.Sum(J, (J, 1, n)) / n,
        r"\frac{e^{- z} \sum_{j=1}^{n} j}{n}",
    ),
    "slope-of-a-product": (
        sp.Derivative(z * sp.Function("f")(z), z),
        r"\frac{d}{d z} \left(z f{\left(z \right)}\right)",
    ),
    "share-of-a-slope": (
        sp.Derivative(z**2, z) / n,
        r"\frac{1}{n} \frac{d}{d z} z^{2}",
    ),
    "slope": (
        sp.Derivative(sp.Function("sigma")(z), z),
        r"\frac{d}{d z} \sigma{\left(z \right)}",
    ),
    "number-taken-away": (sp.Symbol("p") - sp.Symbol("eps"), r"p - \varepsilon"),
    "product-taken-away": (sp.Symbol("y") - sp.Symbol("a") * z, "y - a z"),
    "all-taken-away": (-sp.Symbol("a") - z, "- a - z"),
    "number-from-1": (1 - sp.Symbol("a"), "1 - a"),
    "limit": (sp.Limit(z, z, sp.oo), r"\lim_{z \to \infty} z"),
    "limit-from-one-side": (sp.Limit(z, z, 0, "-"), r"\lim_{z \to 0^-} z"),
    "limit-from-the-other": (sp.Limit(z, z, 0), r"\lim_{z \to 0^+} z"),
}


@pytest.mark.parametrize(
    ("expression", "written"), EXPRESSIONS.values(), ids=EXPRESSIONS
)
def test_expressions_are_written_as_in_the_book(expression, written):
    assert latex(expression) == written


def test_a_function_of_no_name_is_not_applied_to_a_matrix():
    with pytest.raises(ValueError, match="name the function that is applied in"):
        latex(Z1.applyfunc(lambda v: 2 * v))


@pytest.mark.parametrize(
    "expression", [sp.sign(z), sp.gamma(z) * sp.erf(z) * sp.asin(z)], ids=str
)
def test_a_function_that_the_book_does_not_use_is_refused(expression):
    with pytest.raises(ValueError, match="no way to write the symbol"):
        latex(expression)


def test_the_names_of_the_symbols_that_are_shown_are_known():
    shown = H(W2.T * dZ2, Z1.applyfunc(g1)), sp.OneMatrix(n, 1), sp.tanh(z)
    assert names_in(*shown) == ["W2", "Z1", "dZ2", "g1'", "ones", "tanh", "z"]
    assert names_in(sp.Integer(2)) == []
