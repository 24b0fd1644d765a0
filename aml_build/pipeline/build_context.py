"""What the module of an artifact gets, and what it returns."""

from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec.structs import replace

from aml_build.diagnostics.diagnostic import Diagnostic
from aml_build.model import Course
from aml_build.model.edition import Edition
from aml_build.phrases import count_of
from aml_build.pipeline.course_state import CourseState
from aml_build.pipeline.options import Options
from aml_build.pipeline.request import BuildRequest
from aml_build.release.lock import Lock
from aml_build.storage.cache import Cache
from aml_build.storage.clock import iso_date
from aml_build.storage.relative_urls import relative_url


class BuildContext(msgspec.Struct, frozen=True):
    """Everything that an artifact may be made of."""

    course: Course
    state: CourseState
    """Items, notes, drawings and lock; a deck of known lessons never derives the items."""
    edition: Edition
    cache: Cache
    options: Options
    root: Path
    """The content root."""
    content: str
    """The path from the preview to the notes, or their address where no path leads there."""


def build_context(
    state: CourseState, request: BuildRequest, made_from: Edition, cache: Cache
) -> BuildContext:
    """Return what artifacts are made of; raise ``LessonNotFoundError`` for one that is not in the course."""
    course = state.course
    assert course is not None
    request.options.check_lessons([lesson.number for lesson in course.lessons])
    return BuildContext(
        course,
        state,
        _edition(request, state.lock, made_from),
        cache,
        request.options,
        request.root,
        relative_url(request.root, request.out / "preview"),
    )


def _edition(request: BuildRequest, lock: Lock, made_from: Edition) -> Edition:
    """Return the edition that the artifacts show: a release has its own date, also if built again."""
    if not request.version:
        return replace(made_from, version=lock.version)
    date = lock.date if request.version == lock.version else iso_date(request.moment)
    return replace(made_from, version=request.version, date=date)


class ArtifactFiles(msgspec.Struct, frozen=True):
    """The files of one artifact."""

    files: Mapping[str, bytes]
    """By POSIX path relative to the output folder."""
    summary: str
    """A few words for the report: "312 notes"."""
    diagnostics: tuple[Diagnostic, ...] = ()


def count_cards(state: CourseState) -> str:
    """Return the numbers of notes and cards as a phrase of the report."""
    cards = sum(len(content.cards) for content in state.contents)
    return f"{count_of(len(state.contents), 'note')}, {count_of(cards, 'card')}"
