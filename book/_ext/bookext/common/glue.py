"""What a page's cells have glued for its figures, as ``<prefix><name of the figure>``."""

from functools import cache

from docutils import nodes
from myst_nb.ext.glue.crossref import read_glue_cache
from sphinx.util import logging

logger = logging.getLogger(__name__)


@cache
def read(folder, page, prefix):
    glued = read_glue_cache(folder, page)
    return {
        name.removeprefix(prefix): glued[name]["data"]
        for name in sorted(glued)
        if name.startswith(prefix)
    }


def for_figures(app, page, prefix):
    """{name of a figure: {MIME type: what is glued for it}}."""
    return read(app.env.mystnb_config.output_folder, page, prefix)


def figures_with(app, doctree, page, prefix):
    """(figure, what is glued for it) of a page, in order. What has no figure there is a warning, so the build fails."""
    glued = for_figures(app, page, prefix)
    figures = [
        (figure, name)
        for figure in doctree.findall(nodes.figure)
        for name in figure["ids"]
        if name in glued
    ]
    for name in glued.keys() - {name for _, name in figures}:
        logger.warning(
            "%s%s is glued, and the page has no figure %s",
            prefix,
            name,
            name,
            location=page,
        )
    return [(figure, glued[name]) for figure, name in figures]
