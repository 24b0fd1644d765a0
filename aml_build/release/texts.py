"""The released fields of each note: one JSON line per note, so that a comparison can show both texts."""

from collections.abc import Iterable, Mapping
from typing import Protocol

import msgspec

from aml_build.release.lock import Lock, ReleaseFileError
from aml_build.storage.source_paths import RELEASE_TEXTS


class TextsError(ReleaseFileError):
    """The file of released texts cannot be read."""

    name = RELEASE_TEXTS


class ReleasedText(msgspec.Struct, frozen=True):
    """What students have of one note."""

    id: str
    """Its published id."""
    fields: Mapping[str, str]
    """HTML by field name, without empty fields."""
    tags: tuple[str, ...] = ()


class WrittenNote(Protocol):
    """A note with its text."""

    @property
    def published_id(self) -> str:
        """Return the published id, of which its GUID is made."""

    @property
    def id(self) -> str:
        """Return its current ``concept/facet``."""

    @property
    def own(self) -> str:
        """Return a digest of what its own concept makes of it."""

    @property
    def named_fields(self) -> Mapping[str, str]:
        """Return its fields by name, without empty ones."""

    @property
    def tags(self) -> tuple[str, ...]:
        """Return its tags."""


Texts = Mapping[str, ReleasedText]
"""By published id; notes that are gone keep their last text."""


def dumps(texts: Texts) -> str:
    """Return the texts as JSON lines, by published id."""
    return "".join(
        msgspec.json.encode(texts[published_id]).decode() + "\n" for published_id in sorted(texts)
    )


def loads(text: str) -> dict[str, ReleasedText]:
    """Parse the texts; raise ``TextsError`` for a file that holds none."""
    texts = {}
    # Not splitlines(): an author's text may contain other characters that end lines.
    lines = text.removesuffix("\n").split("\n") if text else []
    for number, line in enumerate(lines, start=1):
        try:
            released = msgspec.json.decode(line, type=ReleasedText)
        except msgspec.MsgspecError:
            raise TextsError(number, f"not a line of released texts: {line[:60]!r}") from None
        texts[released.id] = released
    return texts


def next_texts(texts: Texts, lock: Lock, notes: Iterable[WrittenNote]) -> Texts:
    """Return the texts after a release; ``lock`` is that of the release before.

    A note whose own text is unchanged keeps the text that went out: students have not got another.
    """
    after = dict(texts)
    for note in notes:
        published = lock.with_text(note.published_id, note.own)
        if published is None or note.published_id not in texts:
            after[note.published_id] = ReleasedText(note.published_id, note.named_fields, note.tags)
    return after
