"""Running text: what is dropped between two pieces of it does not make them mean something together."""

from pathlib import Path

import pytest

from aml_build.commands.import_notes import begin
from aml_build.model.plain_text import plain
from aml_build.parse.course import parse_course


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("x *=*=0", "x ==0"),
        ("=*=*=*=*= all", "===== all"),
        ("=<b>=a=</b>= b", "==a== b"),
        ("a &<b>amp; b", "a &amp; b"),
        ("x <<b>b> y", "x <b> y"),
        ("1<*=*/b>", "1<=/b>"),
        ("Look!<https://example.org> now", "Look!https://example.org now"),
        ("a \\<b>=", "a <b>="),
        ("=", "="),
        ("##0", "##0"),
    ],
)
def test_pieces_that_meet_stay_text(tmp_path: Path, written: str, read: str) -> None:
    (tmp_path / "notes.txt").write_text(f"{written}\n", encoding="utf-8")
    begin([tmp_path / "notes.txt"], tmp_path / "course")
    parsed = parse_course(tmp_path / "course")
    assert [str(d) for d in parsed.diagnostics if d.severity == "error"] == []
    assert parsed.course is not None
    (concept,) = parsed.course.lessons[0].concepts
    assert plain(concept.definition.children) == read
