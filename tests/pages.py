"""The book's sources as the tests read them: the pages in order, their cells, their prose."""

import ast
import re
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
BOOK = ROOT / "book"


def pages_in_toc():
    """(all pages in order, the numbered chapters)."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    parts = [(part.get("numbered"), [c["file"] for c in part["chapters"]]) for part in toc["parts"]]
    return [toc["root"]] + sum((p for _, p in parts), []), sum((p for n, p in parts if n), [])


PAGES, CHAPTERS = pages_in_toc()


class Cell:
    """A code cell of a page: its options, its code, whether it belongs to an exercise."""

    def __init__(self, body, in_solution):
        self.in_solution = in_solution
        options, self.code = {}, body
        if body.startswith("---\n"):
            text, self.code = re.match(r"---\n(.*?)\n---\n(.*)", body, re.S).groups()
            options = yaml.safe_load(text)
        else:
            short = re.match(r"(?::[\w-]+:.*\n)+", body)
            if short:
                self.code = body[short.end() :].lstrip("\n")
                options = yaml.safe_load(re.sub(r"^:([\w-]+):", r"\1:", short.group(), flags=re.M))
        self.options = options
        self.tags = options.get("tags", [])
        self.image = options.get("mystnb", {}).get("image", {})
        self.figure = options.get("mystnb", {}).get("figure", {})


def text_of(page):
    return (BOOK / f"{page}.md").read_text(encoding="utf-8")


def cells_of(page):
    """The code cells of a page in order."""
    return cells_in(text_of(page))


def cells_in(text):
    """The code cells of a page's text in order."""
    cells = []
    for match in re.finditer(r"^```\{code-cell\}[^\n]*\n(.*?)^```$", text, re.M | re.S):
        before = text[: match.start()]
        inside = before.count("{solution-start}") > before.count("{solution-end}")
        cells.append(Cell(match.group(1), inside))
    return cells


def lines_with_fences(page):
    """(line, names of the directives it stands in) for each line that is not a fence itself."""
    text = re.sub(r"\A---\n.*?\n---\n", "", text_of(page), flags=re.S)
    fences = []
    for line in text.splitlines():
        fence = re.match(r"\s*(`{3,}|:{3,})(?:\{([\w:-]+)\})?", line)
        if fence and fences and fence.group(1) == fences[-1][0] and not fence.group(2):
            fences.pop()
        elif fence:
            fences.append((fence.group(1), fence.group(2) or "code"))
        else:
            yield line, {name for _, name in fences} - {"solution-start", "solution-end"}


def prose_of(page):
    """The sentences of a page: no code, formulas, roles, targets of links."""
    prose = {"admonition", "exercise", "note", "tip", "warning", "important", "margin"}
    text = "\n".join(
        line
        for line, inside in lines_with_fences(page)
        if inside <= prose and not re.match(r"\s*:[\w-]+:", line)
    )
    text = re.sub(r"\$\$.*?\$\$", " ", text, flags=re.S)
    text = re.sub(r"\$[^$\n]*\$", " ", text)
    text = re.sub(r"\{[\w:-]+\}`[^`]*`", " ", text)
    text = re.sub(r"`[^`\n]*`", " ", text)
    return re.sub(r"\]\([^)]*\)", "]", text)


def functions_of(page, *names, scope, right="", wrong=""):
    """Functions that the cells of a page define, by name, run in scope; right is replaced by wrong."""
    nodes = [node for cell in cells_of(page) for node in ast.parse(cell.code).body]
    found = {node.name: ast.unparse(node) for node in nodes if isinstance(node, ast.FunctionDef)}
    source = "\n".join(found[name] for name in names)
    assert right in source
    exec(source.replace(right, wrong) if right else source, scope)
    return [scope[name] for name in names]
