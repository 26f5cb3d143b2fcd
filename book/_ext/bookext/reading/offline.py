"""A book that was visited opens without the network, live cells included.

``offline.js``, on every page, hires ``service-worker.js``, which keeps what passes through it. The directive ``offline`` makes a
button that fetches all of the book at once; what that is stands in ``_static/offline.json``. From a folder nothing of this is
needed, and nothing of it runs.
"""

import json
from pathlib import Path

from docutils import nodes

from bookext.common import assets, deferred

HERE = Path(__file__).parent
OTHER_FORMS = {".pdf", ".epub", ".ipynb"}

BUTTON = """\
<div class="keep-book d-print-none">
<p><button type="button" class="live-button" disabled>Keep the whole book in this browser</button></p>
<progress hidden aria-label="The book, on its way"></progress>
<p><span role="status"></span> <span class="keep-count"></span></p>
</div>
"""


def publish(app):
    if app.builder.name == "html":
        assets.copy(app, HERE / "offline.js")
        app.add_js_file("offline.js", loading_method="defer")


def finish(app, exception):
    """The service worker stands beside the pages: it serves what is below it. The list is of all that a reader may meet."""
    if exception or app.builder.name != "html":
        return
    site = Path(app.outdir)
    (site / "service-worker.js").write_bytes((HERE / "service-worker.js").read_bytes())
    kept = ("*.html", "_static/**/*", "_images/*", "_sources/*", "_downloads/**/*")
    files = sorted(
        {
            path
            for pattern in kept
            for path in site.glob(pattern)
            if path.is_file() and path.suffix not in OTHER_FORMS
        }
    )
    listed = {path.relative_to(site).as_posix(): path.stat().st_size for path in files}
    listed.pop("_static/offline.json", None)
    (site / "_static" / "offline.json").write_text(json.dumps(listed), encoding="utf-8")


def setup(app):
    deferred.add(app, "offline", lambda app: nodes.raw("", BUTTON, format="html"))
    app.connect("builder-inited", publish)
    app.connect("build-finished", finish, priority=990)  # after all that writes files
    return {"parallel_read_safe": True, "parallel_write_safe": True}
