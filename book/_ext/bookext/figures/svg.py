"""Figures: SVG that comes out the same in every build, each with a twin drawn for the dark.

Kernels read their IPython configuration from a folder under the build folder, made here, so
that no cell has to hold plumbing. The look of the figures is in ``book/matplotlibrc``; ``common/dark.py`` has
the twin of each of its colors. A figure in a color without a twin is a warning, so the strict build fails.
"""

import os
import re
from pathlib import Path

from docutils import nodes
from sphinx.util import logging

from bookext.common.dark import COLOR, in_the_dark, twin

CONFIG = """\
c.InlineBackend.figure_formats = {"svg"}
c.InlineBackend.print_figure_kwargs = {"bbox_inches": "tight", "metadata": {"Date": None}}
c.HistoryManager.enabled = False
c.IPKernelApp.log_level = "ERROR"
# What a cell prints arrives in one piece: where pieces are joined, empty lines are lost, now here and now there.
c.InteractiveShellApp.exec_lines = ["__import__('sys').stdout.flush_interval = 600"]
"""

SIZE = re.compile(r'<svg [^>]*?width="([\d.]+)pt" height="([\d.]+)pt"')

logger = logging.getLogger(__name__)


def configure_kernels(app):
    """Write the kernels' configuration and point them to it."""
    profile = Path(app.outdir).parent / "ipython" / "profile_default"
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "ipython_kernel_config.py").write_text(CONFIG, encoding="utf-8")
    os.environ["IPYTHONDIR"] = str(profile.parent)


def read_figures(app, doctree, docname):
    """Note the size of each figure, name its file for its label, and see that every color has a twin."""
    if app.builder.name not in ("html", "singlehtml"):
        return
    for image in doctree.findall(nodes.image):
        path = Path(app.srcdir, image["uri"])
        if path.suffix != ".svg" or not path.is_file():
            continue
        svg = path.read_text(encoding="utf-8")
        size = SIZE.search(svg)
        if size is None:
            continue
        if docname == app.config.root_doc:  # the front page begins with its picture
            image["at_once"] = True
        image["svg_size"] = [round(float(points) * 4 / 3) for points in size.groups()]
        if strange := sorted(c for c in set(COLOR.findall(svg)) if twin(c) is None):
            logger.warning(
                "a figure in %s, which has no twin for the dark in common/dark.py",
                strange,
                location=image,
            )
        if isinstance(image.parent, nodes.figure) and image.parent["ids"]:
            docnames, _ = app.env.images[image["uri"]]
            app.env.images[image["uri"]] = (docnames, f"{image.parent['ids'][0]}.svg")


def visit_image(self, node):
    """A figure of known size twice, for light and for dark pages; CSS shows one, and only that is loaded."""
    if "svg_size" not in node or self.builder.name not in ("html", "singlehtml"):
        return type(self).visit_image(self, node)
    name = self.builder.images[node["uri"]]
    width, height = node["svg_size"]
    twins = {"figure-light": name, "figure-dark": dark_name(name)}
    if self.builder.name == "singlehtml":  # goes on paper
        twins.pop("figure-dark")
    for kind, file in twins.items():
        self.body.append(
            self.emptytag(
                node,
                "img",
                "",
                CLASS=kind,
                src=f"{self.builder.imgpath}/{file}",
                alt=node.get("alt", ""),
                width=width,
                height=height,
                loading="eager"
                if node.get("at_once") and kind == "figure-light"
                else "lazy",
            )
        )
    return None


def depart_image(self, node):
    return None


def dark_name(name):
    """The file of a figure's twin."""
    return name.removesuffix(".svg") + ".dark.svg"


def draw_twins(app, exception):
    """Write the twins beside the figures."""
    if exception or app.builder.name != "html":
        return
    folder = Path(app.outdir, "_images")
    for name in sorted(app.builder.images.values()):
        if name.endswith(".svg"):
            svg = (folder / name).read_text(encoding="utf-8")
            (folder / dark_name(name)).write_text(in_the_dark(svg), encoding="utf-8")


def setup(app):
    app.add_node(nodes.image, override=True, html=(visit_image, depart_image))
    app.connect("builder-inited", configure_kernels)
    app.connect("doctree-resolved", read_figures)
    app.connect("build-finished", draw_twins)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
