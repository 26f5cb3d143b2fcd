"""The pictures that stand for the book elsewhere: the card of a shared link, and the cover of the EPUB.

Both are drawn while the book is built, by the book's own code, in the colors of its figures.
"""

from pathlib import Path

from bookext.common.drafts import stays

CARD, COVER = "_static/card.png", "_static/cover.png"
ALT = "Points in the shape of a flower, and the boundary that five hidden units have learned between its petals."
TITLE, LINE = "Shallow Networks", "every equation derived,\nchecked by machine and run"


def draw(app, path, size, picture, title, line):
    """The picture of size (width, height) in pixels: flower, title and line at places in fractions of it."""
    import matplotlib  # here: a draft has no use for it, and it takes its time
    import numpy as np
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    from shallowlib import datasets, initialize, logistic, tanh, train
    from shallowlib.plots import plot_boundary

    with matplotlib.rc_context(fname=Path(app.srcdir, "matplotlibrc")):
        rng = np.random.default_rng(1)
        X, Y = datasets.flower(400, rng)
        run = train(
            initialize(2, 5, 1, rng), X, Y, tanh, logistic, alpha=1.2, steps=5000
        )
        width, height = size
        figure = Figure(figsize=(width / 100, height / 100), dpi=100, layout="none")
        FigureCanvasAgg(figure)
        ax = figure.add_axes(picture)
        plot_boundary(ax, run.predict, X, Y)
        ax.set_axis_off()
        figure.text(
            *title, TITLE, fontsize=38, fontweight="bold", color="#22262b", va="top"
        )
        figure.text(
            *line, LINE, fontsize=24, color="#5a626b", va="top", linespacing=1.5
        )
        figure.savefig(path, facecolor="white", metadata={"Software": None})


def draw_all(app, exception):
    """The card beside the pages, the cover in the EPUB."""
    path = Path(app.outdir, CARD)
    if exception or app.builder.name != "html" or stays(path):
        return
    draw(app, path, (1200, 630), (0.0, 0.0, 0.5, 1.0), (0.54, 0.66), (0.54, 0.5))


def draw_cover(app):
    if app.builder.name == "epub":
        Path(app.outdir, "_static").mkdir(parents=True, exist_ok=True)
        draw(
            app,
            Path(app.outdir, COVER),
            (1200, 1600),
            (0.0, 0.0, 1.0, 0.72),
            (0.08, 0.94),
            (0.08, 0.85),
        )


def name_card(app, pagename, templatename, context, doctree):
    """Tell the page's template where the card is."""
    context["preview_card"], context["preview_card_alt"] = CARD, ALT


def setup(app):
    app.connect("builder-inited", draw_cover)
    app.connect("html-page-context", name_card)
    app.connect("build-finished", draw_all)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
