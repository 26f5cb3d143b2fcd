"""The directive ``figures``: every figure of the book, in order, with its picture, its number and its caption."""

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from bookext.common.tables import xref
from bookext.figures.svg import dark_name


class FigureList(nodes.General, nodes.Element):
    """What stands in for the list until every page is read."""


class Thumbnail(nodes.General, nodes.Element):
    """A small picture of a figure, which the words beside it describe."""


class Figures(SphinxDirective):
    """The list of all figures."""

    def run(self):
        return [FigureList()]


def read_page(app, doctree):
    """Note the figures of a page: [(label, caption)]."""
    app.env.figures[app.env.docname] = [
        (figure["ids"][0], figure.next_node(nodes.caption).deepcopy())
        for figure in doctree.findall(nodes.figure)
        if figure["ids"] and figure.next_node(nodes.caption)
    ]


class FillIn(SphinxPostTransform):
    """Put the list where its directive stands."""

    default_priority = 5  # before references are resolved

    def run(self):
        for node in list(self.document.findall(FigureList)):
            node.replace_self(self.entries())

    def entries(self):
        entries = nodes.bullet_list(classes=["figures"])
        root = self.config.root_doc
        for page in [root, *self.env.toctree_includes[root]]:
            for label, caption in self.env.figures.get(page, ()):
                number = xref("std", "numref", label)
                text = nodes.paragraph(
                    "",
                    "",
                    number,
                    nodes.Text(" "),
                    *(c.deepcopy() for c in caption.children),
                )
                for reference in text.findall(addnodes.pending_xref):
                    reference["refdoc"] = self.env.docname  # it starts from here now
                entries += nodes.list_item("", Thumbnail(figure=label), text)
        return entries


def visit_thumbnail(self, node):
    """Both twins, for decoration: the caption says what is seen."""
    if self.builder.name == "html":
        name = f"{node['figure']}.svg"
        for kind, file in (("figure-light", name), ("figure-dark", dark_name(name))):
            self.body.append(
                self.emptytag(
                    node,
                    "img",
                    "",
                    CLASS=kind,
                    src=f"_images/{file}",
                    alt="",
                    loading="lazy",
                    width=176,
                    height=112,
                )
            )
    raise nodes.SkipNode


def start(app):
    if not hasattr(app.env, "figures"):
        app.env.figures = {}


def purge(app, env, docname):
    env.figures.pop(docname, None)


def merge(app, env, docnames, other):
    env.figures |= {d: other.figures[d] for d in docnames if d in other.figures}


def setup(app):
    app.add_directive("figures", Figures)
    app.add_node(FigureList)
    app.add_node(Thumbnail, html=(visit_thumbnail, None))
    app.add_post_transform(FillIn)
    app.connect("builder-inited", start)
    app.connect("doctree-read", read_page)
    app.connect("env-purge-doc", purge)
    app.connect("env-merge-info", merge)
    return {
        "version": "1",
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
