"""What a student's next import will do, and whether it would strand them."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Protocol

import msgspec

from aml_build.release.lock import Lock, Note


class Fate(StrEnum):
    """What the next import does to a note."""

    NEW = "new"
    UPDATED = "updated"
    UNTOUCHED = "untouched"
    MOVED = "moved"
    """In another deck for new students; Anki leaves it where it is for the others."""
    RENAMED = "renamed"
    RETIRED = "retired"
    """Taken away on purpose; stays in students' collections."""
    GONE = "gone"
    """Taken away without a word: an error."""


class Present(Protocol):
    """One note as it would be published now."""

    @property
    def published_id(self) -> str:
        """Return the identity that its GUID is made of."""

    @property
    def id(self) -> str:
        """Return what concept and facet are called now."""

    @property
    def kind(self) -> str:
        """Return its note type."""

    @property
    def number(self) -> int:
        """Return its question number in the booklet."""

    @property
    def digest(self) -> str:
        """Return a name for everything that a student sees."""

    @property
    def deck(self) -> str:
        """Return the full name of its deck."""

    @property
    def ordinals(self) -> Mapping[int, str]:
        """Return what each numbered card asks for."""


class Change(msgspec.Struct, frozen=True):
    """One note's fate."""

    fate: Fate
    id: str
    detail: str = ""
    search: str = ""
    """What to type into Anki's browser to find it."""


class Problem(msgspec.Struct, frozen=True):
    """A change that would strand students."""

    code: str
    id: str
    message: str
    hint: str


class Diff(msgspec.Struct, frozen=True):
    """Everything that the next import does."""

    since: str
    """The version compared with; empty before the first release."""
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]
    """While there is one, nothing is released."""

    def count(self, fate: Fate) -> int:
        """Return how many notes meet this fate."""
        return sum(change.fate is fate for change in self.changes)


def compare(
    lock: Lock, present: Iterable[Present], retired: Iterable[str], note_types: str
) -> Diff:
    """Return what importing the notes of now does to somebody who has those of the lock.

    ``retired`` holds ids of items (``concept/facet``) or of whole concepts.
    """
    now = {note.published_id: note for note in present}
    named = frozenset(retired)
    changes: list[Change] = []
    problems: list[Problem] = []
    for published_id, note in sorted(now.items()):
        before = lock.notes.get(published_id)
        if before is None:
            changes.append(Change(Fate.NEW, note.id))
            continue
        changes.extend(_met_again(before, note))
        problems.extend(_reused_ordinals(before, note))
        if before.kind != note.kind:
            problems.append(
                Problem(
                    "kind-changed",
                    note.id,
                    f"`{note.id}` was published as a {before.kind} note and is now a {note.kind} "
                    "note, which Anki refuses to exchange.",
                    f"Give it a new id, and add `{before.id}` to `retired:` in course.yaml.",
                )
            )
    for published_id, gone in sorted(lock.notes.items()):
        if published_id in now:
            continue
        concept = gone.id.partition("/")[0]
        if gone.id in named or concept in named:
            changes.append(Change(Fate.RETIRED, gone.id, search=search_for(gone.id)))
            continue
        changes.append(Change(Fate.GONE, gone.id, search=search_for(gone.id)))
        problems.append(
            Problem(
                "vanished-id",
                gone.id,
                f"Students have a card `{gone.id}`, and the notes no longer do.",
                f'If it was renamed, write `was="{_last_part(gone.id)}"` where it is now; '
                f"if it is gone for good, add `{gone.id}` to `retired:` in course.yaml.",
            )
        )
    if lock.note_types not in ("", note_types):
        problems.append(
            Problem(
                "note-type-changed",
                "",
                "The fields or templates of a note type differ from the published ones.",
                "Anki would refuse to update every note of that type: use a spare field instead.",
            )
        )
    return Diff(lock.version, tuple(changes), tuple(problems))


def search_for(item_id: str) -> str:
    """Return the search that finds a note in Anki's browser by its first field."""
    return f'"ID:{item_id}"'


def next_lock(
    lock: Lock,
    present: Iterable[Present],
    *,
    version: str,
    date: str,
    epoch: int,
    note_types: str,
) -> Lock:
    """Return the lock after a release; what is gone stays in it."""
    notes = dict(lock.notes)
    for note in present:
        before = lock.notes.get(note.published_id)
        tombstones = dict.fromkeys(before.ordinals, "") if before else {}
        notes[note.published_id] = Note(
            note.published_id,
            note.id,
            note.kind,
            note.number,
            mtime(before, note, epoch),
            note.digest,
            note.deck,
            {**tombstones, **note.ordinals},
        )
    return Lock(version, date, note_types, notes)


def mtimes(lock: Lock, now: Iterable[Present], epoch: int) -> dict[str, int]:
    """Return when each note last changed, s since 1970, by published id."""
    return {
        note.published_id: mtime(lock.notes.get(note.published_id), note, epoch) for note in now
    }


def mtime(before: Note | None, note: Present, epoch: int) -> int:
    """Return when the note last changed, s since 1970: Anki updates what is later than its own."""
    if before is None:
        return epoch
    if before.digest == note.digest:
        return before.mtime
    return max(epoch, before.mtime + 1)


def _met_again(before: Note, note: Present) -> Iterable[Change]:
    """Yield what becomes of a note that students have: one fate, and moves beside it."""
    if before.id != note.id:
        yield Change(Fate.RENAMED, note.id, f"was {before.id}", search_for(note.id))
    if before.deck != note.deck:
        yield Change(
            Fate.MOVED,
            note.id,
            f"from {before.deck} to {note.deck}; Anki will not move it by itself",
            search_for(note.id),
        )
    if before.digest != note.digest:
        added = [k for k in note.ordinals if k not in before.ordinals]
        lost = [k for k, text in before.ordinals.items() if text and k not in note.ordinals]
        detail = "; ".join(
            f"{word} {', '.join(map(str, sorted(which)))}"
            for word, which in (("new cards", added), ("empty cards", lost))
            if which
        )
        yield Change(Fate.UPDATED, note.id, detail)
    else:
        yield Change(Fate.UNTOUCHED, note.id)


def _reused_ordinals(before: Note, note: Present) -> Iterable[Problem]:
    """Yield the ordinals whose card would now ask for something else."""
    published = {text: ordinal for ordinal, text in before.ordinals.items() if text}
    for ordinal, text in sorted(note.ordinals.items()):
        old = before.ordinals.get(ordinal)
        if text == old:
            continue
        home = published.get(text, ordinal)
        shifted = home != ordinal and note.ordinals.get(home) != text
        if not shifted and old != "":
            continue  # new, or the same card in better words
        yield Problem(
            "ordinal-reused",
            note.id,
            f"In `{note.id}`, {_reuse(ordinal, text, old, home)}",
            f"Give “{text}” the number "
            f"{home if shifted else max((*before.ordinals, *note.ordinals)) + 1}.",
        )


def _reuse(ordinal: int, text: str, old: str | None, home: int) -> str:
    if old == "":
        return f"card {ordinal} was taken away, and its number would now ask for “{text}”."
    return f"“{text}” was card {home} and would now be card {ordinal}: histories would be mixed up."


def _last_part(item_id: str) -> str:
    concept, _, facet = item_id.partition("/")
    return concept if facet == "definition" else facet.rpartition(".")[2]
