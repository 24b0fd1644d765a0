"""What is about to be published, held against what was: the lock meets the deck."""

from collections.abc import Sequence
from pathlib import Path

from aml_build.cache import digest
from aml_build.diagnostics import Code, Diagnostic, error
from aml_build.items import Item
from aml_build.release.diff import Present, mtime
from aml_build.release.lock import Lock, LockBroken, loads
from aml_build.render.anki import NoteContent
from aml_build.source import Span

LOCK_NAME = "release.lock"


def read_lock(root: Path) -> tuple[Lock, tuple[Diagnostic, ...]]:
    """Return the lock of a course, empty before the first release; raise ``OSError``."""
    try:
        text = (root / LOCK_NAME).read_text(encoding="utf-8")
    except FileNotFoundError:
        return Lock(), ()
    except UnicodeDecodeError:
        text = ""
    try:
        return loads(text), ()
    except LockBroken as broken:
        return Lock(), (
            error(
                Span(LOCK_NAME, broken.line, 1),
                Code.BAD_LOCK,
                f"The release lock cannot be read: {broken.message}.",
                "Take the file back from the last commit; only `aml-build release` writes it.",
            ),
        )


def present(contents: Sequence[NoteContent], items: Sequence[Item]) -> tuple[Present, ...]:
    """Return the notes as they would be published now."""
    numbers = {item.origin: item.number for item in items}
    return tuple(
        Present(
            content.origin,
            content.id,
            numbers[content.origin],
            _seen(content),
            content.deck,
            content.ordinals,
        )
        for content in contents
    )


def mtimes(lock: Lock, now: Sequence[Present], epoch: int) -> dict[str, int]:
    """Return each note's time of change, s since 1970, by origin."""
    return {note.origin: mtime(lock.notes.get(note.origin), note, epoch) for note in now}


def _seen(content: NoteContent) -> str:
    """Return a name for all that a student sees of a note, 16 hexadecimal digits.

    Style and templates are left out: Anki takes them over by themselves, and no note needs touching.
    """
    parts = (content.kind, *content.fields, "tags", *content.tags, "media", *content.media)
    return digest(*parts)[:16]
