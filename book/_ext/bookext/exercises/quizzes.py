"""Questions with an answer behind each choice, in HTML's own ``<details>``: they need no script, and open by keyboard.

```{quiz}
The question, a paragraph or more.

A choice
: **Right.** Why it is.

Another
: **No.** Why it is not.
```
"""

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

MARKS = {"Right.": "is-right", "No.": "is-wrong"}

logger = logging.getLogger(__name__)


class Quiz(nodes.General, nodes.Element):
    """A question, then its choices."""


class Choice(nodes.General, nodes.Element):
    """What can be answered, and what there is to say of it."""


class ChoiceText(nodes.General, nodes.TextElement):
    """What is seen of a choice before it is made."""


class QuizDirective(SphinxDirective):
    has_content = True

    def run(self):
        parts = self.parse_content_to_nodes(allow_section_headings=False)
        if not (len(parts) > 1 and isinstance(parts[-1], nodes.definition_list)):
            logger.warning(
                "a quiz is a question, then a list of choices with an answer behind each",
                location=self.get_location(),
            )
            return []
        *question, choices = parts
        made = [self.choice(item) for item in choices]
        marks = [choice["classes"] for choice in made]
        if not all(marks) or {mark for [mark] in marks} != set(MARKS.values()):
            logger.warning(
                "a quiz has a right choice and a wrong one, each marked as **Right.** or **No.**",
                location=self.get_location(),
            )
        return [Quiz("", *question, *made)]

    def choice(self, item):
        term, explanation = item
        if all(
            isinstance(text.parent, nodes.math)
            for text in term.findall(nodes.Text)
            if text.strip()
        ):
            logger.warning(
                "a choice needs words beside its formula: %s",
                term.astext(),
                location=self.get_location(),
            )
        begins = next(explanation.findall(nodes.strong), nodes.strong()).astext()
        classes = (
            [MARKS[begins]]
            if begins in MARKS and explanation.astext().startswith(begins)
            else []
        )
        return Choice(
            "",
            ChoiceText("", "", *term.children),
            *explanation.children,
            classes=classes,
        )


def visit_quiz(self, node):
    self.body.append(self.starttag(node, "div", CLASS="quiz"))


def depart_quiz(self, node):
    self.body.append("</div>\n")


def visit_choice(self, node):
    self.body.append(self.starttag(node, "details", CLASS="choice"))


def depart_choice(self, node):
    self.body.append("</details>\n")


def visit_choice_text(self, node):
    self.body.append(self.starttag(node, "summary", ""))


def depart_choice_text(self, node):
    self.body.append("</summary>\n")


def setup(app):
    app.add_node(Quiz, html=(visit_quiz, depart_quiz))
    app.add_node(Choice, html=(visit_choice, depart_choice))
    app.add_node(ChoiceText, html=(visit_choice_text, depart_choice_text))
    app.add_directive("quiz", QuizDirective)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
