"""Drafts: what cells could see decides whether their outputs are kept, and only a draft keeps anything."""

import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from jupyter_cache import get_cache

from bookext.build import drafts
from bookext.common.drafts import stays


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A project of two modules, beside a folder such as editors make."""
    for name in (
        "shallowlib/loops.py",
        "shallowlib/data/points.csv",
        "book/claims.toml",
        "book/matplotlibrc",
        "requirements.lock",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    (tmp_path / "shallowlib/.ipynb_checkpoints").mkdir()
    monkeypatch.setattr(drafts, "ROOT", tmp_path)
    return tmp_path


def test_all_that_cells_can_see_counts_with_its_name(root):
    seen = {drafts.seen_by_cells()}
    for name in (
        "shallowlib/loops.py",
        "shallowlib/data/points.csv",
        "book/claims.toml",
        "book/matplotlibrc",
        "requirements.lock",
    ):
        (root / name).write_text("changed")
        seen.add(drafts.seen_by_cells())
    (root / "shallowlib/loops.py").rename(root / "shallowlib/loopz.py")
    seen.add(drafts.seen_by_cells())
    assert len(seen) == 7


def test_what_python_compiles_does_not_count(root):
    before = drafts.seen_by_cells()
    (root / "shallowlib/loops.cpython-311.pyc").write_bytes(b"compiled")
    assert drafts.seen_by_cells() == before


def test_only_a_draft_keeps_outputs(root, monkeypatch):
    monkeypatch.delenv("DRAFT", raising=False)
    config = SimpleNamespace(nb_execution_mode="force")
    drafts.keep_outputs(None, config)
    assert vars(config) == {"nb_execution_mode": "force"}
    monkeypatch.setenv("DRAFT", "1")
    drafts.keep_outputs(None, config)
    assert config.nb_execution_mode == "cache"
    assert config.nb_execution_cache_path.startswith(str(root / "_build" / "drafts"))


def test_what_keeps_outputs_is_there_before_pages_are_read_side_by_side(
    root, monkeypatch
):
    monkeypatch.setenv("DRAFT", "1")
    config = SimpleNamespace()
    for _ in range(2):
        drafts.keep_outputs(None, config)
        database = Path(config.nb_execution_cache_path, "global.db")
        made = database.stat()
        assert (
            get_cache(database.parent).list_cache_records() == []
            and database.stat() == made
        )


def test_only_a_draft_leaves_a_file_as_it_is_and_only_where_nothing_of_it_is_newer(
    root, monkeypatch
):
    made, source = root / "style.css", root / "book/claims.toml"
    monkeypatch.setenv("DRAFT", "1")
    assert not stays(made)
    made.write_text("made")
    os.utime(source, (1, 1))
    assert stays(made) and stays(made, [source])
    os.utime(made, (0, 0))
    assert stays(made) and not stays(made, [source])
    monkeypatch.delenv("DRAFT")
    assert not stays(made)
