"""Directives that stand for what is known only when a page is written, and stands in the pages alone: in the other forms
of the book it is nothing."""

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

FILLERS = {}  # name of a directive: what makes the nodes in its place, called with the app


class Placeholder(nodes.General, nodes.Element):
    """What stands where a directive stood until the page is written."""


class PlaceholderDirective(SphinxDirective):
    def run(self):
        return [Placeholder(name=self.name)]


def add(app, name, fill):
    """Add a directive; ``fill(app)`` gives the nodes in its place."""
    app.setup_extension(__name__)
    app.add_directive(name, PlaceholderDirective)
    FILLERS[name] = fill


def fill_in(app, doctree, docname):
    for node in list(doctree.findall(Placeholder)):
        node.replace_self(
            FILLERS[node["name"]](app) if app.builder.name == "html" else []
        )


def setup(app):
    app.add_node(Placeholder)
    app.connect("doctree-resolved", fill_in)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
