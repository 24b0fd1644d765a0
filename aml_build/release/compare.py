"""What a student's next import does, and which changes would cost them their history."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Protocol

import msgspec

from aml_build.release.lock import Lock, Note


class ChangeKind(StrEnum):
    """What the next import does to a note."""

    NEW = "new"
    UPDATED = "updated"
    DEFERRED = "deferred"
    """Only what it shows of other concepts, its number or its lesson's name differs: arrives with its next
    own change."""
    UNTOUCHED = "untouched"
    MOVED = "moved"
    """New students get it in another deck; Anki does not move the notes of the others."""
    RENAMED = "renamed"
    RETIRED = "retired"
    """Removed on purpose: `retired:` lists it. It stays in students' collections."""
    GONE = "gone"
    """Removed without being listed as retired: an error."""


class CurrentNote(Protocol):
    """A note as the next release would publish it."""

    @property
    def published_id(self) -> str:
        """Return the published id, of which its GUID is made."""

    @property
    def id(self) -> str:
        """Return its current ``concept/facet``."""

    @property
    def kind(self) -> str:
        """Return its note type."""

    @property
    def number(self) -> int:
        """Return its question number in the booklet."""

    @property
    def own(self) -> str:
        """Return a digest of what its own concept makes of it."""

    @property
    def shown(self) -> str:
        """Return a digest of everything that a student sees."""

    @property
    def deck(self) -> str:
        """Return the full name of its deck."""

    @property
    def ordinals(self) -> Mapping[int, str]:
        """Return what each numbered card asks for."""


class FieldChange(msgspec.Struct, frozen=True):
    """One field of an updated note, as released and as it is now; HTML."""

    name: str
    old: str
    new: str


class Change(msgspec.Struct, frozen=True):
    """One change to one note."""

    kind: ChangeKind
    id: str
    detail: str = ""
    search: str = ""
    """The search that finds the note in Anki's browser."""
    fields: tuple[FieldChange, ...] = ()
    """Of an updated note, where its released text is known."""


class Problem(msgspec.Struct, frozen=True):
    """A change that would cost students their review history."""

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
    """A release needs this to be empty."""

    def count(self, kind: ChangeKind) -> int:
        """Return the number of changes of this kind."""
        return sum(change.kind is kind for change in self.changes)


def compare(
    lock: Lock, current: Iterable[CurrentNote], retired: Iterable[str], note_types: str
) -> Diff:
    """Return what importing the current notes does to a student who has those of the lock.

    ``retired`` holds ids of items (``concept/facet``) or of whole concepts.
    """
    notes = sorted(current, key=lambda note: note.published_id)
    pairs = [(lock.notes.get(note.published_id), note) for note in notes]
    kept = [(before, note) for before, note in pairs if before is not None]
    removed = sorted(lock.notes.keys() - {note.published_id for note in notes})
    missing = [lock.notes[published_id] for published_id in removed]
    named = frozenset(retired)
    removals = [_removal(note, named) for note in missing]
    changes: list[Change] = []
    for before, note in pairs:
        changes += _note_changes(before, note) if before else [Change(ChangeKind.NEW, note.id)]
    changes += removals
    problems = [p for before, note in kept for p in _note_problems(before, note)]
    problems += [_vanished(change.id) for change in removals if change.kind is ChangeKind.GONE]
    if lock.note_types not in ("", note_types):
        problems.append(_NOTE_TYPE_CHANGED)
    return Diff(lock.version, tuple(changes), tuple(problems))


_NOTE_TYPE_CHANGED = Problem(
    "note-type-changed",
    "",
    "The fields or templates of a note type differ from the published ones.",
    "Anki would refuse to update every note of that type: use a spare field instead.",
)


def _removal(note: Note, retired: frozenset[str]) -> Change:
    named = not retired.isdisjoint((note.id, note.id.partition("/")[0]))
    kind = ChangeKind.RETIRED if named else ChangeKind.GONE
    return Change(kind, note.id, search=search_for(note.id))


def _vanished(item_id: str) -> Problem:
    return Problem(
        "vanished-id",
        item_id,
        f"Students have a card `{item_id}`, and the notes no longer do.",
        f'If it was renamed, write `was="{_last_part(item_id)}"` where it is now; '
        f"if it is gone for good, add `{item_id}` to `retired:` in course.yaml.",
    )


def _note_problems(before: Note, note: CurrentNote) -> Iterable[Problem]:
    """Yield reused ordinals, then a changed note type."""
    yield from _reused_ordinals(before, note)
    if before.kind != note.kind:
        yield Problem(
            "kind-changed",
            note.id,
            f"`{note.id}` was published as a {before.kind} note and is now a {note.kind} note, "
            "which Anki refuses to exchange.",
            f"Give it a new id, and add `{before.id}` to `retired:` in course.yaml.",
        )


def search_for(item_id: str) -> str:
    """Return the search that finds a note in Anki's browser by its first field."""
    return f'"ID:{item_id}"'


def next_lock(
    lock: Lock,
    current: Iterable[CurrentNote],
    *,
    version: str,
    date: str,
    times: Mapping[str, int],
    note_types: str,
) -> Lock:
    """Return the lock after a release; it keeps the notes that are gone.

    ``times`` are those with which the notes are published, s since 1970, by published id.
    """
    notes = dict(lock.notes)
    for note in current:
        before = lock.notes.get(note.published_id)
        tombstones = dict.fromkeys(before.ordinals, "") if before else {}
        published = lock.with_text(note.published_id, note.own)
        notes[note.published_id] = Note(
            note.published_id,
            note.id,
            note.kind,
            note.number,
            times[note.published_id],
            note.own,
            published.shown if published else note.shown,
            note.deck,
            {**tombstones, **note.ordinals},
        )
    return Lock(version, date, note_types, notes)


def _note_changes(before: Note, note: CurrentNote) -> Iterable[Change]:
    """Yield the changes to a note that students have: updated, deferred or untouched comes last."""
    if before.id != note.id:
        yield Change(ChangeKind.RENAMED, note.id, f"was {before.id}", search_for(note.id))
    if before.deck != note.deck:
        yield Change(
            ChangeKind.MOVED,
            note.id,
            f"from {before.deck} to {note.deck}; Anki will not move it by itself",
            search_for(note.id),
        )
    if before.own != note.own:
        added = [k for k in note.ordinals if k not in before.ordinals]
        lost = [k for k, text in before.ordinals.items() if text and k not in note.ordinals]
        detail = "; ".join(
            f"{word} {', '.join(map(str, sorted(which)))}"
            for word, which in (("new cards", added), ("empty cards", lost))
            if which
        )
        yield Change(ChangeKind.UPDATED, note.id, detail)
    elif before.shown != note.shown:
        yield Change(ChangeKind.DEFERRED, note.id)
    else:
        yield Change(ChangeKind.UNTOUCHED, note.id)


def _reused_ordinals(before: Note, note: CurrentNote) -> Iterable[Problem]:
    """Yield a problem for each ordinal whose card would now ask for something else."""
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
