"""Ids made of the words of a text, for constructs without an id."""

import re
import unicodedata
import zlib
from collections.abc import Iterable

ID = re.compile(r"[a-z][a-z0-9-]*")
"""What an author may write as an id."""

# Function words do not tell one sentence from another.
_EMPTY_WORDS = frozenset(
    "a an and are as at be by can do does for from has have in is it its of on or so that the"
    " their then there this to was were when which with".split()
)
_COMMAND = re.compile(r"\\([A-Za-z]+)")
# The names of these commands are words of the spoken formula; other names are markup.
_GREEK = frozenset(
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau"
    " upsilon phi chi psi omega".split()
)
_APOSTROPHE = re.compile(r"['’]")
_WORD = re.compile(r"[a-z0-9]+")
_LONGEST_NAME = 40
"""Characters of a course's name in its id."""


def slug(text: str, *, words: int = 6, fallback: str = "") -> str:
    """Return an id of at most so many words of a text, or the fallback if there are none."""
    folded = _folded(_COMMAND.sub(_spoken, text)).lower()
    found = _WORD.findall(_APOSTROPHE.sub("", folded))
    telling = [word for word in found if word not in _EMPTY_WORDS] or found
    name = "-".join(telling[:words])[:60].strip("-")
    if not name:
        return fallback
    return name if name[0].isalpha() else f"{fallback or 'n'}-{name}"


def course_id(name: str) -> str:
    """Return an id for a course of this name; different names rarely have the same id.

    Letters that an id cannot hold, such as Cyrillic ones, are replaced by a checksum of the name.
    """
    folded = _folded(name).casefold()
    words = "-".join(_WORD.findall(folded))
    if not words[:1].isalpha():
        words = f"course-{words}".strip("-")
    kept = words[:_LONGEST_NAME].strip("-")
    if kept == words and all(c.isascii() for c in folded if c.isalpha()):
        return kept
    return f"{kept}-{zlib.crc32(unicodedata.normalize('NFC', name).encode()):08x}"


def _folded(text: str) -> str:
    """Return the text without accents."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _spoken(command: re.Match[str]) -> str:
    return command[1] if command[1].lower().removeprefix("var") in _GREEK else " "


class Scope:
    """The ids that are taken within a course or a concept."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        self._tried: dict[str, int] = {}

    def take(self, base: str) -> str:
        """Take the proposed id, or the same with the next free number; return it."""
        number = self._tried.get(base, 0)
        name = ""
        while not name or name in self._taken:
            number += 1
            name = base if number == 1 else f"{base}-{number}"
        self._tried[base] = number
        self._taken.add(name)
        return name

    def has(self, name: str) -> bool:
        """Return whether an id is taken."""
        return name in self._taken
