"""The search: MiniSearch over the sections of the book, the terms of the glossary and the functions of the library.

What is searched is written to ``_static/search-data.js``; that file, MiniSearch and ``search.js`` are loaded by
the search page alone, as plain scripts, so that the search also works from a folder. Sphinx's own search orders
the pages that hold a word by their titles, and fetches each to show a line of it.
"""

import re
import shutil
from pathlib import Path

from docutils import nodes
from sphinx import addnodes

from bookext.common import assets
from bookext.common.drafts import stays
from bookext.common.node import NODE_MODULES

MINISEARCH = NODE_MODULES / "minisearch" / "dist" / "umd" / "index.js"
SCRIPT = Path(__file__).with_suffix(".js")
# What is no prose: what only the browser or the reader of the source sees.
SILENT = (
    nodes.math_block,
    nodes.literal_block,
    nodes.comment,
    nodes.raw,
    nodes.image,
    nodes.system_message,
    addnodes.index,
)
# Links that take their words, a number or a title, from where they lead: "\0domain:type:label\0" until all pages are read.
LABELS = {
    ("doc", "myst"),
    ("math", "eq"),
    ("std", "numref"),
    ("cite", "p"),
    ("cite", "t"),
}
UNKNOWN = re.compile("\0(.+?):(.+?):(.+?)\0")

FUNCTIONS = {"log", "exp", "tanh", "max", "min", "lim", "sin", "cos"}
LETTERS = {
    "alpha": "α",
    "beta": "β",
    "delta": "δ",
    "varepsilon": "ε",
    "eta": "η",
    "theta": "θ",
    "lambda": "λ",
    "mu": "μ",
    "xi": "ξ",
    "pi": "π",
    "sigma": "σ",
    "phi": "φ",
    "Delta": "Δ",
    "Omega": "Ω",
    "ell": "ℓ",
    "partial": "∂",
    "sum": "∑",
    "int": "∫",
    "infty": "∞",
    "sqrt": "√",
    "prime": "'",
    "pm": "±",
    "cdot": "·",
    "times": "×",
    "odot": "∗",
    "ast": "∗",
    "le": "≤",
    "ge": "≥",
    "ne": "≠",
    "approx": "≈",
    "dots": "…",
    "lvert": "|",
    "rvert": "|",
    "lVert": "‖",
    "rVert": "‖",
}


def plain(tex):
    """TeX as one would type it in a line of text."""
    tex = re.sub(r"\\[dt]?frac(\d)(\d)", r"\1/\2", tex)
    tex = re.sub(r"\\[dt]?frac\{([^{}]*)\}\{([^{}]*)\}", r"\1/\2", tex)
    tex = re.sub(
        r"\\([A-Za-z]+)",
        lambda match: (
            f"{match[1]} " if match[1] in FUNCTIONS else LETTERS.get(match[1], "")
        ),
        tex,
    )
    return re.sub(r"\s+", " ", re.sub(r"[\\{}^_&~]", "", tex)).strip()


def words(node):
    """The text of a node, formulas in plain letters, code left out."""
    if isinstance(node, nodes.math):
        return plain(node.astext())
    if isinstance(node, nodes.Text):
        return node.astext()
    if isinstance(node, SILENT):
        return ""
    if (node.get("refdomain"), node.get("reftype")) in LABELS and not node.get(
        "refexplicit"
    ):
        return f"\0{node['refdomain']}:{node['reftype']}:{node['reftarget']}\0"
    between = (
        " "
        if isinstance(node, nodes.Element) and not isinstance(node, nodes.TextElement)
        else ""
    )
    return between.join(map(words, node.children))


def entry(anchor, title, parts):
    """One thing that can be found: its prose; apart, its entries in the index, which count more, and its code."""
    terms = [
        entry[1]
        for part in parts
        for index in part.findall(addnodes.index)
        for entry in index["entries"]
    ]
    code = [
        block.astext() for part in parts for block in part.findall(nodes.literal_block)
    ]
    text = re.sub(r"\s+", " ", " ".join(map(words, parts))).strip()
    return {
        "anchor": anchor,
        "title": title,
        "text": text,
        "index": "; ".join(terms),
        "code": "\n".join(code),
    }


def entries(doctree):
    """What can be found on a page: its sections, and the terms and functions that it explains."""
    found = []
    for section in doctree.findall(nodes.section):
        if not isinstance(section.parent, nodes.section | nodes.document):
            continue  # sphinx-exercise's, within an exercise
        title, *parts = section.children
        parts = [
            part
            for part in parts
            if not isinstance(part, nodes.section | addnodes.glossary)
        ]
        own = [part for part in parts if not next(part.findall(addnodes.desc), None)]
        anchor = "" if isinstance(section.parent, nodes.document) else section["ids"][0]
        found.append(entry(anchor, words(title), own))
    for item in doctree.findall(nodes.definition_list_item):
        terms = [
            child
            for child in item.children
            if isinstance(child, nodes.term) and child["ids"]
        ]
        if terms:
            found.append(
                entry(terms[0]["ids"][0], words(terms[0]), [item.children[-1]])
            )
    for desc in doctree.findall(addnodes.desc):
        signature = desc.next_node(addnodes.desc_signature)
        if signature["ids"]:
            found.append(
                entry(signature["ids"][0], signature["ids"][0], [desc.children[-1]])
            )
    return found


def read_page(app, doctree):
    app.env.search_entries[app.env.docname] = entries(doctree)


def start(app):
    app.builder.search = False  # Sphinx's own
    if not hasattr(app.env, "search_entries"):
        app.env.search_entries = {}


def purge(app, env, docname):
    env.search_entries.pop(docname, None)


def merge(app, env, docnames, other):
    env.search_entries |= {
        d: other.search_entries[d] for d in docnames if d in other.search_entries
    }


def numbered(env, page, anchor, title):
    """The title with its number, where it has one."""
    number = env.toc_secnumbers.get(page, {}).get(f"#{anchor}" if anchor else "")
    return f"{'.'.join(map(str, number))} {title}" if number else title


def known(app, page, text):
    """A text with the words of its links; a link that leads nowhere, of which Sphinx has warned, keeps its label."""

    def words_of(match):
        domain, kind, label = match.groups()
        if domain == "doc":
            found = app.env.titles.get(label)
        else:
            link = addnodes.pending_xref(
                "",
                refdomain=domain,
                reftype=kind,
                reftarget=label,
                refexplicit=False,
                refdoc=page,
            )
            found = app.env.domains[domain].resolve_xref(
                app.env, page, app.builder, kind, label, link, nodes.inline()
            )
        return found.astext() if found else label

    return UNKNOWN.sub(words_of, text)


def data(app):
    """What is searched: each entry of each page with its address and its titles, and with the words of its links."""
    env = app.env
    return [
        e
        | {
            "id": f"{page}.html" + (f"#{e['anchor']}" if e["anchor"] else ""),
            "text": known(app, page, e["text"]),
            "chapter": page in env.toc_secnumbers,
            "title": numbered(env, page, e["anchor"], e["title"]),
            "page": numbered(env, page, "", env.titles[page].astext()),
        }
        for page, entries in sorted(env.search_entries.items())
        for e in entries
    ]


def write(app, exception):
    """Write what is searched, beside the scripts that search it."""
    if exception or app.builder.name != "html":
        return
    static = Path(app.outdir, "_static")
    words = static / "search-data.js"
    if not stays(words):
        assets.write_call(words, "searchIn", data(app))
    shutil.copy(MINISEARCH, static / "minisearch.js")
    assets.copy(app, SCRIPT)


def setup(app):
    app.connect("builder-inited", start)
    app.connect("doctree-read", read_page)
    app.connect("env-purge-doc", purge)
    app.connect("env-merge-info", merge)
    app.connect("build-finished", write)
    return {
        "version": "1",
        "env_version": 2,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
