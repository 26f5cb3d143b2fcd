"""Kernels that are there at once: forked from one process that has imported NumPy, SymPy and Matplotlib already.

Each page has a fresh kernel, and most kernels would take longer to start and to import than to run their cells. The
process they are forked from, kernel_server.py, is begun when pages are read and ends with the build. For a change of few
pages it would not pay, and where there is no fork, or where it is not safe (macOS), kernels start as they always do.
"""

import json
import os
import subprocess
import sys
from contextlib import ExitStack
from importlib.metadata import EntryPoint
from pathlib import Path
from socket import AF_UNIX, socket
from tempfile import TemporaryDirectory

from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner

from bookext.build.parallel import FEW

SOURCE = Path(__file__).with_name("kernel_server.py")
NAME = "forked"


class Forked:
    """A kernel's process, as much of Popen as its provisioner asks for; it is not a child of this one."""

    stdin = stdout = stderr = None

    def __init__(self, pid):
        self.pid = pid

    def poll(self):
        """None while it lives."""
        try:
            self.send_signal(0)
        except ProcessLookupError:
            return 0
        return None

    wait = poll

    def send_signal(self, number):
        os.kill(self.pid, number)


class ForkingProvisioner(LocalProvisioner):
    """Has kernels forked, not started."""

    address = None

    async def launch_kernel(self, cmd, *, env, cwd=None, **kwargs):
        """Ask for a process, and note which it is."""
        self.cwd = str(cwd or Path.cwd())
        request = {"arguments": cmd[cmd.index("-f") :], "cwd": self.cwd, "env": env}
        try:
            with socket(AF_UNIX) as asking:
                asking.connect(self.address)
                with asking.makefile("rw", encoding="utf-8") as lines:
                    lines.write(json.dumps(request) + "\n")
                    lines.flush()
                    answer = lines.readline()
        except ConnectionError:
            answer = ""
        if not answer:
            raise RuntimeError(
                f"no kernel for a page of {self.cwd}: {SOURCE.name} has ended; what it said stands above"
            )
        self.process = Forked(int(answer))
        self.pid = self.pgid = self.process.pid
        return self.connection_info


def begin(folder):
    """Have kernels forked from now on, by a process that begins in this folder; a function that ends it."""
    with ExitStack() as stack, socket(AF_UNIX) as listener:
        ForkingProvisioner.address = (
            f"{stack.enter_context(TemporaryDirectory())}/kernels"
        )
        listener.bind(ForkingProvisioner.address)
        listener.listen(64)
        source = subprocess.Popen(  # in a session of its own: who interrupts the build means the build, which ends it
            [sys.executable, "-Xfrozen_modules=off", SOURCE, str(listener.fileno())],
            stdin=subprocess.PIPE,
            start_new_session=True,
            pass_fds=[listener.fileno()],
            cwd=folder,
            env={"MPLBACKEND": "module://matplotlib_inline.backend_inline"}
            | os.environ,
        )
        stack.enter_context(source)  # closes its input, and waits
        factory = KernelProvisionerFactory.instance()
        factory.provisioners[NAME] = EntryPoint(
            NAME, f"{__name__}:{ForkingProvisioner.__name__}", factory.GROUP_NAME
        )
        stack.callback(
            setattr,
            factory,
            "default_provisioner_name",
            factory.default_provisioner_name,
        )
        factory.default_provisioner_name = NAME
        return stack.pop_all().close


def begin_for(app, env, pages):
    """Begin the process when many pages are to be read, and end it with the build."""
    if len(pages) >= FEW and sys.platform == "linux":
        end = begin(app.srcdir)
        app.connect("build-finished", lambda app, exception: end(), priority=0)


def setup(app):
    app.connect("env-before-read-docs", begin_for)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
