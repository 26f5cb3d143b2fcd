"""A figure that moves: one drawing at several moments, as SVG.

draw      a function of a figure and a moment that draws on the figure
moments   what it is called with, in order; the last is the still figure
parts     of the drawing, in order: text, or one text for each moment
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from io import StringIO
from xml.etree import ElementTree

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
MIME = "application/vnd.shallowlib.film+json"
PATH = re.compile(r' d="[^"]*"')
DIGITS = re.compile(r"(\.\d\d)\d+")


@dataclass(frozen=True, eq=False)
class Frames:
    """The drawing at all moments; what stands still is there once.

    width, height   in points
    labels          a few words for each moment
    draw_parts      draws all moments and gives the parts
    """

    width: float
    height: float
    labels: list
    draw_parts: Callable

    @cached_property
    def parts(self):
        """The parts, see above, drawn when they are first asked for.

        Raises ValueError where the drawings differ in the number of their
        parts, or where the last is no longer the still.
        """
        return self.draw_parts()

    def _repr_mimebundle_(self, **_):
        """For the book's pages, which show it in a player."""
        content = {
            "width": self.width,
            "height": self.height,
            "parts": self.parts,
            "labels": self.labels,
        }
        return {"text/plain": repr(self), MIME: content}

    def __repr__(self):
        first, last = self.labels[0], self.labels[-1]
        return f"{len(self.labels)} frames, {first} to {last}"


@dataclass(frozen=True, eq=False)
class Film:
    """A figure, still in a notebook, and its frames for the pages."""

    still: str  # SVG of the last moment
    frames: Frames

    def _repr_svg_(self):
        return self.still


def film(draw, moments, *, figsize, label="step"):
    """Call ``draw(figure, moment)`` for the last moment, on a new figure.

    All moments are drawn, each on a new figure, when the parts of the frames
    are first asked for; until then, what draw uses must not change.

    figsize  (width, height) in inches
    label    what a moment is called: "step" gives step 0, step 10, …

    Raises ValueError where there is no moment.
    """
    moments = list(moments)
    if not moments:
        raise ValueError("a film needs at least one moment: got none")
    still = svg_of(draw, moments[-1], figsize)
    root = ElementTree.fromstring(still)
    width, height = (float(root.get(k)[:-2]) for k in ("width", "height"))
    labels = [f"{label} {moment}" for moment in moments]

    def draw_parts():
        drawings = [svg_of(draw, moment, figsize) for moment in moments]
        if drawings[-1] != still:
            raise ValueError(
                "the frames must end with the still, but what draw uses has "
                "changed since the film was made: got another last drawing"
            )
        return parts_of_all(drawings)

    return Film(still, Frames(width, height, labels, draw_parts))


def parts_of_all(drawings):
    """The parts of drawings, each once where it is the same in all.

    Raises ValueError where the drawings differ in the number of their parts.
    """
    split = [parts_of(drawing) for drawing in drawings]
    counts = {len(parts) for parts in split}
    if len(counts) > 1:
        raise ValueError(
            "every moment must draw the same parts, lines and texts that "
            f"change but do not come and go: got {sorted(counts)} of them"
        )
    return [
        list(same) if len(set(same)) > 1 else same[0]
        for same in zip(*split, strict=True)
    ]


def svg_of(draw, moment, figsize):
    """The drawing of a moment as SVG, the same text for the same drawing."""
    import matplotlib  # here: the rest of this file does without it
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    with matplotlib.rc_context({"svg.hashsalt": "film"}):
        figure = Figure(figsize=figsize)
        FigureCanvasSVG(figure)
        draw(figure, moment)
        file = StringIO()
        figure.savefig(file, format="svg", metadata={"Date": None})
    return file.getvalue()


def parts_of(drawing):
    """What an SVG consists of: its texts, lines, ticks and clips, in order."""
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", XLINK)
    [figure] = ElementTree.fromstring(drawing).iterfind(f"{{{SVG}}}g")
    parts = []
    for group in figure:
        is_axes = group.get("id", "").startswith("axes_")
        parts += list(group) if is_axes else [group]
    parts += ElementTree.fromstring(drawing).findall(f".//{{{SVG}}}clipPath")
    return [written(part) for part in parts]


def written(part):
    """A part as text within an SVG, short."""
    text = ElementTree.tostring(part, encoding="unicode").strip()
    text = re.sub(r' xmlns(:xlink)?="[^"]*"', "", text)
    text = re.sub(r"\s+", " ", text)
    return PATH.sub(lambda path: DIGITS.sub(r"\1", path[0]), text)
