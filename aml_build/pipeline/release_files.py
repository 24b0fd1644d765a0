"""The two files of a release in the course's folder: the lock, and the released texts."""

from pathlib import Path

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.diagnostic import Diagnostic, diagnose
from aml_build.diagnostics.source import Span
from aml_build.pipeline.course_state import CourseState
from aml_build.release import lock, texts
from aml_build.release.compare import next_lock
from aml_build.release.lock import LOCK_NAME, Lock, LockError, ReleaseFileError
from aml_build.release.texts import Texts, TextsError, next_texts
from aml_build.render.anki.note_types import schema
from aml_build.storage.files import write_atomically
from aml_build.storage.source_paths import RELEASE_TEXTS


def read_lock(root: Path) -> tuple[Lock, tuple[Diagnostic, ...]]:
    """Return the lock of a course, empty before the first release; raise ``OSError``."""
    try:
        data = (root / LOCK_NAME).read_bytes()
    except FileNotFoundError:
        return Lock(), ()
    try:
        return lock.loads(data.decode("utf-8", "replace")), ()
    except LockError as broken:
        return Lock(), (_unreadable("release lock", broken),)


def read_texts(root: Path) -> tuple[Texts, tuple[Diagnostic, ...]]:
    """Return the released texts of a course, none before the first release; raise ``OSError``."""
    try:
        data = (root / RELEASE_TEXTS).read_bytes()
    except FileNotFoundError:
        return {}, ()
    try:
        return texts.loads(data.decode("utf-8", "replace")), ()
    except TextsError as broken:
        return {}, (_unreadable("released texts", broken),)


def _unreadable(what: str, broken: ReleaseFileError) -> Diagnostic:
    return diagnose(
        Span(broken.name, broken.line, 1),
        Code.BAD_LOCK,
        f"The {what} cannot be read: {broken.message}.",
        "Take the file back from the last commit; only `aml-build release` writes it.",
    )


def write_release(root: Path, state: CourseState, version: str, date: str) -> None:
    """Write the texts and then the lock of a new release; ``date`` is an ISO date.

    Raise ``OSError`` where one cannot be written: without its lock, nothing is released.
    """
    notes = state.contents
    released = next_texts(state.texts, state.lock, notes)
    after = next_lock(
        state.lock, notes, version=version, date=date, times=state.times, note_types=schema()
    )
    write_atomically(root / RELEASE_TEXTS, texts.dumps(released).encode())
    write_atomically(root / LOCK_NAME, lock.dumps(after).encode())
