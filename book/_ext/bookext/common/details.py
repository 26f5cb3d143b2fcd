"""Hints, solutions and hidden cells are folded away in HTML's own ``<details>``: they open without a script, and by
keyboard.

Any admonition of class ``dropdown`` is one, and so is a solution of sphinx-exercise. The sections in which
sphinx-exercise wraps contents go, since they repeat one id.
"""

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx_exercise.nodes import solution_node

WRAPPERS = {"exercise-content", "solution-content"}


class Folded(nodes.General, nodes.Element):
    """A block that shows only its first child, a Summary, until it is opened."""


class Summary(nodes.General, nodes.TextElement):
    """What is always seen of a folded block."""


def fold(app, doctree, docname):
    """Turn what is to be folded into Folded, and drop the wrappers."""
    if app.builder.format != "html":
        return
    for section in list(doctree.findall(nodes.section)):
        if WRAPPERS & set(section["ids"]):
            place = section.parent.index(section)
            section.parent[place : place + 1] = section.children
    for block in list(
        doctree.findall(lambda n: isinstance(n, nodes.admonition | solution_node))
    ):
        if "dropdown" in block["classes"]:
            title, *content = block.children
            classes = [c for c in block["classes"] if c != "dropdown"]
            folded = Folded(
                "",
                Summary("", "", *title.children),
                *content,
                ids=block["ids"],
                classes=classes,
            )
            block.replace_self(folded)


def visit_folded(self, node):
    self.body.append(self.starttag(node, "details", CLASS="admonition folded"))


def depart_folded(self, node):
    self.body.append("</details>\n")


def visit_summary(self, node):
    self.body.append(self.starttag(node, "summary", "", CLASS="admonition-title"))


def depart_summary(self, node):
    self.body.append("</summary>\n")


def visit_hidden_cell(self, node):
    """In place of MyST-NB's own, whose summary holds paragraphs."""
    self.body.append(
        '<details class="hide"><summary>'
        + self.encode(node["prompt_show"])
        + "</summary>"
    )


def setup(app):
    app.add_node(
        HideCodeCellNode, override=True, html=(visit_hidden_cell, depart_folded)
    )
    app.add_node(Folded, html=(visit_folded, depart_folded))
    app.add_node(Summary, html=(visit_summary, depart_summary))
    app.connect("doctree-resolved", fold)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
