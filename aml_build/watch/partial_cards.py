"""The cards of lessons without mistakes, while other lessons have some."""

from collections.abc import Collection, Iterator

from msgspec.structs import replace

from aml_build.diagnostics.codes import Code, Medium
from aml_build.figures.draw import STYLE
from aml_build.model.drawing import is_tikz
from aml_build.pipeline.course_state import CourseState
from aml_build.render.preview import Page, Section, page_of

_MISSING_IDS = frozenset({Code.MISSING_ID, Code.MISSING_CLOZE_NUMBER})


def sound_lessons(state: CourseState) -> frozenset[str]:
    """Return the paths of the lessons whose cards can be made.

    Empty for a mistake that concerns all lessons, as in ``course.yaml``. A mistake in a figure counts
    for each lesson that shows it. Lessons whose only mistake are missing ids have provisional ones.
    """
    unnamed = {file.path for file in state.symbols if file.missing_ids}
    broken: set[str] = set()
    lessons = lesson_paths(state)
    for found in state.findings:
        path = found.span.path
        if not found.withholds & Medium.CARDS:
            continue
        if found.code in _MISSING_IDS and path not in unnamed:
            continue
        if path in lessons:
            broken.add(path)
        elif is_tikz(path) or any(path in known.pictures for known in state.summaries):
            broken.update(_showing(state, path))
        else:
            return frozenset()
    return lessons - broken


def lesson_paths(state: CourseState) -> frozenset[str]:
    """Return the paths of all lessons."""
    return (
        frozenset(lesson.span.path for lesson in state.course.lessons)
        if state.course
        else frozenset()
    )


def _showing(state: CourseState, figure: str) -> Iterator[str]:
    """Yield the paths of the lessons that show a figure; for the style sheet, any figure."""
    lessons = state.course.lessons if state.course else ()
    for lesson, known in zip(lessons, state.summaries, strict=True):
        if figure in known.pictures or (figure == STYLE and any(map(is_tikz, known.pictures))):
            yield lesson.span.path


def with_last(fresh: Page, last: Page, kept: Collection[str]) -> tuple[Page, tuple[str, ...]]:
    """Return the new cards with the last cards of the lessons ``kept``, and the sections of these."""
    new = {card.key for section in fresh.sections for card in section.cards}
    ids = {section.id for section in fresh.sections}
    old: list[Section] = []
    for section in last.sections:
        cards = tuple(c for c in section.cards if c.span.path in kept and c.key not in new)
        if cards and section.id not in ids:
            old.append(replace(section, cards=cards))
    sections = sorted((*fresh.sections, *old), key=_number)
    return page_of(fresh.frame, sections), tuple(section.id for section in old)


def _number(section: Section) -> int:
    return int(section.id.removeprefix("lesson-"))
