"""Build this commit twice, in two fresh clones, and compare all that a reader gets, byte by byte (`make reproducible`).

Both builds make the pages, the PDF and the EPUB with an environment of their own. Exits with 1 where a file differs that
reproducible.toml does not list, and where a listed one that always differs does not or is no more. What an EPUB holds counts as files.
"""

import fnmatch
import os
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from hashlib import sha256
from pathlib import Path

ROOT = Path(__file__).parents[2]
LIST = Path(__file__).with_suffix(".toml")


def built(folder):
    """{file: digest} of the site that a fresh clone in this folder makes of the last commit."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("MAKE")
    }
    subprocess.run(["git", "clone", "--quiet", ROOT, folder], check=True)
    subprocess.run(
        ["make", "--directory", folder, "book", "pdf", "epub"],
        check=True,
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    site = folder / "_build" / "html"
    found = {}
    for path in (path for path in site.rglob("*") if path.is_file()):
        name = path.relative_to(site).as_posix()
        found[name] = sha256(path.read_bytes()).hexdigest()
        if path.suffix == ".epub":
            with zipfile.ZipFile(path) as book:
                found |= {
                    f"{name}/{part}": sha256(book.read(part)).hexdigest()
                    for part in book.namelist()
                }
    return found


def main():
    with (
        tempfile.TemporaryDirectory() as first,
        tempfile.TemporaryDirectory() as second,
    ):
        one, two = (built(Path(folder, "book")) for folder in (first, second))
    differing = {
        name for name in one.keys() | two.keys() if one.get(name) != two.get(name)
    }
    groups = tomllib.loads(LIST.read_text("utf-8"))["differs"]
    listed = [pattern for group in groups for pattern in group["files"]]
    always = [
        pattern
        for group in groups
        if not group.get("sometimes")
        for pattern in group["files"]
    ]
    strange = sorted(
        name
        for name in differing
        if not any(fnmatch.fnmatchcase(name, pattern) for pattern in listed)
    )
    idle = [pattern for pattern in always if not fnmatch.filter(differing, pattern)]
    print(f"{len(one)} files, of which {len(differing)} differ between two builds")
    for name in strange:
        print(f"differs, and reproducible.toml does not say why: {name}")
    for pattern in idle:
        print(f"does not differ, and is listed in reproducible.toml: {pattern}")
    sys.exit(bool(strange or idle))


if __name__ == "__main__":
    main()
