from pathlib import Path

import pytest

from aml_build.storage.build_stamp import Stamp, inputs_digest, intact, tool_digest
from aml_build.storage.files import digest


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "course.yaml").write_text("id: a\n", encoding="utf-8")
    (folder / "01.md").write_text("one", encoding="utf-8")
    return folder


def test_the_digest_is_that_of_the_content_and_not_of_the_place(root: Path) -> None:
    before = inputs_digest(root)
    assert inputs_digest(root.rename(root.with_name("moved"))) == before


@pytest.mark.parametrize("path", ["01.md", "02.md", "release.lock", "figures/style.tex"])
def test_the_digest_changes_with_every_file_of_the_course(root: Path, path: str) -> None:
    before = inputs_digest(root)
    (root / path).parent.mkdir(exist_ok=True)
    (root / path).write_text("two", encoding="utf-8")
    assert inputs_digest(root) != before


def test_a_renamed_file_is_another_input(root: Path) -> None:
    before = inputs_digest(root)
    (root / "01.md").rename(root / "02.md")
    assert inputs_digest(root) != before


@pytest.mark.parametrize(
    "path", ["tests/test_numbers.py", "tests/__pycache__/a.pyc", ".git/index", "__pycache__/b.pyc"]
)
def test_the_digest_is_blind_to_what_no_build_reads(root: Path, path: str) -> None:
    before = inputs_digest(root)
    (root / path).parent.mkdir(parents=True)
    (root / path).write_bytes(b"x")
    assert inputs_digest(root) == before


def test_options_are_inputs(root: Path) -> None:
    assert len({inputs_digest(root), inputs_digest(root, "a"), inputs_digest(root, "a", "")}) == 3


def test_an_engine_that_was_installed_since_is_an_input(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(root.parent))
    before = inputs_digest(root)
    engine = root.parent / "pdflatex"
    engine.write_bytes(b"#!/bin/sh\n")
    engine.chmod(0o755)
    assert inputs_digest(root) != before


def test_another_library_makes_another_tool(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cache keys contain this digest, so the results of another tool are never used."""
    before = inputs_digest(root), tool_digest()
    (root.parent / "genanki-99.dist-info").mkdir()
    monkeypatch.syspath_prepend(root.parent)
    assert tool_digest() == before[1], "computed once in a process"
    tool_digest.cache_clear()
    after = inputs_digest(root), tool_digest()
    tool_digest.cache_clear()
    assert after[0] != before[0]
    assert after[1] != before[1]


def test_artifacts_are_intact_as_long_as_every_byte_is_there(tmp_path: Path) -> None:
    stamp = Stamp("", {"a": digest(b"one"), "b/c": digest(b"two")}, b"")
    (tmp_path / "b").mkdir()
    (tmp_path / "a").write_bytes(b"one")
    assert not intact(tmp_path, stamp)
    (tmp_path / "b" / "c").write_bytes(b"two")
    assert intact(tmp_path, stamp)
    (tmp_path / "a").write_bytes(b"One")
    assert not intact(tmp_path, stamp)
