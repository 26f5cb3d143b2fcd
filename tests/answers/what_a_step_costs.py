"""Answers to the exercises of the chapter on what a step costs."""

RUN = """
apart = []
for seed in range(20):
    rng = np.random.default_rng(seed)
    dZ, A = rng.standard_normal((2, 5000)), rng.standard_normal((4, 5000))
    parts = zip(np.split(dZ, 50, axis=1), np.split(A, 50, axis=1))
    blocks = sum(d @ a.T for d, a in parts)
    apart.append(abs(blocks - dZ @ A.T).max())
"""


def blocks(
    inside,
    returned="total",
    begin="np.zeros((len(dZ), len(A)))",
    over="range(0, dZ.shape[1], size)",
):
    return (
        f"def in_blocks(dZ, A, size):\n    total, n, m = {begin}, 0, dZ.shape[1]\n    for i in {over}:\n"
        f"        n += 1\n        {inside}\n    return {returned}"
    )


BLOCK = "dZ[:, i : i + size] @ A[:, i : i + size].T"
SUM = f"total += {BLOCK}"
RIGHT = {
    "step_cost_layer": [
        "more = '6*n_h**2*m'",
        "more = '3 * 2 * n_h * n_h * m'",
        "more = '2*n_h^2*m + 4*n_h^2*m'",
    ],
    "step_cost_blocks": [
        blocks(SUM),
        f"def in_blocks(dZ, A, size):\n    return sum({BLOCK} for i in range(0, dZ.shape[1], size))",
        "def in_blocks(dZ, A, size):\n    cuts = range(size, dZ.shape[1], size)\n"
        "    return sum(d @ a.T for d, a in zip(np.split(dZ, cuts, axis=1), np.split(A, cuts, axis=1)))",
        blocks("total += np.dot(dZ[:, i : i + size], A[:, i : i + size].T)"),
    ],
    "step_cost_rounding": [
        f"prediction = 'rounding'\n{RUN}",
        f"{RUN}\nprediction, apart = 'Rounding', np.array(apart)",
    ],
}

# Each with a part of what it is told.
WRONG = {
    "step_cost_layer": [
        ("more = '4*n_h**2*m'", "the error has to go on to there"),
        ("more = '2*n_h**2*m'", "the way back has some as well"),
        ("more = '3*n_h**2*m'", "with their multiplications only"),
        ("more = '6*n_h*m'", "n_h rows and n_h columns."),
        ("more = '4*n_h*m'", "more products than you count"),
        ("more = '6*n_h**2'", "This is for one example."),
        ("more = '4*n_h**2'", "and the error has to go on"),
        ("more = '8*n_h**2*m'", "These are four products"),
        ("more = '6*n_h*n_x*m'", "n_x should not be in it"),
    ],
    "step_cost_blocks": [
        (blocks(SUM, returned="total / n"), "the mean of the blocks' products"),
        (blocks(SUM, returned="total / m"), "divided by m, as dW is"),
        (blocks(f"total = {BLOCK}"), "the last block alone"),
        (blocks(f"return {BLOCK}"), "the first block alone"),
        (
            blocks(SUM, over="range(0, dZ.shape[1] - size + 1, size)"),
            "the columns at the end are missing",
        ),
        (
            "def in_blocks(dZ, A, size):\n    return dZ @ A.T",
            "columns were multiplied at once",
        ),
        (
            blocks(
                "total += A[:, i : i + size] @ dZ[:, i : i + size].T",
                begin="np.zeros((len(A), len(dZ)))",
            ),
            "The shape of the product is (3, 2)",
        ),
        (blocks("A *= 1.5"), "changes an array that it was given"),
    ],
    "step_cost_rounding": [
        (f"prediction = 'equal'\n{RUN}", "it is tiny, and not 0"),
        (f"prediction = 'coarser'\n{RUN}", "The blocks leave out no term"),
        (f"prediction = 'rounding'\n{RUN}\napart = [0.0] * 20", "was it changed?"),
        (f"prediction = 'exact'\n{RUN}", "Choose one of"),
    ],
}
