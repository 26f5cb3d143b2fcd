r"""How the book writes its symbols: one table, from a name in code to LaTeX.

A name is a letter or a word of WORDS, then its marks, in this order:

d before it   a derivative       dW1     dW^{[1]}
digit         the layer          W1      W^{[1]}       W[l+1]   W^{[l+1]}
'             a slope, a twin    g1'     g^{[1]\prime}
(i)           the example        x(2)    x^{(2)}       x1(i)    x^{[1](i)}
_j            row, or its name   w_12    w_{12}    L_linear   L_{\text{linear}}
"""

import re

import sympy as sp
from sympy.printing.latex import LatexPrinter, accepted_latex_functions
from sympy.printing.precedence import PRECEDENCE

WORDS = {
    "alpha": r"\alpha",
    "beta": r"\beta",
    "delta": r"\delta",
    "eps": r"\varepsilon",
    "mu": r"\mu",
    "phi": r"\phi",
    "sigma": r"\sigma",
    "theta": r"\theta",
    "xi": r"\xi",
    "Omega": r"\Omega",
    "tanh": r"\tanh",
    "ReLU": r"\operatorname{ReLU}",
    "LeakyReLU": r"\operatorname{LeakyReLU}",
    "identity": r"\operatorname{identity}",
    "ones": r"\mathbf{1}",
}
NAME = re.compile(
    r"(?P<d>d?)"
    rf"(?P<base>{'|'.join(WORDS)}|[A-Za-z])"
    r"(?P<layer>\d|\[[a-z0-9+-]+\])?"
    r"(?P<prime>'*)"
    r"(?P<example>\([a-z0-9]+\))?"
    r"(?:_(?P<index>[A-Za-z]+|\d+))?"
)


def tex(name, mark_after=""):
    """LaTeX for a name in code; ValueError for one that the table lacks.

    mark_after   what follows the marks above, such as T of a transpose
    """
    mark = NAME.fullmatch(name)
    if not mark or name in ("d", "e"):  # of a derivative, Euler's
        raise ValueError(
            f"no way to write the symbol {name!r}: expected a letter or one "
            f"of {', '.join(WORDS)}, with marks as in W1, dW1, g1', x(2), "
            "w_12; no LaTeX"
        )
    base, index = mark["base"], mark["index"]
    layer = f"[{mark['layer'].strip('[]')}]" if mark["layer"] else ""
    above = layer + r"\prime" * len(mark["prime"]) + (mark["example"] or "")
    if mark_after:
        above += " " * above.endswith("prime") + mark_after
    if index and len(index) > 1 and index.isalpha():
        index = rf"\text{{{index}}}"
    return (
        mark["d"]
        + WORDS.get(base, base)
        + (f"^{{{above}}}" if above else "")
        + (f"_{{{index}}}" if index else "")
    )


class BookPrinter(LatexPrinter):
    """SymPy's printer, with the book's symbols, and * for entry by entry.

    names   the names in code of all symbols that it has written
    """

    def __init__(self):
        super().__init__({"mat_delim": "", "mat_str": "pmatrix"})
        self.names = set()

    def write(self, name, mark_after=""):
        """A symbol, by its name in code."""
        self.names.add(name)
        return tex(name, mark_after)

    def _print_Symbol(self, expr, style="plain"):
        from_side = expr.name in ("+", "-")  # of a limit
        return expr.name if from_side else self.write(expr.name)

    _print_Dummy = _print_MatrixSymbol = _print_Symbol

    def _hprint_Function(self, func):
        if func in accepted_latex_functions and func not in WORDS:
            return super()._hprint_Function(func)
        return self.write(func)

    def _as_ordered_terms(self, expr, order=None):
        """What is taken away stands last: p - eps, not -eps + p."""
        terms = super()._as_ordered_terms(expr, order)
        return sorted(terms, key=lambda term: self._print(term)[0] == "-")

    def _print_MatAdd(self, expr):
        """W x + b, A - Y: products before symbols, what is taken away last."""
        written = {term: self._print(term) for term in expr.args}
        terms = sorted(
            expr.args, key=lambda t: (written[t][0] == "-", t.is_symbol, str(t))
        )
        return " + ".join(map(written.get, terms)).replace("+ - ", "- ")

    def _print_Transpose(self, expr):
        if isinstance(expr.arg, sp.MatrixSymbol):
            return self.write(expr.arg.name, mark_after="T")  # W^{[2]T}
        return rf"{self.parenthesize(expr.arg, 1000, strict=True)}^{{T}}"

    def _print_MatrixElement(self, expr):
        """Counted from 1, and with one index in a column: a_{j}."""
        i, j = (n + 1 if n.is_Integer else n for n in expr.indices)
        indices = [i] if expr.parent.cols == 1 else [i, j]
        return self.with_index(expr.parent, indices)

    def _print_Indexed(self, expr):
        return self.with_index(expr.base.label, expr.indices)

    def with_index(self, base, indices):
        """W_{kj}: a name with its indices below, in one piece."""
        written = [self._print(index) for index in indices]
        comma = "" if all(len(index) == 1 for index in written) else ","
        name = self._print(base)
        name = f"{{{name}}}" if "_" in name else name
        return f"{{{name}_{{{comma.join(written)}}}}}"

    def _print_Sum(self, expr):
        """One sign for each index, the outer one first."""
        signs = [
            rf"\sum_{{{k}={first}}}^{{{last}}}"
            for k, first, last in (map(self._print, limit) for limit in expr.limits)
        ]
        inner = self.parenthesize(expr.function, PRECEDENCE["Mul"], strict=True)
        return " ".join([*reversed(signs), inner])

    def _print_Mul(self, expr):
        """A sum or a derivative stands beside its fraction, not in it."""
        over, under = sp.fraction(expr, exact=True)
        if isinstance(over, sp.Sum | sp.Derivative) and under != 1:
            return f"{self._print(1 / under)} {self._print(over)}"
        return super()._print_Mul(expr)

    def _print_Derivative(self, expr):
        text, inner = super()._print_Derivative(expr), self._print(expr.expr)
        if expr.expr.is_Mul and text.endswith(inner):
            text = rf"{text.removesuffix(inner)}\left({inner}\right)"
        return text

    def _print_matrix_contents(self, expr):
        """Rows of fractions stand apart."""
        text = super()._print_matrix_contents(expr)
        return text.replace(r"\\", r"\\[6pt]") if r"\frac" in text else text

    def _print_HadamardProduct(self, expr):
        return r" \ast ".join(
            self.parenthesize(factor, PRECEDENCE["Mul"], strict=True)
            for factor in expr.args
        )

    def _print_ElementwiseApplyFunction(self, expr):
        letter = sp.Dummy()
        function = expr.function(letter).func
        if expr.function(letter) != function(letter):
            raise ValueError(f"name the function that is applied in {expr}")
        return self._print(function(expr.expr))

    def _print_OneMatrix(self, expr):
        is_row = expr.rows == 1 and expr.cols != 1
        return self.write("ones", mark_after="T" if is_row else "")


def latex(expression):
    """The LaTeX of a SymPy expression, written as everywhere in the book."""
    return BookPrinter().doprint(expression)


def names_in(*expressions):
    """The names in code of the symbols that these show, in order."""
    printer = BookPrinter()
    for expression in expressions:
        printer.doprint(expression)
    return sorted(printer.names)
