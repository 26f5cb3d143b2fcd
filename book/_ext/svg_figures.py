"""Figures as SVG that come out the same in every build.

Kernels read their IPython configuration from a folder under the build folder, made here, so
that no cell has to hold plumbing. The look of the figures is in ``book/matplotlibrc``.
"""

import os
from pathlib import Path

CONFIG = """\
c.InlineBackend.figure_formats = {"svg"}
c.InlineBackend.print_figure_kwargs = {"bbox_inches": "tight", "metadata": {"Date": None}}
c.HistoryManager.enabled = False
c.IPKernelApp.log_level = "ERROR"
"""


def configure_kernels(app):
    """Write the kernels' configuration and point them to it."""
    profile = Path(app.outdir).parent / "ipython" / "profile_default"
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "ipython_kernel_config.py").write_text(
        CONFIG, encoding="utf-8"
    )
    os.environ["IPYTHONDIR"] = str(profile.parent)


def setup(app):
    app.connect("builder-inited", configure_kernels)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
