"""The numbers of a figure as a table, folded away below it: for readers who cannot see it, or want to compute with them.

The page's last cell glues them as ``numbers-<name of the figure>``: {heading: column}, of texts and plain numbers. A
heading may hold a formula between dollars. On paper there are none.
"""

import ast

from bookext.common import glue
from bookext.common.details import Folded, Summary
from bookext.common.tables import in_words, lines, row, table

PREFIX = "numbers-"


def table_of(columns):
    """The table of {heading: column}."""
    rows = zip(*columns.values(), strict=True)
    written = [
        row(*(lines([in_words(str(n).replace("-", "−"))]) for n in numbers))
        for numbers in rows
    ]
    return table([in_words(heading) for heading in columns], written, ["numbers"])


def add_tables(app, doctree, docname):
    """Put each table below its figure."""
    for figure, bundle in glue.figures_with(app, doctree, docname, PREFIX):
        table = table_of(ast.literal_eval(bundle["text/plain"]))
        title = Summary("", "The numbers of this figure")
        place = figure.parent.index(figure) + 1
        figure.parent.insert(
            place, Folded("", title, table, classes=["figure-numbers"])
        )


def setup(app):
    app.connect("doctree-resolved", add_tables)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
