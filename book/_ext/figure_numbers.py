"""The numbers of a figure as a table, folded away below it: for readers who cannot see it, or want to compute with them.

The page's last cell glues them as ``numbers-<name of the figure>``: {heading: column}, of texts and plain numbers. A
heading may hold a formula between dollars. On paper there are none.
"""

import ast

from docutils import nodes
from folded import Folded, Summary
from ledger import in_words, lines, row
from myst_nb.ext.glue.crossref import read_glue_cache
from sphinx.util import logging

PREFIX = "numbers-"

logger = logging.getLogger(__name__)


def table_of(columns):
    """The table of {heading: column}."""
    group = nodes.tgroup(cols=len(columns))
    group += [nodes.colspec(colwidth=1) for _ in columns]
    group += nodes.thead("", row(*(lines([in_words(heading)]) for heading in columns)))
    rows = zip(*columns.values(), strict=True)
    group += nodes.tbody("", *(row(*(lines([in_words(str(n).replace("-", "−"))]) for n in numbers)) for numbers in rows))
    return nodes.table("", group, classes=["numbers"])


def add_tables(app, doctree, docname):
    """Put each table below its figure, and refuse one whose figure is missing."""
    glued = read_glue_cache(app.env.mystnb_config.output_folder, docname)
    texts = {name.removeprefix(PREFIX): glued[name]["data"]["text/plain"] for name in glued if name.startswith(PREFIX)}
    tables = {name: ast.literal_eval(text) for name, text in texts.items()}
    for figure in list(doctree.findall(nodes.figure)):
        for name in tables.keys() & set(figure["ids"]):
            title = Summary("", "The numbers of this figure")
            place = figure.parent.index(figure) + 1
            figure.parent.insert(place, Folded("", title, table_of(tables.pop(name)), classes=["figure-numbers"]))
    for name in tables:
        logger.warning("numbers are glued as %s%s, and the page has no figure of this name", PREFIX, name, location=docname)


def setup(app):
    app.connect("doctree-resolved", add_tables)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
