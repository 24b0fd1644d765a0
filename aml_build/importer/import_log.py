"""What an import has to say: what it found, mended, guessed and could not settle."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple


class Guess(NamedTuple):
    """Something that the notes leave open and that was decided."""

    lines: tuple[int, ...]
    what: str
    confidence: float
    """From 0 to 1."""


class Review(NamedTuple):
    """Something that a person should look at."""

    lines: tuple[int, ...]
    reason: str
    suggestion: str
    text: str
    """What the notes say there, where it is not in the course as it was."""


@dataclass(slots=True)
class ImportLog:
    """A notebook that every part of the import writes into."""

    found: Counter[str] = field(default_factory=Counter)
    corrections: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    """Lines by what was mended, and how."""
    dropped: dict[str, dict[str, list[int]]] = field(default_factory=dict)
    """Lines by the reason and by what was left out."""
    guesses: list[Guess] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)

    def correct(self, kind: str, what: str, lines: Iterable[int]) -> None:
        """Note that damage was mended."""
        self.corrections.setdefault((kind, what), []).extend(lines)

    def drop(self, reason: str, what: str, lines: Iterable[int]) -> None:
        """Note that something means nothing in a course and is not in it."""
        self.dropped.setdefault(reason, {}).setdefault(what, []).extend(lines)

    def guess(self, lines: Iterable[int], what: str, confidence: float) -> None:
        """Note a decision that may be wrong."""
        self.guesses.append(Guess(tuple(lines), what, confidence))

    def review(self, lines: Iterable[int], reason: str, suggestion: str, text: str = "") -> None:
        """Note what only a person can settle."""
        self.reviews.append(Review(tuple(lines), reason, suggestion, text))
