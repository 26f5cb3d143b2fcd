"""What a notebook shows of an object, without IPython: {MIME type: text}. The stand-ins for IPython.display call this."""

import base64
import io
import sys

import dark

METHODS = {
    "_repr_html_": "text/html",
    "_repr_svg_": "image/svg+xml",
    "_repr_png_": "image/png",
    "_repr_latex_": "text/latex",
    "_repr_markdown_": "text/markdown",
}

show = None  # the kernel sets it: called with what is shown


def bundle_of(value):
    """All forms that an object offers."""
    bundle = {"text/plain": repr(value)}
    if hasattr(value, "_repr_mimebundle_"):
        bundle |= value._repr_mimebundle_(include=None, exclude=None)
    for method, mime in METHODS.items():
        if not isinstance(value, type) and hasattr(value, method):
            form = getattr(value, method)()
            if isinstance(form, bytes):
                form = base64.b64encode(form).decode()
            if form is not None:
                bundle[mime] = form
    if is_figure(value):
        bundle["image/svg+xml"] = drawn(value)
    if svg := bundle.get("image/svg+xml"):
        bundle["image/svg+xml; dark"] = dark.in_the_dark(svg)
    return {mime: form for mime, form in bundle.items() if isinstance(form, str)}


def display(*values, **_):
    for value in values:
        show(bundle_of(value))


def is_figure(value):
    figure = sys.modules.get("matplotlib.figure")
    return figure is not None and isinstance(value, figure.Figure)


def drawn(figure):
    """A figure as the book's own are drawn."""
    file = io.StringIO()
    figure.savefig(file, format="svg", bbox_inches="tight", metadata={"Date": None})
    return file.getvalue()


def flush_figures():
    """Show the figures that are still open, as a notebook does when a cell ends."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    if pyplot is None:
        return
    try:
        for number in pyplot.get_fignums():
            display(pyplot.figure(number))
    finally:
        pyplot.close("all")  # one that cannot be drawn is told of once
