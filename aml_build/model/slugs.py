"""Ids made of the words of a text, for constructs without an id."""

import re
import unicodedata
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


def slug(text: str, *, words: int = 6, fallback: str = "") -> str:
    """Return an id of at most so many words of a text, or the fallback if there are none."""
    folded = unicodedata.normalize("NFKD", _COMMAND.sub(_spoken, text)).lower()
    folded = "".join(c for c in folded if not unicodedata.combining(c))
    found = _WORD.findall(_APOSTROPHE.sub("", folded))
    telling = [word for word in found if word not in _EMPTY_WORDS] or found
    name = "-".join(telling[:words])[:60].strip("-")
    if not name:
        return fallback
    return name if name[0].isalpha() else f"{fallback or 'n'}-{name}"


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
