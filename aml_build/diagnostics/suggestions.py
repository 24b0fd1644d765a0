"""Names that an author may have meant."""

from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches

_MOST_GUESSES = 50
"""The limit: a missing file leaves hundreds of unknown names, and each search takes a while."""


class Guesses:
    """A limited search for the names that an author may have meant."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = sorted(known)
        self._made: dict[str, str | None] = {}

    def nearest(self, word: str) -> str | None:
        """Return the known name that may have been meant."""
        if word not in self._made and len(self._made) < _MOST_GUESSES:
            self._made[word] = nearest(word, self._known)
        return self._made.get(word)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that the author may have meant."""
    close = get_close_matches(word, sorted(known), n=3, cutoff=0.6)
    # Of equally close words, prefer the same first letter, because typing mistakes are rare there.
    return max(
        close,
        key=lambda near: (_ratio(word, near), near[:1] == word[:1]),
        default=None,
    )


def _ratio(word: str, near: str) -> float:
    return SequenceMatcher(None, word, near).ratio()
