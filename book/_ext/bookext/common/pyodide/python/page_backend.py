"""Matplotlib's backend in the page: ``plt.show()`` shows the open figures below the cell."""

import display
from matplotlib.backends.backend_agg import FigureCanvasAgg as FigureCanvas  # noqa: F401


def show(*args, **kwargs):
    display.flush_figures()
