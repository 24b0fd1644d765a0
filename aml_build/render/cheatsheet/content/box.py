"""A box of the sheet as data: a title and parts, each measured on its own."""

from dataclasses import dataclass
from enum import IntEnum

from aml_build.diagnostics.source import Span
from aml_build.render.alphabet import SortKey


class Rank(IntEnum):
    """How important a part is; the highest rank is dropped first where space is short."""

    CORE = 0
    """What a box cannot do without: title, formulas, definition."""
    MAIN = 1
    """Steps, members, comparisons, the first pitfall."""
    FIGURE = 2
    """A picture, small."""
    EXTRA = 3
    """Legends, further pitfalls, sentences to complete."""
    FILLER = 4
    """Shown only where a column has space left."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a sheet that TeX can measure alone."""

    name: str
    """Unique in its box, and the same after an edit: ``formula eq-rule``."""
    tex: str
    rank: Rank
    slot: str = ""
    """Unique on the sheet: ``third-law/formula eq-law``, or with a colon where it is in no box."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name under which the finder lists a box."""

    key: SortKey
    tex: str


@dataclass(frozen=True, slots=True)
class Box:
    """One concept on the sheet."""

    id: str
    """The concept's id."""
    kind: str
    """As the style file names it: ``Definition``, ``Formula``, …"""
    lesson: int
    priority: int
    term: str
    """As plain text."""
    names: tuple[Name, ...]
    """The term and its other names."""
    title: Part
    parts: tuple[Part, ...]
    """From top to bottom."""
    span: Span
