"""A process that has imported what the cells import, and for each page forks itself into a kernel. kernels.py runs it.

It hears requests on the socket whose number it is called with, and ends when its standard input does: then the build has.
"""

import gc
import json
import os
import signal
import sys
from importlib import import_module
from io import BytesIO
from select import select
from socket import socket

IMPORTED = (
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.debugger",
    "matplotlib.pyplot",
    "numpy.random",
    "shallowlib",
    "sympy",
)


def prepare():
    """Import, and draw something: then fonts are read, and what draws is imported."""
    for name in IMPORTED:
        import_module(name)
    figure = sys.modules["matplotlib.figure"].Figure()
    figure.add_subplot().set_title("$x$")
    figure.savefig(BytesIO(), format="svg")
    gc.freeze()  # what stays as it is can be shared


def requests(listener):
    """What is asked for, each with its connection."""
    while listener in select([listener, sys.stdin], [], [])[0]:
        connection, _ = listener.accept()
        with connection, connection.makefile("rw", encoding="utf-8") as lines:
            yield json.loads(lines.readline()), lines


def serve(listener):
    """Answer each request with the number of a process of its own; in that process, return the request."""
    for request, lines in requests(listener):
        kernel = os.fork()
        if not kernel:
            return request
        lines.write(f"{kernel}\n")
    return None


def become_kernel(arguments, cwd, env):
    """Be the kernel that would have been started with these."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    os.dup2(os.open(os.devnull, os.O_RDONLY), sys.stdin.fileno())
    os.chdir(cwd)
    os.environ |= env | {"JPY_PARENT_PID": os.environ["JPY_PARENT_PID"]}
    sys.modules["ipykernel.kernelapp"].launch_new_instance(arguments)


if __name__ == "__main__":
    del sys.path[0]  # this folder; a kernel looks where its page is
    os.environ["JPY_PARENT_PID"] = str(
        os.getpid()
    )  # read when ipykernel is imported: a kernel ends with this process
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for kernels here
    prepare()
    with socket(fileno=int(sys.argv[1])) as listener:
        request = serve(listener)
    if request:
        become_kernel(**request)
