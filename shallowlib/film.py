"""A figure that moves: one drawing at several moments, as SVG.

draw      a function of a figure and a moment that draws on the figure
moments   what it is called with, in order; the last is the still figure
parts     of the drawing, in order: text, or one text for each moment
"""

import re
from dataclasses import dataclass
from io import StringIO
from xml.etree import ElementTree

import matplotlib
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
MIME = "application/vnd.shallowlib.film+json"
PATH = re.compile(r' d="[^"]*"')
DIGITS = re.compile(r"(\.\d\d)\d+")


@dataclass(frozen=True, eq=False)
class Frames:
    """The drawing at all moments; what stands still is there once.

    width, height   in points
    parts           see above
    labels          a few words for each moment
    """

    width: float
    height: float
    parts: list
    labels: list

    def _repr_mimebundle_(self, **_):
        """For the book's pages, which show it in a player."""
        return {"text/plain": repr(self), MIME: vars(self).copy()}

    def __repr__(self):
        return f"{len(self.labels)} frames, {self.labels[0]} to {self.labels[-1]}"


@dataclass(frozen=True, eq=False)
class Film:
    """A figure, still in a notebook, and its frames for the pages."""

    still: str  # SVG of the last moment
    frames: Frames

    def _repr_svg_(self):
        return self.still


def film(draw, moments, *, figsize, label="step"):
    """Call ``draw(figure, moment)`` for every moment, each on a new figure.

    figsize  (width, height) in inches
    label    what a moment is called: "step" gives step 0, step 10, …

    Raises ValueError where there is no moment, or where the drawings differ
    in the number of their parts.
    """
    moments = list(moments)
    if not moments:
        raise ValueError("a film needs at least one moment: got none")
    drawings = [svg_of(draw, moment, figsize) for moment in moments]
    split = [parts_of(drawing) for drawing in drawings]
    counts = {len(parts) for parts in split}
    if len(counts) > 1:
        raise ValueError(
            "every moment must draw the same parts, lines and texts that "
            f"change but do not come and go: got {sorted(counts)} of them"
        )
    parts = [
        list(same) if len(set(same)) > 1 else same[0]
        for same in zip(*split, strict=True)
    ]
    root = ElementTree.fromstring(drawings[-1])
    width, height = (float(root.get(k)[:-2]) for k in ("width", "height"))
    labels = [f"{label} {moment}" for moment in moments]
    return Film(drawings[-1], Frames(width, height, parts, labels))


def svg_of(draw, moment, figsize):
    """The drawing of a moment as SVG, the same text for the same drawing."""
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
