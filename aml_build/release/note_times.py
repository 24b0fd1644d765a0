"""When the own text of each note was first built or released: Anki updates a note only for a later time.

Two records know earlier times: the release lock, which is committed, and the build record, which
holds what this folder built since. Between them, a correction is always later than what it corrects.
"""

from collections.abc import Callable, Iterable, Mapping

import msgspec

from aml_build.release.compare import CurrentNote
from aml_build.release.lock import Lock
from aml_build.storage.clock import LATEST_NOTE

RECORD_NAME = "notes.tsv"
_HEADER = (
    "# Written by `aml-build build`: when the text of each note was first built. Do not commit."
)


class RecordError(ValueError):
    """The build record cannot be read."""


class DatedText(msgspec.Struct, frozen=True):
    """The text that a note had in the last build, and since when."""

    own: str
    """Digests as in ``NoteContent``; ``shown`` is the one that went out with this time."""
    shown: str
    mtime: int
    """s since 1970"""


Record = Mapping[str, DatedText]
"""The last build by published id. Notes that are gone stay: they may come back with another text."""


SourceTime = Callable[[str], int]
"""Returns when the source of a note last changed, s since 1970, for its published id."""


def dumps(record: Record) -> str:
    """Return the record as text: a header, then one tab-separated line per note, by published id."""
    lines = (f"{id}\t{t.own}\t{t.shown}\t{t.mtime}" for id, t in sorted(record.items()))
    return "\n".join((_HEADER, *lines)) + "\n"


def loads(text: str) -> dict[str, DatedText]:
    """Parse a record; raise ``RecordError`` for a text that is none."""
    header, _, rest = text.partition("\n")
    record = {}
    try:
        if header != _HEADER:
            raise ValueError
        for line in filter(None, rest.split("\n")):
            published_id, own, shown, mtime = line.split("\t")
            record[published_id] = DatedText(own, shown, int(mtime))
            if not 0 <= record[published_id].mtime < LATEST_NOTE:
                raise ValueError
    except ValueError:
        raise RecordError from None
    return record


def date_notes(
    notes: Iterable[CurrentNote], lock: Lock, record: Record, source_time: SourceTime, now: int
) -> dict[str, DatedText]:
    """Return the time of each note's present own text by published id.

    A text that was built or released keeps its time, one that replaces another is later than it, and
    a note that no record knows has the time of its source.
    """
    return {note.published_id: _dated(note, lock, record, source_time, now) for note in notes}


def _dated(
    note: CurrentNote, lock: Lock, record: Record, source_time: SourceTime, now: int
) -> DatedText:
    built, released = record.get(note.published_id), lock.notes.get(note.published_id)
    known = [text for text in (built, released) if text is not None]
    replaced = max((text.mtime for text in known if text.own != note.own), default=-1)
    for text in known:
        if text.own == note.own and text.mtime > replaced:
            return DatedText(note.own, text.shown, text.mtime)
    since = now if built else source_time(note.published_id)
    return DatedText(note.own, note.shown, max(since, replaced + 1))


def release_times(
    notes: Iterable[CurrentNote], lock: Lock, dates: Record, moment: int
) -> dict[str, int]:
    """Return the times with which a release publishes the notes, s since 1970, by published id.

    What students have keeps its time; all else is published at this moment.
    """
    times = {}
    for note in notes:
        published = lock.with_text(note.published_id, note.own)
        built = dates[note.published_id].mtime
        times[note.published_id] = published.mtime if published else max(moment, built)
    return times
