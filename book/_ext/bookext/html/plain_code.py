"""Code without marks for what has no color of its own.

Names, brackets and spaces, two thirds of what Pygments marks, have the color of the text around them; so their marks
would only make a page longer to come and to lay out.
"""

import re

PLAIN = re.compile(
    r'<span class="(?:n|nn|p|w)">([^<]*)</span>'
)  # a name, that of a module, punctuation, white space


def unmark(app, pagename, templatename, context, doctree):
    if app.builder.name == "html" and "body" in context:
        context["body"] = PLAIN.sub(r"\1", context["body"])


def setup(app):
    app.connect("html-page-context", unmark)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
