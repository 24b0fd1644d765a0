"""What is about to be published, held against what was: the lock meets the deck."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

import msgspec

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.diagnostic import Diagnostic, error
from aml_build.diagnostics.source import Span
from aml_build.items.derive import lesson_items, numbered
from aml_build.model import Course
from aml_build.model.drawing import Drawing
from aml_build.model.edition import Edition
from aml_build.pipeline.lesson_summary import Survey
from aml_build.release.compare import CurrentNote, Diff, compare, mtime, next_lock
from aml_build.release.lock import LOCK_NAME, Lock, LockError, dumps, loads
from aml_build.render.anki import NoteContent
from aml_build.render.anki.note_context import surroundings
from aml_build.render.anki.note_types import schema
from aml_build.render.anki.notes import lesson_notes
from aml_build.storage.cache import Cache, write_atomically
from aml_build.storage.memo import recall_or_compute


class Publication(msgspec.Struct, frozen=True):
    """The notes of now and the lock of then."""

    lock: Lock
    contents: tuple[NoteContent, ...]
    diff: Diff


def read_lock(root: Path) -> tuple[Lock, tuple[Diagnostic, ...]]:
    """Return the lock of a course, empty before the first release; raise ``OSError``."""
    try:
        data = (root / LOCK_NAME).read_bytes()
    except FileNotFoundError:
        return Lock(), ()
    try:
        return loads(data.decode("utf-8", "replace")), ()
    except LockError as broken:
        return Lock(), (
            error(
                Span(LOCK_NAME, broken.line, 1),
                Code.BAD_LOCK,
                f"The release lock cannot be read: {broken.message}.",
                "Take the file back from the last commit; only `aml-build release` writes it.",
            ),
        )


class _Part(msgspec.Struct, frozen=True):
    """What the notes of a lesson are made of, beside what surrounds it."""

    digest: str
    numbers: tuple[int, ...]
    """Booklet numbers of its items, in study order."""


def contents(
    course: Course,
    surveys: Sequence[Survey],
    numbers: Mapping[str, int],
    drawings: Mapping[str, Drawing],
    cache: Cache,
) -> tuple[NoteContent, ...]:
    """Return the notes of a course whose lessons were surveyed, in study order.

    ``numbers`` holds the booklet numbers of all items by published_id. Raise ``UnfitNote`` for a note that
    Anki cannot show.
    """
    around = surroundings(course, drawings)
    parts = [
        _Part(known.digest, tuple([numbers[slot.published_id] for slot in known.slots]))
        for known in surveys
    ]
    lessons = {part.digest: lesson for part, lesson in zip(parts, course.lessons, strict=True)}

    def write(new: Sequence[_Part]) -> Iterator[tuple[NoteContent, ...]]:
        for part in new:
            lesson = lessons[part.digest]
            yield lesson_notes(around, lesson.number, numbered(lesson_items(lesson), numbers))

    written = recall_or_compute(cache, "notes", around, parts, write, tuple[NoteContent, ...])
    return tuple(chain.from_iterable(written))


def publication(
    contents: tuple[NoteContent, ...], lock: Lock, retired: Sequence[str]
) -> Publication:
    """Return what is there to be published and what it would do to students.

    ``retired`` holds ids that the course has given up on purpose.
    """
    return Publication(lock, contents, compare(lock, contents, retired, schema()))


def mtimes(lock: Lock, now: Sequence[CurrentNote], epoch: int) -> dict[str, int]:
    """Return each note's time of change, s since 1970, by published_id."""
    return {
        note.published_id: mtime(lock.notes.get(note.published_id), note, epoch) for note in now
    }


def publish(root: Path, publication: Publication, version: str, made_from: Edition) -> None:
    """Write the lock of a new release; raise ``OSError`` where it cannot be written."""
    lock = next_lock(
        publication.lock,
        publication.contents,
        version=version,
        date=made_from.date,
        epoch=made_from.epoch,
        note_types=schema(),
    )
    write_atomically(root / LOCK_NAME, dumps(lock).encode())
