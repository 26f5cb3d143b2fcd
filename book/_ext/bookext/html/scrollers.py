"""Code and tables that may be wider than the screen can be reached by the keyboard, and have a name for it.

So they are written; ``page.js`` takes the stop away again where nothing scrolls, when it has been laid out. The theme's
script would measure all of them as soon as it is there, a third of a second of work on a phone: its list is emptied.
"""

from pathlib import Path

from sphinx.errors import ExtensionError

STOPS = {
    '<div class="highlight"><pre>': '<div class="highlight"><pre tabindex="0" role="group" aria-label="Code">',
    '<pre class="literal-block">': '<pre class="literal-block" tabindex="0" role="group" aria-label="Code">',
    '<div class="pst-scrollable-table-container">': '<div class="pst-scrollable-table-container" tabindex="0" role="group" aria-label="Table">',
}
SCRIPT = "_static/scripts/pydata-sphinx-theme.js"
MEASURED = '"pre",".nboutput > .output_area",".cell_output > .output",".jp-RenderedHTMLCommon",".pst-scrollable-table-container"'


def add_stops(app, pagename, templatename, context, doctree):
    if app.builder.name == "html" and "body" in context:
        for tag, stop in STOPS.items():
            context["body"] = context["body"].replace(tag, stop)


def empty_list(app, exception):
    if exception or app.builder.name != "html":
        return
    path = Path(app.outdir, SCRIPT)
    text = path.read_text(encoding="utf-8")
    if MEASURED not in text:
        raise ExtensionError(
            f"{SCRIPT} does not name what it measures as expected: a new release of the theme?"
        )
    code, _, _ = text.replace(MEASURED, '"#nothing"').partition(
        "//# sourceMappingURL="
    )  # which is that of the original
    path.write_text(code, encoding="utf-8")


def setup(app):
    app.connect("html-page-context", add_stops, priority=400)
    app.connect("build-finished", empty_list)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
