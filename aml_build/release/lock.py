"""The release lock: one line per note, with what was published and when its own text last changed."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

import msgspec

from aml_build.storage.clock import LATEST_NOTE

LOCK_NAME = "release.lock"
_HEADER = "# Written by `aml-build release`: what students have. Do not edit, do commit."

_NUMBERS = 10**7
"""Limit of a booklet number; no course has so many questions."""


class ReleaseFileError(ValueError):
    """A file that a release wrote cannot be read."""

    name: ClassVar[str]
    """The name of the file."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"{self.name}:{line}: {message}")
        self.line = line
        """1-based."""
        self.message = message


class LockError(ReleaseFileError):
    """The lock cannot be read."""

    name = LOCK_NAME


class Note(msgspec.Struct, frozen=True):
    """One published note."""

    published_id: str
    """``concept/facet`` as first published; its GUID is made of it."""
    id: str
    """Its current ``concept/facet``."""
    kind: str
    """Its note type: Anki refuses to change the type of a note."""
    number: int
    """Its question number in the booklet."""
    mtime: int
    """The time of the release that published its present own text, s since 1970."""
    own: str
    """A digest of what its own concept makes of it; see ``NoteContent``."""
    shown: str
    """A digest of all that students saw of it in the release that published its present own text."""
    deck: str
    """The deck in which new students get it."""
    ordinals: Mapping[int, str]
    """What each card of a cloze or occlusion note asks for; empty if the card was removed."""


class Lock(msgspec.Struct, frozen=True):
    """Everything that was published."""

    version: str = ""
    """Empty before the first release."""
    date: str = ""
    note_types: str = ""
    """Digest of the note types' ids, fields and templates: students' notes depend on them."""
    notes: Mapping[str, Note] = {}
    """By published id; notes that are gone stay, so that their ids are never reused."""

    def with_text(self, published_id: str, own: str) -> Note | None:
        """Return the published note if students have this text of it; ``own`` is the text's digest."""
        note = self.notes.get(published_id)
        return note if note and note.own == own else None

    @property
    def numbers(self) -> dict[str, int]:
        """Return the booklet numbers by published id."""
        return {published_id: note.number for published_id, note in self.notes.items()}


def dumps(lock: Lock) -> str:
    """Return the lock as text: a header, then one tab-separated line per note, by published id."""
    lines = [_HEADER, f"release\t{lock.version}\t{lock.date}", f"note-types\t{lock.note_types}"]
    for note in sorted(lock.notes.values(), key=lambda note: note.published_id):
        ordinals = msgspec.json.encode({str(k): v for k, v in sorted(note.ordinals.items())})
        current = note.id if note.id != note.published_id else ""
        numbers = str(note.number), str(note.mtime)
        asked = ordinals.decode() if note.ordinals else ""
        digests = note.own, note.shown
        parts = note.published_id, current, note.kind, *numbers, *digests, note.deck, asked
        lines.append("\t".join(parts))
    return "\n".join(lines) + "\n"


def loads(text: str) -> Lock:
    """Parse a lock; raise ``LockError`` for a text that is none."""
    lines = text.split("\n")
    try:
        _, version, date = lines[1].split("\t")
        _, note_types = lines[2].split("\t")
    except (IndexError, ValueError):
        raise LockError(1, "the first three lines are not those of a lock") from None
    notes = {note.published_id: note for note in _notes(lines[3:])}
    return Lock(version, date, note_types, notes)


def _notes(lines: Iterable[str]) -> Iterable[Note]:
    for number, line in enumerate(lines, start=4):
        if not line:
            continue
        try:
            published_id, current, kind, question, mtime, *digests, deck, ordinals = line.split(
                "\t"
            )
            own, shown = digests
            asked = msgspec.json.decode(ordinals, type=dict[int, str]) if ordinals else {}
            numbers = int(question), int(mtime)
            id = current or published_id
            note = Note(published_id, id, kind, *numbers, own, shown, deck, asked)
            if not (0 < note.number < _NUMBERS and 0 <= note.mtime < LATEST_NOTE):
                raise ValueError
            yield note
        except (ValueError, msgspec.MsgspecError):
            raise LockError(number, f"not a line of a lock: {line[:60]!r}") from None
