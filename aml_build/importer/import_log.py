"""The log of an import: what it found, corrected, dropped and guessed, and what to review."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple


class Guess(NamedTuple):
    """A decision about something ambiguous in the notes."""

    lines: tuple[int, ...]
    what: str
    confidence: float
    """From 0 to 1."""


class Review(NamedTuple):
    """A place that a person should review."""

    lines: tuple[int, ...]
    reason: str
    suggestion: str
    text: str
    """The text of the notes, if the course has it in another form."""


@dataclass(slots=True)
class ImportLog:
    """Collects the notes of all passes of an import."""

    found: Counter[str] = field(default_factory=Counter)
    corrections: dict[tuple[str, str], list[int]] = field(default_factory=dict)
    """Lines by kind and text of the correction."""
    dropped: dict[str, dict[str, list[int]]] = field(default_factory=dict)
    """Lines by reason and dropped text."""
    guesses: list[Guess] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)

    def correct(self, kind: str, what: str, lines: Iterable[int]) -> None:
        """Note a correction of damaged text."""
        self.corrections.setdefault((kind, what), []).extend(lines)

    def drop(self, reason: str, what: str, lines: Iterable[int]) -> None:
        """Note a text that is not in the course because it means nothing there."""
        self.dropped.setdefault(reason, {}).setdefault(what, []).extend(lines)

    def drop_needless(self, words: str, lines: Iterable[int]) -> None:
        """Note an article or verb that has no place beside its term, if there is one."""
        if words:
            self.drop("word that the term's place makes needless", words, lines)

    def guess(self, lines: Iterable[int], what: str, confidence: float) -> None:
        """Note a decision that may be wrong."""
        self.guesses.append(Guess(tuple(lines), what, confidence))

    def review(self, lines: Iterable[int], reason: str, suggestion: str, text: str = "") -> None:
        """Note what only a person can decide."""
        self.reviews.append(Review(tuple(lines), reason, suggestion, text))
