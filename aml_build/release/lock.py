"""The release lock: one sorted line a note, what of it was published and when it last changed."""

from collections.abc import Iterable, Mapping

import msgspec

LOCK_NAME = "release.lock"
_HEADER = "# Written by `aml-build release`: what students have. Do not edit, do commit."

_NUMBERS = 10**7
"""No course has as many questions."""
_TIMES = 2**40
"""Seconds since 1970; what Anki's database holds of times is less than a thousand times as much."""


class LockBroken(ValueError):  # noqa: N818 - it names a state of the file, as the message does
    """The lock cannot be read."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"release.lock:{line}: {message}")
        self.line = line
        """1-based."""
        self.message = message


class Note(msgspec.Struct, frozen=True):
    """What is known of one published note."""

    published_id: str
    """The identity that its GUID is made of: concept and facet as first published."""
    id: str
    """What concept and facet are called now."""
    kind: str
    """Its note type: Anki refuses a note that comes back as another."""
    number: int
    """Its question number in the booklet."""
    mtime: int
    """Seconds since 1970 of its last visible change."""
    digest: str
    """Of everything that a student sees: fields, tags, media, note type."""
    deck: str
    """The deck that new students get it in."""
    ordinals: Mapping[int, str]
    """What each card of a cloze or occlusion note asks for; empty text: taken away since."""


class Lock(msgspec.Struct, frozen=True):
    """All that was published."""

    version: str = ""
    """Empty before the first release."""
    date: str = ""
    note_types: str = ""
    """Digest of the note types' ids, fields and templates: students' decks hang on them."""
    notes: Mapping[str, Note] = {}
    """By published_id; notes gone since are kept, so that their ids are never given away."""

    @property
    def numbers(self) -> dict[str, int]:
        """Return the booklet numbers by published_id."""
        return {published_id: note.number for published_id, note in self.notes.items()}


def dumps(lock: Lock) -> str:
    """Return the lock as text: a header, then one tab-separated line a note, by published_id."""
    lines = [_HEADER, f"release\t{lock.version}\t{lock.date}", f"note-types\t{lock.note_types}"]
    for note in sorted(lock.notes.values(), key=lambda note: note.published_id):
        ordinals = msgspec.json.encode({str(k): v for k, v in sorted(note.ordinals.items())})
        lines.append(
            "\t".join(
                (
                    note.published_id,
                    note.id if note.id != note.published_id else "",
                    note.kind,
                    str(note.number),
                    str(note.mtime),
                    note.digest,
                    note.deck,
                    ordinals.decode() if note.ordinals else "",
                )
            )
        )
    return "\n".join(lines) + "\n"


def loads(text: str) -> Lock:
    """Return the lock that the text holds; raise ``LockBroken`` where it is not one."""
    lines = text.split("\n")
    try:
        _, version, date = lines[1].split("\t")
        _, note_types = lines[2].split("\t")
    except (IndexError, ValueError):
        raise LockBroken(1, "the first three lines are not those of a lock") from None
    return Lock(version, date, note_types, _by_origin(_notes(lines[3:])))


def _notes(lines: Iterable[str]) -> Iterable[Note]:
    for number, line in enumerate(lines, start=4):
        if not line:
            continue
        try:
            published_id, current, kind, question, mtime, digest, deck, ordinals = line.split("\t")
            asked = msgspec.json.decode(ordinals, type=dict[int, str]) if ordinals else {}
            note = Note(
                published_id,
                current or published_id,
                kind,
                int(question),
                int(mtime),
                digest,
                deck,
                asked,
            )
            if not (0 < note.number < _NUMBERS and 0 <= note.mtime < _TIMES):
                raise ValueError
            yield note
        except (ValueError, msgspec.MsgspecError):
            raise LockBroken(number, f"not a line of a lock: {line[:60]!r}") from None


def _by_origin(notes: Iterable[Note]) -> dict[str, Note]:
    return {note.published_id: note for note in notes}
