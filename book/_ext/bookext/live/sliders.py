"""Knobs: sliders below a figure that set a number in its cell, and run it again in the page.

    ---
    knobs:
      alpha: [0.05, 4, 0.05]    # smallest, largest, step
    mystnb: …
    ---
    alpha = 0.5

The cell has a line ``alpha = `` and a number for each knob, which is where the author has left it: what is seen before a
reader turns it, on paper, and without a script. ``page/sliders.js`` does the rest, when the page's cells are live.
"""

import html
import re

from docutils import nodes
from sphinx.util import logging

SLIDER = """\
<p class="knob"><label><code>{name}</code> <input type="range" name="{name}" min="{low}" max="{high}" step="{step}" value="{value}"></label> \
<output>{value}</output></p>
"""

logger = logging.getLogger(__name__)


def sliders(cell, code):
    """HTML of its knobs; None, and a warning, where one has no line in the code."""
    found = []
    for name, (low, high, step) in cell["cell_metadata"]["knobs"].items():
        line = re.search(rf"^{re.escape(name)} = (-?[\d.]+)$", code, re.M)
        if not line or not low <= float(line[1]) <= high:
            logger.warning(
                "the knob %s needs a line “%s = ” with a number from %s to %s in its cell",
                name,
                name,
                low,
                high,
                location=cell,
            )
            return None
        found.append(
            SLIDER.format(
                name=html.escape(name), low=low, high=high, step=step, value=line[1]
            )
        )
    return f'<div class="knobs d-print-none" hidden>{"".join(found)}</div>'


def add(app, doctree, docname):
    """Put the sliders below what a cell shows."""
    if app.builder.name != "html" or app.live is None:
        return
    for cell in list(doctree.findall(nodes.container)):
        if "knobs" in cell.get("cell_metadata", {}):
            made = sliders(cell, cell.next_node(nodes.literal_block).astext())
            if made:
                cell += nodes.raw("", made, format="html")


def setup(app):
    app.setup_extension("bookext.live.cells")
    app.connect("doctree-resolved", add)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
