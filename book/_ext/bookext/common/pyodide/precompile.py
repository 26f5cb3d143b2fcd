"""Compile each wheel, and the standard library, so that no page spends its start on compiling: run by precompile.mjs.

Every page load imports the libraries anew, and compiling them takes longer than all the rest. A ``.pyc`` stands in the
place of its ``.py``, where the import system takes it for the module. What never runs in a browser is left out, and so
is ``RECORD``, which nobody asks for. The licenses stay. The same input makes the same bytes.
"""

import marshal
import re
import site
import sys
from importlib.util import MAGIC_NUMBER, source_hash
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

# Folders; then Pillow's drawing of text and reading of WebP, which Matplotlib has no use for; then kinds of files.
NEVER_RUN = re.compile(
    r"/(tests|benchmarks|examples|_examples|test-examples|sample_data|include|sphinxext)/"
    r"|PIL/_(imagingft|webp)\."
    r"|\.(pyi|pyx|pxd|h|c|a)$|\.dist-info/RECORD$|/$"
)
UNCHECKED = (1).to_bytes(
    4, "little"
)  # a .pyc that carries its source's hash, and is never compared with the source


def precompile(path, target, place):
    """Write an archive again, compiled. Tracebacks will name the place that it has in Pyodide's file system."""
    with (
        ZipFile(path) as old,
        ZipFile(target, "w", ZIP_DEFLATED, compresslevel=9) as new,
    ):
        for name in sorted(old.namelist()):
            if NEVER_RUN.search(name) and "/licenses/" not in name:
                continue
            data = old.read(name)
            if name.endswith(".py"):
                code = compile(data, f"{place}/{name}", "exec", dont_inherit=True)
                data, name = (
                    MAGIC_NUMBER + UNCHECKED + source_hash(data) + marshal.dumps(code),
                    f"{name}c",
                )
            new.writestr(
                ZipInfo(name), data, ZIP_DEFLATED
            )  # ZipInfo's own date, in 1980
    target.chmod(0o644)  # as any other file, which this file system does not see to
    print(
        f"  {path.name}: {path.stat().st_size / 1e6:.1f} MB, compiled {target.stat().st_size / 1e6:.1f} MB",
        flush=True,
    )


[library] = [place for place in sys.path if place.endswith(".zip")]
precompile(Path("/pyodide/python_stdlib.zip"), Path("/to/python_stdlib.zip"), library)
for wheel in sorted(Path("/from").glob("*.whl")):
    precompile(wheel, Path("/to", wheel.name), site.getsitepackages()[0])
