"""Measure what the project costs its users: `make bench`, or some sections by name, `make bench SECTIONS="training-step growth"`.

Prints one table a section, each row a ratio taken within this run, and keeps all in book/measurements.json, from which the
book draws its figures. Ends with an error where a peer's result differs from ours.
"""

import importlib
import json
import os
import platform
import sys
from pathlib import Path

# Name: module, in the order of the tables.
SECTIONS = {
    "training-step": "training_step",
    "vectorizing": "vectorizing",
    "growth": "growth",
    "many-machines": "many_machines",
    "build": "build",
    "page": "page",
}
MEASUREMENTS = Path(__file__).parents[1] / "book" / "measurements.json"


def processor():
    """The processor's name, which Python knows only on some systems."""
    about = Path("/proc/cpuinfo")
    lines = about.read_text().splitlines() if about.exists() else []
    return next(
        (
            line.partition(": ")[2].strip()
            for line in lines
            if line.startswith("model name")
        ),
        platform.processor(),
    )


def machine():
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "processor": processor(),
        "cores": os.cpu_count(),
        "memory_gib": round(memory),
        "system": platform.system(),
        "python": platform.python_version(),
    }


def main(*names):
    unknown = set(names) - set(SECTIONS)
    if unknown:
        raise SystemExit(
            f"expected sections of {', '.join(SECTIONS)}: got {', '.join(sorted(unknown))}"
        )
    found = (
        json.loads(MEASUREMENTS.read_text())
        if MEASUREMENTS.exists()
        else {"sections": {}}
    )
    for name in names or SECTIONS:
        section = importlib.import_module(f"benchmarks.{SECTIONS[name]}").measure()
        print(section, end="\n\n", flush=True)
        found["sections"][name] = section.as_json() | {"machine": machine()}
        found["sections"] = {
            known: found["sections"][known]
            for known in SECTIONS
            if known in found["sections"]
        }
        MEASUREMENTS.write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
