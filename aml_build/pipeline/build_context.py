"""What the module of an artifact gets and what it gives."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from aml_build.diagnostics.diagnostic import Diagnostic
from aml_build.items.item import Item
from aml_build.model import Course
from aml_build.model.drawing import Drawing
from aml_build.model.edition import Edition
from aml_build.pipeline.course_state import CourseState
from aml_build.pipeline.options import Options
from aml_build.pipeline.outcome import Request
from aml_build.release.lock import Lock
from aml_build.render.anki import NoteContent
from aml_build.storage.cache import Cache


class BuildContext(msgspec.Struct, frozen=True):
    """Everything that an artifact may be made of."""

    course: Course
    derived: Callable[[], tuple[Item, ...]]
    """Gives the items; a deck whose lessons are known does without."""
    contents: tuple[NoteContent, ...]
    """The notes of the items; figures that could not be drawn have none."""
    drawings: Mapping[str, Drawing]
    """By path of the picture; pictures that could not be drawn are missing."""
    edition: Edition
    lock: Lock
    """What was released last."""
    cache: Cache
    options: Options
    content: str
    """The way from the preview to the notes."""

    @property
    def items(self) -> tuple[Item, ...]:
        """Return everything that the course asks, in study order."""
        return self.derived()


def build_context(
    state: CourseState, request: Request, made_from: Edition, cache: Cache
) -> BuildContext:
    """Return what artifacts are made of; raise ``NoSuchLessonError`` for one that is not in the course."""
    course = state.course
    assert course is not None
    request.options.check_lessons([lesson.number for lesson in course.lessons])
    version = request.version or state.lock.version
    return BuildContext(
        course,
        lambda: state.items,
        state.contents,
        state.drawings,
        msgspec.structs.replace(made_from, version=version),
        state.lock,
        cache,
        request.options,
        Path(os.path.relpath(request.root, request.out / "preview")).as_posix(),
    )


class ArtifactFiles(msgspec.Struct, frozen=True):
    """The files of one artifact."""

    files: Mapping[str, bytes]
    """By POSIX path relative to the output folder."""
    summary: str
    """A few words for the report: "312 notes"."""
    diagnostics: tuple[Diagnostic, ...] = ()


def counted(context: BuildContext) -> str:
    """Return how many notes and cards there are, in words."""
    cards = sum(len(content.cards) for content in context.contents)
    return f"{len(context.contents)} notes, {cards} cards"
