r"""Numbered equations that were defined or proved, and the ledger that lists them all.

``{equation} eq-label``  shows the equation that ``define`` or ``prove`` of ``shallowlib.proof`` made on
                         this page under that label (the page's last cell glues it), numbered, with a
                         mark that leads to its row of the ledger.
``{ledger}``             all of them: how each holds, the code compared with it, the claims it settles.
``{ledger-totals}``      how many there are of each.

The strict build fails for a numbered equation made in any other way, and for a claim of ``claims.toml``
that neither an equation nor an asserting cell of its section settles.
"""

import re
from collections import Counter

from docutils import nodes
from myst_nb.core.variables import RetrievalError
from myst_nb.ext.glue.utils import retrieve_glue_data
from sphinx.directives.patches import MathDirective
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from bookext.common.tables import between, lines, math, row, table, xref
from bookext.math.claims import claim_id, load_claims

PAGE, CLAIMS = "ledger", "claims"
ENTRY = "application/vnd.shallowlib.equation+json"
MARKS = {"proved": "checked", "tested": "tested", "definition": "definition"}

LONGEST = 160  # of what a letter stands for, in the ledger: the rest is in the cell

logger = logging.getLogger(__name__)


class Equation(MathDirective):
    """The equation of this label, as it was defined or proved on this page."""

    required_arguments, optional_arguments, has_content = 1, 0, False

    def run(self):
        label = self.arguments[0]
        try:
            data = retrieve_glue_data(self.state.document, label).data
        except RetrievalError:
            data = {}
        if ENTRY not in data:
            logger.warning(
                "%s is neither defined nor proved on this page: a cell must call define or prove with "
                "this label, and the last cell must glue it",
                label,
                location=self.get_location(),
            )
            return []
        tex = data["text/latex"].removeprefix(r"$\displaystyle ").removesuffix("$")
        self.arguments, self.options = [tex], {"label": label}
        target, node = super().run()
        node["entry"] = data[ENTRY] | {"tex": tex, "page": self.env.docname}
        self.env.ledger[label] = node["entry"]
        return [target, node]


class Part(nodes.General, nodes.Element):
    """What stands in for a part of the ledger until every page is read."""


class PartDirective(SphinxDirective):
    """A part of the ledger, by the directive's name."""

    def run(self):
        return [Part(name=self.name)]


class FillIn(SphinxPostTransform):
    """Put the parts of the ledger where their directives stand."""

    default_priority = 5  # before references are resolved

    def run(self):
        parts = {"ledger": self.tables, "ledger-totals": self.totals}
        for node in list(self.document.findall(Part)):
            node.replace_self(parts[node["name"]]())

    def tables(self):
        entries = self.env.ledger
        root = self.config.root_doc
        pages = [root, *self.env.toctree_includes[root]]
        made, claims = [], load_claims(self.app.srcdir)
        for page in pages:
            here = {
                label: entry
                for label, entry in entries.items()
                if entry["page"] == page
            }
            if here:
                number = "".join(
                    f"{n}. " for n in self.env.toc_secnumbers.get(page, {}).get("", ())
                )
                link = xref(
                    "std",
                    "doc",
                    f"/{page}",
                    nodes.inline("", number + self.env.titles[page].astext()),
                )
                title = nodes.rubric("", "", link, **{"heading-level": 3})
                made += [title, self.table(here, claims)]
        return made

    def table(self, entries, claims):
        """The equations of one page."""
        heads = [
            [nodes.Text(head)]
            for head in ("Equation", "How it holds", "Code compared with it", "Settles")
        ]
        rows = []
        for label, entry in entries.items():
            statement = lines(
                [[xref("math", "eq", label), nodes.Text(" "), math(entry["tex"])]]
            )
            meaning = [tex for tex in entry["meaning"] if len(tex) <= LONGEST]
            if meaning:
                statement += lines(
                    [
                        [
                            nodes.Text("where "),
                            *between(nodes.Text(", "), map(math, meaning)),
                        ]
                    ]
                )
            how = entry["status"] + (f", {entry['how']}" if entry["how"] else "")
            code = [
                [
                    xref("py", "obj", documented(name), nodes.literal(name, name)),
                    nodes.Text(f" {counted(ways)}"),
                ]
                for name, ways in entry["code"].items()
            ]
            settles = [
                [self.claim(claim)]
                for claim in claims
                if label in claim.get("equations", [])
            ]
            rows.append(
                row(statement, lines([[nodes.Text(how)]]), lines(code), lines(settles))
            )
            rows[-1]["ids"].append(row_id(label))
        return table(heads, rows, ["ledger", "colwidths-given"], (40, 25, 25, 10))

    def claim(self, claim):
        """A link to the row of a claim."""
        uri = self.app.builder.get_relative_uri(self.env.docname, CLAIMS)
        return nodes.reference(
            "", claim["id"], internal=True, refuri=f"{uri}#{claim_id(claim)}"
        )

    def totals(self):
        entries = self.env.ledger.values()
        status = Counter(entry["status"] for entry in entries)
        ways = Counter(way for e in entries for way in set().union(*e["code"].values()))
        compared = sum(bool(entry["code"]) for entry in entries)
        made = status["proved"] + status["tested"]
        claims = load_claims(self.app.srcdir)
        by_equation = sum(bool(claim.get("equations")) for claim in claims)
        facts = (
            f"{len(entries)} equations carry a number: {status['definition']} definitions and {made} claims.",
            f"{status['proved']} of {made} claims are proved, {status['tested']} only tested.",
            f"{compared} equations are compared with the code of shallowlib: "
            + ", ".join(f"{count} {way}" for way, count in ways.most_common())
            + ".",
            f"{sum(is_settled(self.env, claim) for claim in claims)} of {len(claims)} claims of the lecture notes "
            f"are settled: {by_equation} with equations, the others by what a run asserts.",
        )
        return nodes.bullet_list(
            "", *(nodes.list_item("", nodes.paragraph("", fact)) for fact in facts)
        )


def counted(ways):
    """{how it was compared: numbers} in words."""
    return ", ".join(f"{way} ({count})" for way, count in ways.items())


def documented(name):
    """The name under which the page of the library has a function: for a method, its class."""
    return ".".join(["shallowlib", *name.split(".")[:2]])


def row_id(label):
    """The id of an equation's row in the ledger."""
    return f"ledger-{label}"


def read_page(app, doctree):
    """Refuse numbered equations by hand; note which sections assert something."""
    page = app.env.docname
    for node in doctree.findall(
        lambda node: isinstance(node, nodes.math | nodes.math_block)
    ):
        if "entry" not in node and (node.get("label") or r"\tag" in node.astext()):
            logger.warning(
                "%s is a numbered equation written by hand: state it with define or prove in a cell and show "
                "it with {equation}; an intermediate step goes without a number",
                node.get("label") or node.astext(),
                location=node,
            )
    asserting = app.env.ledger_asserting[page] = set()
    for code in doctree.findall(nodes.literal_block):
        if re.search(r"^\s*assert\b|\b(?:prove|compare)\(", code.astext(), re.M):
            parent = code.parent
            while parent is not None:
                asserting.update(parent.get("ids", ()))
                parent = parent.parent


def is_settled(env, claim):
    """Whether equations settle the claim, or else a cell that asserts it in its section."""
    page, section, _ = env.domains["std"].labels.get(claim["section"], ("", "", ""))
    return bool(claim.get("equations")) or section in env.ledger_asserting.get(page, ())


def check_claims(app, env):
    """Refuse a claim that nothing settles."""
    for claim in load_claims(app.srcdir):
        if not is_settled(env, claim):
            logger.warning(
                "claim %s is settled by nothing: give it `equations` in claims.toml, or a cell with an "
                "assert in the section %s",
                claim["id"],
                claim["section"],
            )
        for label in claim.get("equations", ()):
            if label not in env.ledger:
                logger.warning(
                    "claim %s: no page shows the equation %s", claim["id"], label
                )


def add_marks(app, doctree, docname):
    """Give each equation its mark, with the address of its row."""
    if app.builder.format != "html" or PAGE not in app.env.found_docs:
        return
    uri = app.builder.get_relative_uri(docname, PAGE)
    for node in doctree.findall(nodes.math_block):
        if "entry" in node:
            node["mark"] = (
                MARKS[node["entry"]["status"]],
                f"{uri}#{row_id(node['label'])}",
            )


def start(app):
    for name in ("ledger", "ledger_asserting"):
        if not hasattr(app.env, name):
            setattr(app.env, name, {})


def purge(app, env, docname):
    env.ledger = {label: e for label, e in env.ledger.items() if e["page"] != docname}
    env.ledger_asserting.pop(docname, None)


def merge(app, env, docnames, other):
    env.ledger |= {
        label: e for label, e in other.ledger.items() if e["page"] in docnames
    }
    env.ledger_asserting |= {
        d: other.ledger_asserting[d] for d in docnames if d in other.ledger_asserting
    }


def setup(app):
    app.add_directive("equation", Equation)
    for name in ("ledger", "ledger-totals"):
        app.add_directive(name, PartDirective)
    app.add_node(Part)
    app.add_post_transform(FillIn)
    app.connect("builder-inited", start)
    app.connect("env-purge-doc", purge)
    app.connect("env-merge-info", merge)
    app.connect("doctree-read", read_page)
    app.connect("env-check-consistency", check_claims)
    app.connect("doctree-resolved", add_marks)
    return {
        "version": "1",
        "env_version": 2,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
