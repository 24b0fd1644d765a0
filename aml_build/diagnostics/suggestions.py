"""Names that an author may have meant."""

from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

_MOST_GUESSES = 50
"""The limit: a missing file leaves hundreds of unknown names, and each search takes a while."""
_MARKS = "\\.#=$[]!/"
"""Marks around names that do not count: ``\\S`` and ``\\SI`` differ in one of two letters."""


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
    """Return the known word that the author may have meant; nothing if all are too different.

    Of two words, at most a third of the letters may be mistyped; two swapped letters count as one.
    """
    close = [(near, steps) for near in sorted(known) if (steps := _steps(word, near)) is not None]
    best = min(close, key=lambda pair: (pair[1], *_difference(word, pair[0])), default=None)
    return best[0] if best else None


def _steps(word: str, near: str) -> int | None:
    """Return the number of typing mistakes between two words; nothing if there are too many."""
    (a, letters), (b, others) = _bare(word), _bare(near)
    most = max(len(a), len(b)) // 3
    if abs(len(a) - len(b)) > most or (letters - others).total() > most:
        return None
    steps = _distance(a, b)
    return steps if steps <= most else None


@lru_cache(4096)
def _bare(word: str) -> tuple[str, "Counter[str]"]:
    """Return a word without marks and capitals, and its letters."""
    bare = word.strip(_MARKS).casefold()
    return bare, Counter(bare)


def _distance(a: str, b: str) -> int:
    """Return how many letters to insert, delete, replace or swap with the next make ``b`` of ``a``."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        oldest, before = before, row
        row = [i]
        for j, other in enumerate(b, 1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                cost = min(cost, oldest[j - 2] + 1)
            row.append(cost)
    return row[-1]


def _difference(word: str, near: str) -> tuple[bool, bool, float]:
    """Return what tells equally close words apart: other letters, another first letter, the rest."""
    # Typing mistakes are rare in the first letter.
    ratio = SequenceMatcher(None, word, near).ratio()
    return sorted(word) != sorted(near), word[:1] != near[:1], -ratio
