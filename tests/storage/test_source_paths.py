from pathlib import Path, PurePosixPath

import pytest

from aml_build.storage.source_paths import is_source, source_paths, visible_paths


@pytest.mark.parametrize(
    "path",
    [
        "course.yaml",
        "01.md",
        "figures/a.tex",
        "part/tests/01.md",
        "tests.md",
        "part/out/01.md",
        "out.md",
        "_01.md",
        "_parts/01.md",
    ],
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
        "out/aml.apkg",
        "out/release/release-notes.md",
        ".aml-build/notes.json",
    ],
)
def test_files_that_are_not_of_the_course(path: str) -> None:
    assert not is_source(PurePosixPath(path))


def test_paths_are_relative_and_in_order(tmp_path: Path) -> None:
    for path in ("b.md", "a/z.md", "a/.x/y.md", "tests/t.py", "a-b.md"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(b"")
    assert list(source_paths(tmp_path)) == ["a-b.md", "a/z.md", "b.md"]


@pytest.mark.parametrize("mark", ["course.yaml", ".cache/lock", "pyvenv.cfg"])
def test_another_course_an_output_folder_and_an_environment_are_not_of_the_course(
    tmp_path: Path, mark: str
) -> None:
    for path in (
        "course.yaml",
        "01.md",
        f"part/{mark}",
        "part/02.md",
        "part/deep/03.md",
        "x/04.md",
    ):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(b"")
    assert list(source_paths(tmp_path)) == ["01.md", "course.yaml", "x/04.md"]
    assert "part/deep/03.md" in visible_paths(tmp_path)
