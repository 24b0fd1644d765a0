"""The release lock as a file of the course."""

from pathlib import Path

import pytest

from aml_build.pipeline.release_files import read_lock, read_texts


def test_no_lock_before_the_first_release(tmp_path: Path) -> None:
    lock, found = read_lock(tmp_path)
    assert (lock.version, lock.notes, found) == ("", {}, ())


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", 1),
        (b"\xff\xfe", 1),
        (b"# x\nrelease\t1\t2026-01-01\nnote-types\tt\na/b\tbroken\n", 4),
        (
            b"# x\nrelease\t1\t2026-01-01\nnote-types\tt\na/b\t\tk\t1\t%s\td\td\tD\t\n"
            % (b"9" * 20),
            4,
        ),
        (b"# x\nrelease\t1\t2026-01-01\nnote-types\tt\na/b\t\tk\t0\t1\td\td\tD\t\n", 4),
        (b"# x\nrelease\t1\t2026-01-01\nnote-types\tt\n\na/b\t\tquestion\tone\t1\td\td\tD\t\n", 5),
    ],
)
def test_a_broken_lock_is_a_mistake_with_a_place(tmp_path: Path, data: bytes, line: int) -> None:
    (tmp_path / "release.lock").write_bytes(data)
    _, found = read_lock(tmp_path)
    assert [(d.span.line, d.code) for d in found] == [(line, "bad-lock")]
    assert "aml-build release" in found[0].hint


def test_no_texts_before_the_first_release(tmp_path: Path) -> None:
    assert read_texts(tmp_path) == ({}, ())


@pytest.mark.parametrize(
    ("data", "line"), [(b"x\n", 1), (b"\xff\xfe\n", 1), (b'{"id":"a/x","fields":{}}\n{}\n', 2)]
)
def test_broken_texts_are_a_mistake_with_a_place(tmp_path: Path, data: bytes, line: int) -> None:
    (tmp_path / "release-texts.jsonl").write_bytes(data)
    _, found = read_texts(tmp_path)
    assert [(d.span.line, d.code) for d in found] == [(line, "bad-lock")]
    assert "aml-build release" in found[0].hint
