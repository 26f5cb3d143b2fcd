"""Nodes of docutils in a few words: tables, formulas, paragraphs, cross-references."""

from docutils import nodes
from sphinx.addnodes import pending_xref


def row(*cells):
    """A table row; each cell a list of paragraphs."""
    return nodes.row("", *(nodes.entry("", *cell) for cell in cells))


def table(heads, rows, classes=(), widths=None):
    """A table below its heads, each a list of inline nodes."""
    group = nodes.tgroup(cols=len(heads))
    group += [nodes.colspec(colwidth=width) for width in widths or [1] * len(heads)]
    group += nodes.thead("", row(*(lines([head]) for head in heads)))
    group += nodes.tbody("", *rows)
    return nodes.table("", group, classes=list(classes))


def math(tex):
    """An inline formula."""
    return nodes.math(tex, tex)


def in_words(text):
    """Text with formulas between dollars, as nodes."""
    return [
        math(part) if k % 2 else nodes.Text(part)
        for k, part in enumerate(text.split("$"))
        if part
    ]


def between(separator, items):
    """The items with a copy of the separator between two of them."""
    first, *others = items
    return [first, *(node for item in others for node in (separator.copy(), item))]


def lines(items):
    """Each item, a list of inline nodes, as a paragraph of its own."""
    return [nodes.paragraph("", "", *item) for item in items]


def xref(domain, kind, target, content=None):
    """A cross-reference, to be resolved like one in the text."""
    return pending_xref(
        "",
        content or nodes.inline(),
        refdomain=domain,
        reftype=kind,
        reftarget=target,
        refexplicit=content is not None,
        refwarn=True,
    )
