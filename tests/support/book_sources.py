"""The book's sources as the tests read them: the pages in order, their cells, their prose."""

import ast
import linecache
import re
import symtable
from pathlib import Path
from unittest import mock

import yaml

ROOT = Path(__file__).parents[2]
BOOK = ROOT / "book"


def pages_in_toc():
    """(all pages in order, the numbered chapters)."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    parts = [
        (part.get("numbered"), [c["file"] for c in part["chapters"]])
        for part in toc["parts"]
    ]
    pages = [toc["root"], *(page for _, files in parts for page in files)]
    return pages, [page for numbered, files in parts if numbered for page in files]


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
                options = yaml.safe_load(
                    re.sub(r"^:([\w-]+):", r"\1:", short.group(), flags=re.M)
                )
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


def module_of(page):
    """The module of a page's exercises, and of their answers."""
    return page.replace("-", "_")


def exercises_of(page):
    """{name of the checker: (label, kind, body)} of a page's exercises, in order."""
    found = {}
    for body in re.findall(r"^````\{exercise\}.*?^````$", text_of(page), re.M | re.S):
        label = re.search(r"^:label: (\S+)$", body, re.M)[1]
        kind = re.search(r"^:class: (\S+)$", body, re.M)[1]
        found[label.removeprefix("ex-").replace("-", "_")] = label, kind, body
    return found


def code_of(body):
    """(label, code) in which an exercise is answered."""
    [found] = re.findall(r"^```\{try\} (\S+)\n(.*?)^```$", body, re.M | re.S)
    return found


def answered(body, answer):
    """The code with an answer in place of what stands between the imports and the last line."""
    lines = code_of(body)[1].rstrip("\n").split("\n")
    imports = [line for line in lines if re.match("import |from ", line)]
    return "\n".join([*imports, answer, lines[-1]])


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
            yield (
                line,
                {name for _, name in fences} - {"solution-start", "solution-end"},
            )


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
    found = {
        node.name: ast.unparse(node)
        for node in nodes
        if isinstance(node, ast.FunctionDef)
    }
    source = "\n".join(found[name] for name in names)
    assert right in source
    exec(source.replace(right, wrong) if right else source, scope)
    return [scope[name] for name in names]


PROOFS = {"define", "prove", "compare"}


def name_called(call):
    """The last word of what a call calls: prove for prove(…) and for proof.prove(…)."""
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def root(node):
    """{x} for an expression that leads into x: x.y, x[0], x.f(1)[2]."""
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return {node.id} if isinstance(node, ast.Name) else set()


def names_in(statement):
    """(names that it binds, names that it changes, names that it takes from before it)."""
    binds, changes, takes = set(), set(), set()
    tables = [symtable.symtable(ast.unparse(statement), "cell", "exec")]
    for table in tables:
        tables += table.get_children()
        for symbol in table.get_symbols():
            if table.get_type() == "module" and (
                symbol.is_assigned() or symbol.is_imported() or symbol.is_namespace()
            ):
                binds.add(symbol.get_name())
            if symbol.is_referenced() and (
                table.get_type() == "module" or symbol.is_global()
            ):
                takes.add(symbol.get_name())
    for node in ast.walk(statement):
        if isinstance(node, ast.AugAssign):
            changes |= root(node.target)
        elif isinstance(node, ast.Attribute | ast.Subscript) and not isinstance(
            node.ctx, ast.Load
        ):
            changes |= root(node)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            changes |= root(node.func)
    return binds, changes, takes | changes


def names_of_cell(tree):
    """As names_in, for the statements of a cell one after the other."""
    binds, changes, takes = set(), set(), set()
    for statement in tree.body:
        bound, changed, taken = names_in(statement)
        takes |= taken - binds
        if isinstance(statement, ast.If | ast.Try):  # which may leave a name as it was
            changes |= bound
        else:
            binds |= bound
        changes |= changed
    return binds, changes, takes


def proof_cells_in(text):
    """{number: cell} of a page's text: cells that define, prove or compare, and all that these depend on.

    A cell counts if it binds a name that a later one takes, or changes one: by x[…] = …, by x.method(…),
    or by drawing from it, if it is a random generator. Modules do not change.
    """
    cells = cells_in(text)
    trees = [ast.parse(cell.code) for cell in cells]
    statements = [node for tree in trees for node in ast.walk(tree)]
    imports = [
        node for node in statements if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    draws = [
        n
        for n in statements
        if isinstance(n, ast.Assign) and "default_rng(" in ast.unparse(n.value)
    ]
    modules, generators = (
        set().union(*(names_in(node)[0] for node in nodes))
        for nodes in (imports, draws)
    )
    chosen, needed = {}, set()
    for number in reversed(range(len(cells))):
        binds, changes, takes = names_of_cell(trees[number])
        changes = (changes - modules) | (takes & generators)
        proves = any(
            name_called(node) in PROOFS
            for node in ast.walk(trees[number])
            if isinstance(node, ast.Call)
        )
        if proves or (binds | changes) & needed:
            chosen[number] = cells[number]
            needed = (needed - binds) | takes
    return dict(sorted(chosen.items()))


def run_proofs(page, text=None):
    """{label: equation} after the proofs of a page, or of another text in its place, have run."""
    import matplotlib.pyplot as plt

    from shallowlib.proof import LEDGER

    LEDGER.clear()
    plt.switch_backend("agg")
    namespace = {"__name__": "__main__"}
    with mock.patch.object(plt, "show"):
        for number, cell in proof_cells_in(text or text_of(page)).items():
            name = f"{page}.md, cell {number}"
            linecache.cache[name] = (
                len(cell.code),
                None,
                cell.code.splitlines(keepends=True),
                name,
            )
            exec(compile(cell.code, name, "exec"), namespace)
    plt.close("all")
    return dict(LEDGER)


def labels_shown(text):
    """The labels of the equations that a page's text displays, in order."""
    return re.findall(r"^```\{equation\} (\S+)\n```$", text, re.M)
