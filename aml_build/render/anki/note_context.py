"""What notes show of the course around their items: names, terms, sizes of pictures."""

from collections.abc import Mapping

import msgspec

from aml_build.model import Course, Inlines
from aml_build.model.drawing import Drawing


class Place(msgspec.Struct, frozen=True):
    """A lesson as its notes name it."""

    label: str
    title: str
    deck: str
    """Full name of its deck."""
    tag: str


class Neighbour(msgspec.Struct, frozen=True, gc=False):
    """A concept as notes name it, their own or others'."""

    term: Inlines
    needs: tuple[str, ...]
    contrast: tuple[str, ...]
    see: tuple[str, ...]


class Surroundings(msgspec.Struct, frozen=True):
    """Everything that notes show beside their items: while it is the same, so are they."""

    course: str
    """The course's id."""
    report_url: str
    places: Mapping[int, Place]
    """By lesson number."""
    concepts: Mapping[str, Neighbour]
    drawings: Mapping[str, Drawing]
    """Without their bytes, for which the names stand."""


def surroundings(course: Course, drawings: Mapping[str, Drawing]) -> Surroundings:
    """Return what the notes of a course may show beside their items."""
    width = max(2, *(len(str(lesson.number)) for lesson in course.lessons), 2)
    root = deck_name(course.title)
    bare = {p: msgspec.structs.replace(d, pdf=b"", image=b"") for p, d in drawings.items()}
    return Surroundings(
        course=course.id,
        report_url=course.report_url,
        places={
            lesson.number: Place(
                lesson.label,
                lesson.title,
                # As many digits for all, so that Anki sorts numbers as numbers.
                deck=f"{root}::{lesson.number:0{width}} {deck_name(lesson.title)}",
                tag=f"{course.id}::lesson::{lesson.number:0{width}}",
            )
            for lesson in course.lessons
        },
        concepts={
            concept.id: Neighbour(concept.term, concept.needs, concept.contrast, concept.see)
            for lesson in course.lessons
            for concept in lesson.concepts
        },
        drawings=bare,
    )


def deck_name(title: str) -> str:
    """Return a title as one level of a deck's name: two colons would begin another."""
    while "::" in title:
        title = title.replace("::", ":")
    return title.strip(": ")
