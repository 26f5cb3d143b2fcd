"""Reads the LaTeX of the book's steps by hand as SymPy, and checks them link by link.

The reader knows the book's notation and nothing else: what it cannot read is an error, never skipped. (SymPy's
own readers of LaTeX know neither z^{[2]}_k nor fractions of derivatives, nor most products without a sign.)
A symbol's name is written as in code: z^{[2]}_k is entry k of z2, g^{[1]\\prime} is g1', W^{[l+1]} is Wl+1. What
names stand for comes as {name: number, expression, matrix, function, or size that a sum runs to}, and also

sizes   {index: how far it runs}: sums are written out, free indices take all their values
at      {letter: number}, put in once all derivatives are taken
dL/dz   a derivative by something that is no letter; other derivatives SymPy takes itself
"""

import itertools
import re

import sympy as sp

from shallowlib.proof.equality import NotProvedError, how_equal

SPACE = re.compile(r"\\(?:left|right|[Bb]igg?[lr]?)(?![a-z])|\\[,;:! ]|&|\s")
TOKEN = re.compile(r"\\[A-Za-z]+|\d|[A-Za-z]|'+|[-+*/^_(){}\[\],.=]")
COMMANDS = {
    "{": "group",
    "\\frac": "frac",
    "\\sum": "add_up",
    "\\log": "log",
    "\\underbrace": "underbrace",
}
ABOVE = re.compile(r"(?:\[(\w+(?:[+-]1)?)\])?(T?)('*)")


class Reader:
    """Reads the LaTeX of one member of a chain as SymPy; meaning: {name: value, function or size}."""

    def __init__(self, latex, meaning):
        latex = SPACE.sub(" ", re.sub(r"\\[dt]frac", r"\\frac", latex)).replace(
            "\\prime", "'"
        )
        if unknown := TOKEN.sub("", latex).strip():
            raise ValueError(f"no way to read {unknown!r} in {latex}")
        self.tokens, self.at, self.meaning = TOKEN.findall(latex), 0, dict(meaning)

    @property
    def next(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, *expected):
        token = self.next
        if not token or (expected and token not in expected):
            raise ValueError(
                f"cannot read on at {token!r} after {' '.join(self.tokens[: self.at])}"
            )
        self.at += 1
        return token

    def whole(self):
        value = self.sum()
        if self.next:
            self.take("the end")
        return value

    def sum(self):
        sign = self.take() if self.next in ("+", "-") else "+"
        value = self.product() if sign == "+" else -self.product()
        while self.next in ("+", "-"):
            value = (
                value + self.product() if self.take() == "+" else value - self.product()
            )
        return value

    def product(self):
        value = self.power()
        while self.next and self.next not in "+-)}],=":
            sign = self.take() if self.next in ("*", "/", "\\cdot") else ""
            factor = self.power()
            if sign == "*" and isinstance(value, sp.MatrixBase):
                value = value.multiply_elementwise(factor)
            else:
                value = value / factor if sign == "/" else value * factor
        return value

    def power(self):
        value = self.atom()
        while self.next == "^":
            self.take()
            value = (
                value.T if (power := self.text()) == "T" else value ** self.read(power)
            )
        return value

    def read(self, latex):
        return Reader(latex, self.meaning).whole()

    def text(self):
        """What stands in braces, not yet read, or one token."""
        token, inside = self.take(), []
        if token != "{":
            return token
        while self.next != "}":
            inside.append("{" + self.text() + "}" if self.next == "{" else self.take())
        self.take("}")
        return " ".join(inside)

    def atom(self):
        token = self.next
        if token == "(":
            self.take()
            value = self.sum()
            self.take(")")
            if self.next == "_":  # an entry of a product of matrices
                self.take()
                return self.entry(value, self.text())
            return self.meaning[self.take()](value) if self.next == "'" else value
        if token.isdigit():
            number = ""
            while self.next.isdigit() or self.next == ".":
                number += self.take()
            return sp.Rational(number)
        if token in COMMANDS:
            return getattr(self, COMMANDS[token])()
        name, subscripts, transposed = self.name()
        value = self.look_up(name, subscripts)
        if callable(value) and not isinstance(value, sp.Basic):
            self.take("(")
            args = [self.sum()]
            while self.take(",", ")") == ",":
                args.append(self.sum())
            value = value(*args)
        return value.T if transposed else value

    def group(self):
        return self.read(self.text())

    def log(self):
        self.take()
        return sp.log(self.power())

    def underbrace(self):
        self.take()
        value = self.read(self.text())
        self.take("_")
        same(
            value, self.read(self.text()), self.meaning
        )  # what stands below is another name for it
        return value

    def frac(self):
        self.take()
        above, below = self.text(), self.text()
        d = r"(?:\\partial|d)(?: \^ (2))? ([A-Za-z].*?)(?: \^ 2)?"
        over, under = re.fullmatch(d, above), re.fullmatch(d, below)
        if not (over and under):
            return self.read(above) / self.read(below)
        (f, i, _), (x, j, _) = (Reader(match[2], {}).name() for match in (over, under))
        if f"d{f}/d{x}" in self.meaning:
            return self.look_up(f"d{f}/d{x}", i + j)
        return sp.diff(self.look_up(f, i), self.look_up(x, j), int(over[1] or 1))

    def add_up(self):
        self.take()
        self.take("_")
        index, _, first = self.text().replace(" ", "").partition("=")
        last = (
            self.read(self.text())
            if self.next == "^" and self.take()
            else self.meaning["sizes"][index]
        )
        start, terms, outer = self.at, [], dict(self.meaning)
        for self.meaning[index] in range(int(first or 1), last + 1):
            self.at = start
            terms.append(self.product())
        self.meaning = outer
        return sum(terms[1:], terms[0])

    def name(self):
        """(z2, kj, False) for z^{[2]}_{kj}: name, subscripts, whether it is transposed."""
        name, subscripts, transposed = self.take(), "", False
        if name == "d" and self.next.isalpha():
            name += self.take()
        while self.next and self.next[0] in "'^_":
            start = self.at
            mark = self.take()
            if mark == "_":
                subscripts = self.text().replace(" ", "")
            elif mark != "^":
                name += mark
            elif match := ABOVE.fullmatch(self.text().replace(" ", "")):
                layer, T, primes = match.groups()
                name, transposed = name + (layer or "") + primes, transposed or bool(T)
            else:  # a power
                self.at = start
                break
        return name, subscripts, transposed

    def look_up(self, name, subscripts):
        subscripts = "".join(
            str(self.meaning.get(s, s)) if s in "ijkl" else s for s in subscripts
        )
        for known in (f"{name}_{subscripts}", name):
            if known in self.meaning and (known != name or not subscripts):
                return self.meaning[known]
        if name not in self.meaning:
            raise ValueError(f"nothing says what {name} stands for")
        return self.entry(self.meaning[name], subscripts)

    def entry(self, M, subscripts):
        """M_kj or v_k, where the indices have values; they count from 1."""
        numbers = [int(self.meaning.get(s, s)) - 1 for s in subscripts.replace(" ", "")]
        return M[tuple(numbers)] if len(numbers) == 2 else M[numbers[0]]


def blocks_in(text):
    """The $$ blocks of a page's text."""
    text = re.sub(r"^```\{code-cell\}.*?^```$", "", text, flags=re.M | re.S)
    return [block.strip() for block in re.findall(r"\$\$(.*?)\$\$", text, re.S)]


def beginning(block):
    """A block without its outer lines and spaces, by which the tables know it."""
    return re.sub(r"\s|&|\\begin\{aligned\}", "", block)


def chains_in(block):
    """The chains of a block, each a list of LaTeX members; reasons and words are left out."""
    chains = []
    for row in re.sub(r"\\(begin|end)\{aligned\}", "", block).split(r"\\"):
        for part in re.split(r"&&|,\s*&|\\qquad|\\quad", row):
            part = part.strip().strip("&").strip().rstrip(".,").strip()
            if not part or part.startswith(r"\text"):
                continue
            continues = part.startswith("=")
            members = [
                member for member in re.split(r"=(?![^{}]*\})", part) if member.strip()
            ]
            if continues:
                chains[-1] += members
            else:
                chains.append(members)
    return [chain for chain in chains if len(chain) > 1]


def same(left, right, meaning):
    """Raise NotProvedError unless both are equal, at the point named in the meaning if there is one."""
    left, right = (
        sp.sympify(side).xreplace(meaning.get("at", {})) for side in (left, right)
    )
    if left != right:
        how_equal(left, right)


def check(block, meaning):
    """Raise NotProvedError unless neighbors in each chain are equal, for each value of the free indices."""
    sizes = meaning.get("sizes", {})
    chains = chains_in(block)
    assert chains, "no chain of equalities in this block"
    for chain in chains:
        free = [
            index for index in sizes if re.search(rf"_(\{{\w*)?{index}", "".join(chain))
        ]
        for values in itertools.product(
            *(range(1, sizes[index] + 1) for index in free)
        ):
            here = meaning | dict(zip(free, values, strict=True))
            sides = [Reader(member, here).whole() for member in chain]
            for pair, members in zip(
                itertools.pairwise(sides), itertools.pairwise(chain), strict=True
            ):
                try:
                    same(*pair, here)
                except NotProvedError as error:
                    raise NotProvedError(
                        f"{' = '.join(m.strip() for m in members)}: {error}"
                    ) from error


def with_a_sign_flipped(block):
    """The block with its last sign flipped, outside reasons and names; None if it has none."""
    kept = re.sub(
        r"\\text\{[^{}]*\}|\[[^]]*\]|_\{[^{}]*\}|&& .*$",
        lambda m: " " * len(m[0]),
        block,
        flags=re.M,
    )
    last = max(kept.rfind("+"), kept.rfind("-"))
    return (
        block[:last] + {"+": "-", "-": "+"}[block[last]] + block[last + 1 :]
        if last >= 0
        else None
    )
