"""The symbols of a file: where ids are defined, where they are referenced, where they are missing.

The model has ids without their positions. The checks of the whole course and the fixer need the
positions, so they are kept here.
"""

from enum import StrEnum

import msgspec

from aml_build.diagnostics.source import Span


class Definition(msgspec.Struct, frozen=True, gc=False):
    """An id in the braces of what it names."""

    id: str
    span: Span
    concept: int
    """Position in the file of the concept that it names or belongs to."""
    part: bool
    """Whether it names something within the concept, not the concept itself."""
    former: bool = False
    """Whether it is in a ``was``."""
    guessed: bool = False
    """Whether it could not be read as it is written, which is reported: it may become another id."""


class ReferenceKind(StrEnum):
    """The attribute that refers to a concept, or a link in the text."""

    SEE = "see"
    NEEDS = "needs"
    CONTRAST = "contrast"
    LINK = "link"


class Reference(msgspec.Struct, frozen=True, gc=False):
    """The id of a concept in an attribute or a link that refers to it."""

    id: str
    span: Span
    concept: int
    """Position in the file of the concept that refers; -1 in the introduction."""
    kind: ReferenceKind
    bare: bool = False
    """Whether a link has no text of its own and shows the concept's term."""


class PictureReference(msgspec.Struct, frozen=True, gc=False):
    """An image in the text."""

    path: str
    span: Span
    concept: int
    """Position in the file of the concept that it belongs to; -1 in the introduction."""


class MissingId(msgspec.Struct, frozen=True, gc=False):
    """A place where an id, or the number of a cloze, is missing, and what to write there."""

    line: int
    """1-based."""
    column: int
    """1-based, in code points: the text goes before this character."""
    before: str
    after: str
    """``before + id + after`` is inserted."""
    concept: int
    part: bool
    base: str
    """The proposed id; a number is appended where it is taken."""
    taken: tuple[int, ...] = ()
    """For a cloze without number: the numbers that its paragraph uses."""
    group: int = 0
    """For a cloze without number: its paragraph's line; 0 for all others."""


class SymbolTable(msgspec.Struct, frozen=True, gc=False):
    """All ids of one file, in the order of the source."""

    path: str
    definitions: tuple[Definition, ...]
    references: tuple[Reference, ...]
    missing_ids: tuple[MissingId, ...]
