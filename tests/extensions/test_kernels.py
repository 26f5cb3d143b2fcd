"""The kernels of a whole build are forked from one process: fresh for each page, gone with the build, missed when they die."""

import os
import re
import sys

import pytest

from support.tiny_books import PAGE, RUNNING, build

pytestmark = [
    pytest.mark.site,  # needs what `make book` installs
    pytest.mark.skipif(
        sys.platform != "linux", reason="kernels are forked on Linux only"
    ),
]

CONFIG = RUNNING + "extensions.append('bookext.build.kernels')\n"
TELLS = """import os
import sys
threads = len(os.listdir(f"/proc/{os.getppid()}/task"))
print(f"parent={os.getppid()} threads={threads} kernel={os.getpid()} sympy={'sympy' in sys.modules} new={'mine' not in globals()} folder={os.getcwd()}")
mine = 1"""
DRAWS = (
    TELLS
    + """
import matplotlib.pyplot as plt
plt.plot([0, 1])
plt.show()"""
)


def built(folder, codes, *more):
    """(exit status, what was said, what each page shows) of a book with a page for each code."""
    pages = {f"p{k}.md": PAGE.format(code=code) for k, code in enumerate(codes)}
    pages["index.md"] = "# Book\n\n```{toctree}\n:glob:\np*\n```\n"
    code, said = build(folder, pages | {"conf.py": CONFIG + "".join(more)})
    return (
        code,
        said,
        [path.read_text() for path in sorted(folder.glob("site/p*.html"))],
    )


def told(pages, what):
    return [
        re.findall(rf"\b{what}=([\w/.-]+)", re.sub(r"<[^>]+>", "", page))[-1]
        for page in pages
    ]


def lives(process):
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    return True


def test_each_page_has_a_fresh_kernel_of_one_process_and_none_is_left(tmp_path):
    code, _, pages = built(tmp_path, [TELLS] * 6 + [DRAWS])
    assert code == 0
    assert len(set(told(pages, "parent"))) == 1 and len(set(told(pages, "kernel"))) == 7
    assert set(told(pages, "sympy")) == {"True"} and set(told(pages, "new")) == {"True"}
    assert set(told(pages, "threads")) == {"1"}  # a fork takes only one along
    assert set(told(pages, "folder")) == {str(tmp_path)}
    assert pages[-1].count("<img") == 1
    assert not any(map(lives, told(pages, "parent") + told(pages, "kernel")))


def test_few_pages_have_kernels_that_start_as_they_always_do(tmp_path):
    code, _, pages = built(tmp_path, [TELLS] * 2)
    assert code == 0 and set(told(pages, "sympy")) == {"False"}


def test_a_kernel_that_dies_ends_the_build(tmp_path):
    code, said, _ = built(tmp_path, [TELLS] * 6 + ["import os\nos._exit(1)"])
    assert code != 0 and "Kernel died" in said


def test_a_process_that_cannot_begin_is_said(tmp_path):
    (tmp_path / "sympy.py").write_text("raise ImportError('no algebra here')")
    code, said, _ = built(
        tmp_path,
        [TELLS] * 6,
        "import os\nos.environ['PYTHONPATH'] = os.path.dirname(__file__)\n",
    )
    assert (
        code != 0 and "no algebra here" in said and "kernel_server.py has ended" in said
    )
