"""The release lock of a course as a file."""

from collections.abc import Sequence
from pathlib import Path

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.diagnostic import Diagnostic, diagnose
from aml_build.diagnostics.source import Span
from aml_build.model.edition import Edition
from aml_build.release.compare import CurrentNote, next_lock
from aml_build.release.lock import LOCK_NAME, Lock, LockError, dumps, loads
from aml_build.render.anki.note_types import schema
from aml_build.storage.files import write_atomically


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
            diagnose(
                Span(LOCK_NAME, broken.line, 1),
                Code.BAD_LOCK,
                f"The release lock cannot be read: {broken.message}.",
                "Take the file back from the last commit; only `aml-build release` writes it.",
            ),
        )


def write_lock(
    root: Path, lock: Lock, notes: Sequence[CurrentNote], version: str, made_from: Edition
) -> None:
    """Write the lock of a new release, made of the last one and the notes of now.

    Raise ``OSError`` where it cannot be written.
    """
    released = next_lock(
        lock,
        notes,
        version=version,
        date=made_from.date,
        epoch=made_from.epoch,
        note_types=schema(),
    )
    write_atomically(root / LOCK_NAME, dumps(released).encode())
