"""The directive ``claims``: the table of claims, from ``book/claims.toml``.

One row a claim: its statement, the section that teaches it, the equations that settle it (where none
does, a run in that section), the test that holds it.
The tests read the same file, so the page cannot drift from them.
"""

import tomllib
from pathlib import Path

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

SOURCE = "claims.toml"
WIDTHS = (8, 37, 20, 15, 20)  # of the columns, in hundredths


def load_claims(folder):
    """The claims in file order: a list of dicts with id, form, section and test, some with slip."""
    return tomllib.loads((Path(folder) / SOURCE).read_text(encoding="utf-8"))["claim"]


def claim_id(claim):
    """The id of a claim's row."""
    return f"claim-{claim['id'].lower()}"


class Claims(SphinxDirective):
    """A table of all claims."""

    def run(self):
        self.env.note_dependency(str(Path(self.env.srcdir) / SOURCE))
        lines = [
            "| Claim | Statement | Taught in | Settled by | Held by |",
            "| --- | --- | --- | --- | --- |",
        ]
        claims = load_claims(self.env.srcdir)
        for claim in claims:
            statement = claim["form"]
            if "slip" in claim:
                erratum = f"{{ref}}`erratum <erratum-{claim['id'].lower()}>`"
                statement += f" ({erratum})"
            section = f"{{ref}}`{claim['section']}`"
            name = claim["test"].rpartition("::test_")[2]
            test = name.replace("_", " ")
            settled = (
                " ".join(f"{{eq}}`{label}`" for label in claim.get("equations", ()))
                or "a run"
            )
            lines.append(
                f"| {claim['id']} | {statement} | {section} | {settled} | {test} |"
            )
        [table] = self.parse_text_to_nodes("\n".join(lines))
        for claim, row in zip(
            claims, next(table.findall(nodes.tbody)).children, strict=True
        ):
            row["ids"].append(claim_id(claim))
        for column, width in zip(table.findall(nodes.colspec), WIDTHS, strict=True):
            column["colwidth"] = width
        table["classes"] = ["claims", "colwidths-given"]
        return [table]


def setup(app):
    app.add_directive("claims", Claims)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
