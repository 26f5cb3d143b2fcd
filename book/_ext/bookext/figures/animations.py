"""Figures that move: the player for a ``film`` of shallowlib.

The cell shows the last moment, as any figure. The page's last cell glues the film itself as ``film-<name of the
figure>``; its drawings are then written to ``_static/films``, from where ``animations.js`` fetches them when a reader
presses the button. On paper, without a script and in the other forms the figure stands still.
"""

from pathlib import Path

from sphinx.errors import ExtensionError

from bookext.common import assets, glue
from bookext.common.dark import COLOR, INK, twin
from shallowlib.animation import MIME

PREFIX = "film-"
SCRIPT = Path(__file__).with_suffix(".js")


def mark_figures(app, doctree, docname):
    """Let the script find the figures that have a film."""
    for figure, _ in glue.figures_with(app, doctree, docname, PREFIX):
        figure["classes"].append("film")


def colors_of(film):
    """{color: its twin for the dark}, of all that a film is drawn in."""
    texts = [
        text
        for part in film["parts"]
        for text in ([part] if isinstance(part, str) else part)
    ]
    return {color: twin(color) for text in texts for color in COLOR.findall(text)}


def write(app, exception):
    """A script for each film, which hands its drawings to the player: scripts work in a folder too."""
    if exception or app.builder.name != "html":
        return
    for page in sorted(app.env.found_docs):
        for name, bundle in glue.for_figures(app, page, PREFIX).items():
            if (
                MIME not in bundle
            ):  # IPython has put the error into the cell's output, and gone on
                raise ExtensionError(
                    f"{page}: {PREFIX}{name} is glued without its drawings; the output of its cell says why"
                )
            film = bundle[MIME]
            data = film | {"dark": {"#000000": INK} | colors_of(film)}
            assets.write_call(
                Path(app.outdir, "_static", "films", f"{name}.js"),
                "showFilm",
                name,
                data,
            )


def load_player(app, pagename, templatename, context, doctree):
    """The player, on pages with a film only."""
    if app.builder.name == "html" and glue.for_figures(app, pagename, PREFIX):
        app.add_js_file(SCRIPT.name, loading_method="defer")


def setup(app):
    app.connect("builder-inited", lambda app: assets.copy(app, SCRIPT))
    app.connect("doctree-resolved", mark_figures)
    app.connect("html-page-context", load_player)
    app.connect("build-finished", write)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
