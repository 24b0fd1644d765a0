from pathlib import Path, PurePosixPath

import pytest

from aml_build.storage.source_paths import is_source, source_paths


@pytest.mark.parametrize(
    "path", ["course.yaml", "01.md", "figures/a.tex", "part/tests/01.md", "tests.md"]
)
def test_files_of_a_course(path: str) -> None:
    assert is_source(PurePosixPath(path))


@pytest.mark.parametrize(
    "path",
    [
        ".git/HEAD",
        "part/.hidden.md",
        "tests/test_numbers.py",
        "tests/notes.md",
        "__pycache__/a.pyc",
    ],
)
def test_files_that_are_not_of_the_course(path: str) -> None:
    assert not is_source(PurePosixPath(path))


def test_paths_are_relative_and_in_order(tmp_path: Path) -> None:
    for path in ("b.md", "a/z.md", "a/.x/y.md", "tests/t.py", "a-b.md"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(b"")
    assert list(source_paths(tmp_path)) == ["a-b.md", "a/z.md", "b.md"]
