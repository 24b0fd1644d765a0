"""The kinds of items: one row a kind, in the order in which a booklet's lesson prints them."""

from enum import StrEnum
from typing import NamedTuple

from aml_build.phrases import phrase


class _Row(NamedTuple):
    """What a kind decides, besides its two phrases ``kind.…`` and ``heading.…``."""

    value: str
    """Serialised in caches, tags and CSS classes: never change it."""
    under_term: bool = False
    """The booklet's answer has the term as its heading, not the question."""
    short: bool = False
    """The booklet prints an answer of one or two lines beside its heading."""
    indexed: bool = False
    """The booklet's index names the answer's page beside that of the definition."""


class ItemKind(StrEnum):
    """What is asked for."""

    EXAM = _Row("exam", indexed=True)
    DEFINITION = _Row("definition", under_term=True)
    QUESTION = _Row("question")
    FORMULA = _Row("formula", indexed=True)
    COMPARISON = _Row("comparison", short=True, indexed=True)
    LISTING = _Row("listing", indexed=True)
    """All elements of a list, or all steps."""
    MEMBER = _Row("member", short=True)
    STEP = _Row("step", short=True)
    CLOZE = _Row("cloze", under_term=True)
    PITFALL = _Row("pitfall", under_term=True)
    FIGURE = _Row("figure", under_term=True, indexed=True)

    rank: int
    """Place within a lesson of the booklet, 0-based."""
    under_term: bool
    short: bool
    indexed: bool

    def __new__(cls, value: str, under_term: bool, short: bool, indexed: bool) -> "ItemKind":
        """Make a member from its row."""
        kind = str.__new__(cls, value)
        kind._value_, kind.rank = value, len(cls.__members__)
        kind.under_term, kind.short, kind.indexed = under_term, short, indexed
        return kind

    @property
    def label(self) -> str:
        """Return what a card of the kind is called."""
        return phrase(f"kind.{self}")

    @property
    def heading(self) -> str:
        """Return the heading over the questions of the kind in the booklet."""
        return phrase(f"heading.{self}")
