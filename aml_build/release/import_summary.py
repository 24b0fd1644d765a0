"""What an import of a deck does, compared with the deck built before."""

from collections.abc import Iterable
from enum import StrEnum

import msgspec

from aml_build.release.compare import CurrentNote
from aml_build.release.lock import Lock
from aml_build.release.note_times import Record


class RecordSource(StrEnum):
    """What tells of the last build."""

    RECORD = "record"
    """The build record."""
    DECK = "deck"
    """The record is missing, and the last deck replaces it."""
    NONE = "none"
    """Neither is there."""


class ImportSummary(msgspec.Struct, frozen=True):
    """What an import of a deck does to somebody who imported the one before."""

    since: str
    """The deck before: the last build, or a release; empty for the first build here."""
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    deferred: int = 0
    """Those of the unchanged that differ in titles of other concepts, lesson names or numbers only."""
    source: RecordSource = RecordSource.RECORD

    @property
    def again(self) -> "ImportSummary":
        """Return the summary of a second build without a change."""
        everything = self.new + self.updated + self.unchanged
        return ImportSummary(LAST_BUILD, unchanged=everything, deferred=self.deferred)


LAST_BUILD = "the last build"


def import_summary(
    notes: Iterable[CurrentNote], lock: Lock, record: Record, dates: Record
) -> ImportSummary:
    """Return what an import does, compared with the last build, or else with the last release."""
    new = updated = unchanged = deferred = 0
    for note in notes:
        before = record.get(note.published_id) or lock.notes.get(note.published_id)
        after = dates[note.published_id]
        if before is None:
            new += 1
        elif after.mtime > before.mtime:
            updated += 1
        else:
            unchanged += 1
            deferred += after.shown != note.shown
    release = f"release {lock.version}" if lock.version else ""
    return ImportSummary(LAST_BUILD if record else release, new, updated, unchanged, deferred)


def sentences(summary: ImportSummary) -> Iterable[str]:
    """Yield what a build says of the import."""
    counts = (("new", summary.new), ("updated", summary.updated), ("unchanged", summary.unchanged))
    parts = ", ".join(f"{count:,} {word}" for word, count in counts if count)
    since = f", compared with {summary.since}" if summary.since else ""
    noun = "note" if summary.new + summary.updated + summary.unchanged == 1 else "notes"
    yield f"an import of this deck{since}: {parts or 'no'} {noun}"
    if summary.source is RecordSource.NONE and summary.new + summary.updated:
        yield "no record of an earlier build: notes imported from one may be updated once more"
    if summary.deferred:
        yield (
            f"{summary.deferred:,} unchanged notes show other titles, numbers or lesson names; "
            "these arrive with the next change to the note's own text"
        )
    if summary.source is RecordSource.DECK:
        yield "the build record was missing: the times are those of the last deck"
