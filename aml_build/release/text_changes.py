"""Old and new text of updated notes, for maintainers to read."""

import html
import re
from collections.abc import Iterable, Iterator
from itertools import takewhile

from msgspec.structs import replace

from aml_build.release.compare import Change, ChangeKind, Diff, FieldChange
from aml_build.release.texts import Texts, WrittenNote

_PICTURE = re.compile(r'<img\b[^<>]*?src="([^"]*)"[^<>]*>')
_BLOCK = re.compile(r"</?(?:p|li|ul|ol|t[dhr]|table|pre|div|figure|figcaption|br)\b[^<>]*>")
_TAG = re.compile(r"<[^<>]*>")
_CONTEXT = 4
"""Words shown before and after what differs."""
_MOST = 40
"""Words shown of one text."""


def with_texts(diff: Diff, texts: Texts, notes: Iterable[WrittenNote]) -> Diff:
    """Return the diff with the fields that differ in each updated note whose released text is known."""
    written = {note.id: note for note in notes}

    def completed(change: Change) -> Change:
        if change.kind is not ChangeKind.UPDATED:
            return change
        return replace(change, fields=tuple(_field_changes(written[change.id], texts)))

    return replace(diff, changes=tuple(map(completed, diff.changes)))


def _field_changes(note: WrittenNote, texts: Texts) -> Iterator[FieldChange]:
    released = texts.get(note.published_id)
    if released is None:
        return
    now = note.named_fields
    for name in dict.fromkeys((*now, *released.fields)):
        old, new = released.fields.get(name, ""), now.get(name, "")
        if old != new:
            yield FieldChange(name, old, new)
    if released.tags != note.tags:
        yield FieldChange("tags", " ".join(released.tags), " ".join(note.tags))


def excerpts(change: FieldChange) -> tuple[str, str]:
    """Return the words of the old and the new text around what differs, without HTML.

    Where the words are the same, return the HTML.
    """
    old, new = _words(change.old), _words(change.new)
    if old == new:
        old, new = change.old.split(), change.new.split()
    same = _common(old, new)
    tail = min(_common(old[::-1], new[::-1]), len(old) - same, len(new) - same)
    return _excerpt(old, same, tail), _excerpt(new, same, tail)


def _words(text: str) -> list[str]:
    spaced = _BLOCK.sub(" ", _PICTURE.sub(r" [\1] ", text))
    return html.unescape(_TAG.sub("", spaced)).split()


def _common(one: list[str], other: list[str]) -> int:
    """Return the number of words with which both begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _excerpt(words: list[str], same: int, tail: int) -> str:
    first, last = max(0, same - _CONTEXT), min(len(words), len(words) - tail + _CONTEXT)
    shown = words[first:last][:_MOST]
    before, after = "… " * (first > 0), " …" * (first + len(shown) < len(words))
    return f"{before}{' '.join(shown)}{after}"
