"""Figures that move: the player for a ``film`` of shallowlib.

The cell shows the last moment, as any figure. The page's last cell glues the film itself as ``film-<name of the
figure>``; its drawings are then written to ``_static/films``, from where ``films.js`` fetches them when a reader
presses the button. On paper, without a script and in the other forms the figure stands still.
"""

import json
import shutil
from functools import cache
from pathlib import Path

from docutils import nodes
from myst_nb.ext.glue.crossref import read_glue_cache
from sphinx.util import logging
from svg_figures import COLOR, INK, twin

MIME = "application/vnd.shallowlib.film+json"
PREFIX = "film-"
SCRIPT = Path(__file__).with_suffix(".js")

logger = logging.getLogger(__name__)


@cache
def films_in(folder, page):
    """{figure: its film} of a page, from what its cells have glued."""
    glued = read_glue_cache(folder, page)
    return {name.removeprefix(PREFIX): glued[name]["data"][MIME] for name in glued if name.startswith(PREFIX)}


def films_of(app, page):
    return films_in(app.env.mystnb_config.output_folder, page)


def mark_figures(app, doctree, docname):
    """Let the script find the figures that have a film, and refuse a film without its figure."""
    films = films_of(app, docname)
    for figure in doctree.findall(nodes.figure):
        if films.keys() & set(figure["ids"]):
            figure["classes"].append("film")
    for name in films.keys() - {name for figure in doctree.findall(nodes.figure) for name in figure["ids"]}:
        logger.warning("a film is glued as %s%s, and the page has no figure of this name", PREFIX, name, location=docname)


def colors_of(film):
    """{colour: its twin for the dark}, of all that a film is drawn in."""
    texts = [text for part in film["parts"] for text in ([part] if isinstance(part, str) else part)]
    return {color: twin(color) for text in texts for color in COLOR.findall(text)}


def write(app, exception):
    """A script for each film, which hands its drawings to the player: scripts work in a folder too."""
    if exception or app.builder.name != "html":
        return
    folder = Path(app.outdir, "_static", "films")
    folder.mkdir(parents=True, exist_ok=True)
    for page in sorted(app.env.found_docs):
        for name, film in films_of(app, page).items():
            film |= {"dark": {"#000000": INK} | colors_of(film)}
            data = json.dumps(film, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
            (folder / f"{name}.js").write_text(f"showFilm({json.dumps(name)}, {data});\n", encoding="utf-8")


def load_player(app, pagename, templatename, context, doctree):
    """The player, on pages with a film only."""
    if app.builder.name == "html" and films_of(app, pagename):
        app.add_js_file("films.js", loading_method="defer")


def copy_player(app):
    if app.builder.name == "html":
        static = Path(app.outdir, "_static")
        static.mkdir(parents=True, exist_ok=True)
        shutil.copy(SCRIPT, static)


def setup(app):
    app.connect("builder-inited", copy_player)
    app.connect("doctree-resolved", mark_figures)
    app.connect("html-page-context", load_player)
    app.connect("build-finished", write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
