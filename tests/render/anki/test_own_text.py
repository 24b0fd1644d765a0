"""What changes a note's own text, and what only what it shows."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from aml_build.items.derive import derive
from aml_build.model import Course, Text
from aml_build.render.anki import NoteContent, notes
from tests.samples import COURSE, DRAWINGS, paragraph


def written(course: Course, shift: int = 0) -> dict[str, NoteContent]:
    items = [replace(item, number=item.number + shift) for item in derive(course)]
    return {note.published_id: note for note in notes(course, items, DRAWINGS)}


def with_concept(change: Callable[[object], object]) -> Course:
    """Return the course with its first concept changed."""
    first, *lessons = COURSE.lessons
    concept, *others = first.concepts
    changed = replace(first, concepts=(change(concept), *others))  # type: ignore[arg-type]
    return replace(COURSE, lessons=(changed, *lessons))


def lesson_renamed() -> Course:
    first, *lessons = COURSE.lessons
    return replace(COURSE, lessons=(replace(first, title="Other", label="Part 1"), *lessons))


def differing(course: Course, digest: str, shift: int = 0) -> set[str]:
    before, after = written(COURSE), written(course, shift)
    return {id for id in before if getattr(before[id], digest) != getattr(after[id], digest)}


EVERYTHING = set(written(COURSE))
TITLE = with_concept(lambda concept: replace(concept, term=(Text("Headcount"),)))  # type: ignore[type-var]
DEFINITION = with_concept(
    lambda concept: replace(concept, definition=paragraph("Other words."))  # type: ignore[type-var]
)


@pytest.mark.parametrize(
    ("course", "shift", "own"),
    [
        (COURSE, 0, set()),
        (COURSE, 7, set()),
        (lesson_renamed(), 0, set()),
        (replace(COURSE, report_url="https://example.org/{concept}"), 0, set()),
        (DEFINITION, 0, {"count/definition"}),
    ],
)
def test_own_text(course: Course, shift: int, own: set[str]) -> None:
    assert differing(course, "own", shift) == own


def test_a_title_is_the_own_text_of_its_concept_alone() -> None:
    own = differing(TITLE, "own")
    assert own == {id for id in EVERYTHING if id.startswith("count/")}
    assert differing(TITLE, "shown") > own


@pytest.mark.parametrize(
    ("course", "shift"),
    [(COURSE, 7), (replace(COURSE, report_url="https://example.org/{concept}"), 0)],
)
def test_what_is_shown(course: Course, shift: int) -> None:
    assert differing(course, "shown", shift) == EVERYTHING


def test_no_placeholder_is_left() -> None:
    for note in (*written(COURSE).values(), *written(TITLE).values()):
        assert "\x1e" not in "".join(note.fields)
