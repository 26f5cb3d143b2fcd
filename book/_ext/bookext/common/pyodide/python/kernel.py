"""The Python side of the cells in a page: runs a cell as a notebook would, and hands on what it shows.

What a cell shows goes to the page in pieces: JSON lists of {"kind": "stream" | "display" | "error", …}.
"""

import ast
import io
import json
import linecache
import os
import sys
import time
import traceback
import types
from importlib import import_module

import display
from pyodide.code import CodeRunner

SEND_EVERY = 0.05  # s between two messages to the page
MOST_TEXT = 200_000  # letters that a cell may print
CHECKERS = "/shallowlib/exercises/"
MOST_SHOWN = 50  # figures, formulas and tables that it may show


class Shown:
    """What the running cell shows, on its way to the page."""

    def __init__(self, send):
        self._send = send
        self.begin()

    def begin(self):
        self.items, self.letters, self.count, self.sent = (
            [],
            0,
            0,
            0.0,
        )  # so that the first piece goes at once

    def write(self, text, name):
        """Add what was printed to a stream; beyond the limit, say so once."""
        if self.letters > MOST_TEXT:
            return
        self.letters += len(text)
        if self.letters > MOST_TEXT:
            text = (
                text[: len(text) - (self.letters - MOST_TEXT)]
                + f"\n… and more: a cell shows {MOST_TEXT:,} letters of what it prints."
            )
        last = self.items[-1] if self.items else {}
        if last.get("kind") == "stream" and last["name"] == name:
            last["text"] += text
        else:
            self.items.append({"kind": "stream", "name": name, "text": text})
        self.send_now_and_then()

    def show(self, bundle):
        """Add a result, as {MIME type: text}."""
        self.count += 1
        if self.count == MOST_SHOWN + 1:
            self.write(f"… and more: a cell shows {MOST_SHOWN} results.\n", "stderr")
        if self.count <= MOST_SHOWN:
            self.items.append({"kind": "display", "data": bundle})
            self.send_now_and_then()

    def fail(self, **error):
        self.items.append({"kind": "error", **error})

    def send_now_and_then(self):
        if time.monotonic() - self.sent >= SEND_EVERY:
            self.send()

    def send(self):
        if self.items:
            self._send(json.dumps(self.items))
        self.items, self.sent = [], time.monotonic()


class Stream(io.TextIOBase):
    """In place of sys.stdout or sys.stderr."""

    def __init__(self, name, shown):
        self.name, self._shown = name, shown

    def writable(self):
        return True

    def write(self, text):
        self._shown.write(text, self.name)
        return len(text)

    def flush(self):
        self._shown.send_now_and_then()


class Kernel:
    """One for a page: cells share its names.

    needs  {module of shallowlib: the packages that it imports}
    send   called with JSON of what a cell shows
    """

    def __init__(self, needs, send):
        self.needs = needs
        self.shown = Shown(send)
        self.names = sys.modules["__main__"].__dict__
        display.show = self.shown.show
        os.environ["MPLBACKEND"] = "module://page_backend"
        sys.stdout, sys.stderr = (
            Stream("stdout", self.shown),
            Stream("stderr", self.shown),
        )

    def packages_for(self, code):
        """What has to be loaded before code can run: what it imports, and what the modules of shallowlib import."""
        try:
            tree = ast.parse(code)
        except SyntaxError:
            return []  # which running it will show
        found = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found |= {
                    node.module,
                    *(f"{node.module}.{alias.name}" for alias in node.names),
                }
        with_parents = {
            ".".join(parts[:n])
            for parts in (name.split(".") for name in found)
            for n in range(1, len(parts) + 1)
        }
        return sorted(
            {package for name in with_parents for package in self.needs.get(name, ())}
        )

    async def run(self, code, name, apart=False):
        """Run a cell; "ok", "error" or "stopped". Apart, it sees the names of the others, and leaves none behind."""
        names = dict(self.names) if apart else self.names
        return await self._guarded(self._run(code, name, names), code, name)

    async def redefine(self, code, name, module):
        """Run a changed definition in its module; what holds the old one gets the new."""
        return await self._guarded(self._redefine(code, name, module), code, name)

    async def _guarded(self, work, code, name):
        self.shown.begin()
        linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)
        try:
            await work
        except KeyboardInterrupt:
            ended = "stopped"
        except (
            BaseException
        ) as error:  # whatever the reader's code raises is the reader's to see
            self.shown.fail(name=type(error).__name__, text=told(error, name))
            ended = "error"
        else:
            ended = "ok"
        self.shown.send()
        return ended

    async def _run(self, code, name, names):
        try:
            value = await CodeRunner(code, filename=name).compile().run_async(names)
            if value is not None:
                display.display(value)
        finally:
            display.flush_figures()

    async def _redefine(self, code, name, module):
        names = vars(import_module(module))
        before = dict(names)
        try:
            exec(compile(code, name, "exec"), names)
            changed = [key for key, old in before.items() if names[key] is not old]
            if not changed:
                raise NameError(
                    f"{module} has nothing of the name that is defined here"
                )
            for key in changed:
                put_in_place(before[key], names[key])
        finally:
            names |= before
        print(f"{module} now uses this.")


def put_in_place(old, new):
    """Make a function or a class do what another does: all who hold it use the new at once."""
    if isinstance(old, types.FunctionType) and isinstance(new, types.FunctionType):
        for part in ("__code__", "__defaults__", "__kwdefaults__", "__doc__"):
            setattr(old, part, getattr(new, part))
    elif isinstance(old, type) and isinstance(new, type):
        for key, value in vars(new).items():
            if key not in ("__dict__", "__weakref__"):
                setattr(old, key, value)
    elif old != new:
        raise TypeError(
            f"only functions and classes that are there can be changed here; got {new!r}"
        )


def told(error, name):
    """The traceback, from the cell's own lines on, without those of the checkers between a reader's call and function."""
    seen = traceback.TracebackException.from_exception(error)
    part, parts = seen, set()
    while part is not None and id(part) not in parts:
        parts.add(id(part))
        first = next(
            (
                i
                for i, frame in enumerate(part.stack)
                if frame.filename.startswith(name.split()[0])
            ),
            None,
        )
        part.stack[:] = (
            []
            if first is None
            else [
                frame for frame in part.stack[first:] if CHECKERS not in frame.filename
            ]
        )
        part = part.__cause__ or part.__context__
    return "".join(seen.format())
