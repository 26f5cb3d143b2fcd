"""The directive ``symbols``: every symbol of the numbered equations, what it stands for, and where it stands.

The equations come from the ledger, the meanings from ``symbols.toml``, letter by letter. The strict build fails for a
letter without a meaning, and for a meaning whose letter no equation shows.
"""

import re
import tomllib
from pathlib import Path

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from bookext.common.tables import between, in_words, lines, math, row, table, xref
from shallowlib.proof.printing import NAME, tex

MEANINGS = "symbols.toml"
SHOWN = 3  # equations named for each letter

logger = logging.getLogger(__name__)


class SymbolList(nodes.General, nodes.Element):
    """What stands in for the table until every page is read."""


class Symbols(SphinxDirective):
    """The table of all symbols."""

    def run(self):
        self.env.note_dependency(str(Path(self.env.srcdir, MEANINGS)))
        return [SymbolList()]


def meanings_in(folder):
    """{letter, as named in code: what it stands for}."""
    return tomllib.loads(Path(folder, MEANINGS).read_text(encoding="utf-8"))


def letter_of(name):
    """The letter of a symbol's name, or its word, without marks."""
    return NAME.fullmatch(name)["base"]


def form_of(name):
    """A symbol's name without numbers below, of which there are too many to list: w_12 as w."""
    return re.sub(r"_\d+$", "", name)


def used_in(env):
    """{letter: (its forms, its equations)}, the equations in the order of the book."""
    root = env.config.root_doc
    pages = [root, *env.toctree_includes[root]]
    used = {}
    for label, entry in sorted(
        env.ledger.items(), key=lambda item: pages.index(item[1]["page"])
    ):
        for name in entry["symbols"]:
            forms, labels = used.setdefault(letter_of(name), (set(), {}))
            forms.add(form_of(name))
            labels[label] = True
    return {
        letter: (sorted(forms, key=lambda form: (len(form), form)), list(labels))
        for letter, (forms, labels) in used.items()
    }


class FillIn(SphinxPostTransform):
    """Put the table where its directive stands."""

    default_priority = 5  # before references are resolved

    def run(self):
        for node in list(self.document.findall(SymbolList)):
            node.replace_self(
                self.table(meanings_in(self.app.srcdir), used_in(self.env))
            )

    def table(self, meanings, used):
        heads = [[nodes.Text(head)] for head in ("Symbol", "Stands for", "Stands in")]
        rows = []
        for letter in (letter for letter in meanings if letter in used):
            forms, labels = used[letter]
            written = [math(tex(form)) for form in forms]
            where = [xref("math", "eq", label) for label in labels[:SHOWN]]
            more = [nodes.Text(f" and {len(labels) - SHOWN} more")] * (
                len(labels) > SHOWN
            )
            comma = nodes.Text(", ")
            cells = (
                between(comma, written),
                in_words(meanings[letter]),
                between(comma, where) + more,
            )
            rows.append(row(*(lines([cell]) for cell in cells)))
        return table(heads, rows, ["symbols", "colwidths-given"], (30, 45, 25))


def check(app, env):
    """Refuse a letter without a meaning, and a meaning without a letter."""
    meanings, used = meanings_in(app.srcdir), used_in(env)
    for letter in used.keys() - meanings.keys():
        logger.warning(
            "%s of %s is not explained: say in %s what it stands for",
            letter,
            used[letter][1][0],
            MEANINGS,
        )
    for letter in meanings.keys() - used.keys():
        logger.warning(
            "%s is explained in %s, and no numbered equation shows it", letter, MEANINGS
        )


def setup(app):
    app.add_directive("symbols", Symbols)
    app.add_node(SymbolList)
    app.add_post_transform(FillIn)
    app.connect("env-check-consistency", check)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
