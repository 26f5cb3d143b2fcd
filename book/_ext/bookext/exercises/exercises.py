"""Exercises that answer back.

``{try} ex-label``   within the exercise of that label: the code in which a reader answers it, which ends with its checker
                     from ``shallowlib.exercises``. In the page it has a *Check* button (``live/page/cell.js``). The build
                     does not run it, for the answer is still open.
``{progress-tools}``  buttons that save the reader's record, bring one, and forget it.
``{exercise-list}``  all exercises of the book, with their kind. ``progress.js`` marks here, and in the contents, what the
                     reader has solved.
"""

from pathlib import Path

from docutils import nodes
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

from bookext.common import assets, deferred

SCRIPT = Path(__file__).with_name("progress.js")
KINDS = {
    "by-hand": "by hand",
    "by-code": "by code",
    "by-experiment": "by experiment",
}  # the class of an exercise


TOOLS = """\
<div class="progress-tools d-print-none">
<p class="live-buttons">
<button type="button" class="live-button" data-act="save" disabled>Save my progress as a file</button>
<button type="button" class="live-button" data-act="bring" disabled>Bring progress from a file</button>
<button type="button" class="live-button" data-act="forget" disabled>Forget my progress</button>
</p>
<p role="status"></p>
</div>
"""


class TryCode(nodes.General, nodes.Element):
    """The code in which a reader answers an exercise."""


class Try(SphinxDirective):
    required_arguments, has_content = 1, True

    def run(self):
        code = nodes.literal_block("", "\n".join(self.content), language="python")
        self.set_source_info(code)
        return [TryCode("", code, label=self.arguments[0])]


def visit_try(self, node):
    self.body.append(f'<div class="exercise-try" data-exercise="{node["label"]}">')


def depart_try(self, node):
    self.body.append("</div>\n")


def exercises_of(app, page):
    """(label, node) of its exercises, in order."""
    registry = getattr(app.env, "sphinx_exercise_registry", {})
    found = [
        (label, entry["node"])
        for label, entry in registry.items()
        if entry["docname"] == page and entry["type"] == "exercise"
    ]
    return sorted(
        found, key=lambda entry: app.env.toc_fignumbers[page]["exercise"][entry[0]]
    )


def kind_of(label, exercise):
    """By hand, by code, or by experiment."""
    kinds = [words for name, words in KINDS.items() if name in exercise["classes"]]
    if len(kinds) != 1:
        raise ExtensionError(
            f"{label}: expected one class of {', '.join(KINDS)}, got {exercise['classes']}"
        )
    return kinds[0]


def name_of(app, page, label, exercise):
    """Its number and its title."""
    number = ".".join(map(str, app.env.toc_fignumbers[page]["exercise"][label]))
    title = exercise[0].astext().removeprefix("Exercise").strip()
    return f"{number} {title}"


def exercise_list(app):
    """The exercises of each chapter."""
    found = []
    for page in app.env.collect_relations():
        items = nodes.bullet_list(classes=["exercise-list"])
        for label, exercise in exercises_of(app, page):
            link = nodes.reference(
                "",
                name_of(app, page, label, exercise),
                refuri=f"{page}.html#{label}",
                internal=True,
            )
            items += nodes.list_item(
                "",
                nodes.paragraph(
                    "", "", link, nodes.Text(f", {kind_of(label, exercise)}")
                ),
            )
        if items.children:
            chapter = nodes.reference(
                "", app.env.titles[page].astext(), refuri=f"{page}.html", internal=True
            )
            found += [nodes.paragraph("", "", chapter), items]
    return found


def load_script(app, pagename, templatename, context, doctree):
    if app.builder.name == "html":
        app.add_js_file(SCRIPT.name, loading_method="defer")


def setup(app):
    app.add_node(TryCode, html=(visit_try, depart_try))
    app.add_directive("try", Try)
    deferred.add(app, "exercise-list", exercise_list)
    deferred.add(
        app, "progress-tools", lambda app: [nodes.raw("", TOOLS, format="html")]
    )
    app.connect("builder-inited", lambda app: assets.copy(app, SCRIPT))
    app.connect("html-page-context", load_script)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
