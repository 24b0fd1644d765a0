"""What notes show besides their items: names of lessons, terms, sizes of pictures."""

from collections.abc import Mapping

import msgspec

from aml_build.model import Course, Inlines
from aml_build.model.drawing import Drawing
from aml_build.render.anki.deck_setup import deck_name


class LessonContext(msgspec.Struct, frozen=True):
    """A lesson as its notes name it."""

    label: str
    title: str
    deck: str
    """Full name of its deck."""
    tag: str


class ConceptContext(msgspec.Struct, frozen=True, gc=False):
    """A concept as notes name it."""

    published_id: str
    term: Inlines
    needs: tuple[str, ...]
    contrast: tuple[str, ...]
    see: tuple[str, ...]


class NoteContext(msgspec.Struct, frozen=True):
    """Everything that notes show besides their items: the same context and items make the same notes."""

    course: str
    """The course's id."""
    report_url: str
    lessons: Mapping[int, LessonContext]
    """By lesson number."""
    concepts: Mapping[str, ConceptContext]
    drawings: Mapping[str, Drawing]
    """By path, without their bytes: a drawing's name changes when its bytes do."""


def note_context(course: Course, drawings: Mapping[str, Drawing]) -> NoteContext:
    """Return what the notes of a course may show besides their items."""
    # Anki sorts decks and tags as text, so all numbers get the same count of digits.
    width = max(2, *(len(str(lesson.number)) for lesson in course.lessons), 2)
    root = deck_name(course.title)
    return NoteContext(
        course=course.id,
        report_url=course.report_url,
        lessons={
            lesson.number: LessonContext(
                lesson.label,
                lesson.title,
                deck=f"{root}::{lesson.number:0{width}} {deck_name(lesson.title)}",
                tag=f"{course.id}::lesson::{lesson.number:0{width}}",
            )
            for lesson in course.lessons
        },
        concepts={
            concept.id: ConceptContext(
                concept.key.published_id,
                concept.term,
                concept.needs,
                concept.contrast,
                concept.see,
            )
            for lesson in course.lessons
            for concept in lesson.concepts
        },
        drawings={
            path: msgspec.structs.replace(drawing, pdf=b"", image=b"")
            for path, drawing in drawings.items()
        },
    )
