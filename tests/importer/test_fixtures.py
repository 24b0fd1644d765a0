"""Notes of every dialect, and the course that is made of each."""

from pathlib import Path

import pytest

from aml_build.commands.import_notes import begin
from aml_build.parse.course import parse_course
from tests.fixtures import check_file

FIXTURES = Path(__file__).parent / "fixtures"
_NOTES = sorted(FIXTURES.glob("*.in.*"))
_DIALECT = {"flat": "flat", "headings": "flat"}


def course_text(folder: Path) -> str:
    """Return a course as one text."""
    files = [folder / "course.yaml", *sorted(folder.glob("[0-9]*.md"))]
    return "".join(f"=== {p.name}\n{p.read_text(encoding='utf-8')}" for p in files)


@pytest.mark.parametrize("notes", _NOTES, ids=lambda path: path.name)
def test_notes_become_the_course_that_is_expected(notes: Path, tmp_path: Path) -> None:
    done = begin([notes], tmp_path / "course")
    assert done.report is not None
    name = notes.name.split(".")[0]
    assert [dialect for _, dialect, _ in done.report.sources] == [_DIALECT.get(name, name)]
    check_file(FIXTURES / f"{name}.expected.txt", course_text(tmp_path / "course"))
    report = (tmp_path / "course/import-report.md").read_text(encoding="utf-8")
    check_file(FIXTURES / f"{name}.report.md", report)


@pytest.mark.parametrize("notes", _NOTES, ids=lambda path: path.name)
def test_the_course_has_no_mistakes(notes: Path, tmp_path: Path) -> None:
    begin([notes], tmp_path / "course")
    parsed = parse_course(tmp_path / "course")
    assert [str(d) for d in parsed.diagnostics if d.severity == "error"] == []


@pytest.mark.parametrize("notes", _NOTES, ids=lambda path: path.name)
def test_importing_twice_gives_the_same_bytes(notes: Path, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        begin([notes], tmp_path / folder)
    files = sorted(p.relative_to(tmp_path / "a") for p in (tmp_path / "a").rglob("*"))
    for path in files:
        if (tmp_path / "a" / path).is_file():
            assert (tmp_path / "a" / path).read_bytes() == (tmp_path / "b" / path).read_bytes()
