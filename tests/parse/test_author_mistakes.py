"""What authors get wrong in the starter course: one cause, one message, at its place."""

import pytest

from aml_build.check.quality import check_quality
from aml_build.diagnostics.diagnostic import Diagnostic, in_order
from aml_build.parse.course import ParseResult
from aml_build.pipeline.lesson_summary import summarise
from aml_build.resources import templates
from aml_build.storage.cache import Cache
from tests.mistakes import course, found
from tests.parse.author_mistakes import MARK, MISTAKES, Mistake

STARTER = {
    path.relative_to(templates() / "new").as_posix(): path.read_text(encoding="utf-8")
    for path in (templates() / "new").rglob("*.*")
}


def every(parsed: ParseResult) -> tuple[Diagnostic, ...]:
    """Return what ``check`` reports, but for what engines say of formulas."""
    diagnostics = found(parsed)
    if parsed.course is None:
        return diagnostics
    summaries = summarise(parsed.course.lessons, Cache(None))
    return in_order((*diagnostics, *check_quality(s.quality for s in summaries)))


def edited(mistake: Mistake) -> tuple[dict[str, str], list[tuple[str, int, int]]]:
    """Return the files with the mistake, and the places of its marks."""
    text = STARTER[mistake.path]
    assert text.count(mistake.old) == 1 or mistake.old in text
    text = text.replace(mistake.old, mistake.new, 1)
    places = []
    while (at := text.find(MARK)) >= 0:
        before = text[:at]
        places.append((mistake.path, before.count("\n") + 1, at - before.rfind("\n")))
        text = before + text[at + 1 :]
    return STARTER | {mistake.path: text}, places


def test_the_starter_course_has_no_mistakes() -> None:
    assert every(course(STARTER)) == ()


@pytest.mark.parametrize("mistake", [pytest.param(m, id=m.name) for m in MISTAKES])
def test_one_cause_gives_one_message(mistake: Mistake) -> None:
    files, places = edited(mistake)
    diagnostics = every(course(files))
    print(*diagnostics, sep="\n")
    assert sorted(d.code for d in diagnostics) == sorted(mistake.code.split())
    shown = [(d.span.path, d.span.line, d.span.column) for d in diagnostics]
    assert set(places) <= set(shown)
    first = next(d for d in diagnostics if d.code == mistake.code.split()[0])
    assert mistake.hint in f"{first.message} {first.hint}"
