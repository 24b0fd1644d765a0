"""Where ids are given, where they are used, and where they are missing.

The model carries ids without their places; these structs keep the places for the checks of the
whole course and for the fixer.
"""

from enum import StrEnum

import msgspec

from aml_build.diagnostics.source import Span


class Name(msgspec.Struct, frozen=True, gc=False):
    """An id that an author gave."""

    id: str
    span: Span
    concept: int
    """Position in the file of the concept that it names or belongs to."""
    part: bool
    """Whether it names something within the concept, not the concept itself."""
    former: bool = False
    """Whether it stands in a ``was``."""


class UseKind(StrEnum):
    """Where an id is used: the attribute, or a link in the text."""

    SEE = "see"
    NEEDS = "needs"
    CONTRAST = "contrast"
    LINK = "link"


class Use(msgspec.Struct, frozen=True, gc=False):
    """A concept's id where it is pointed to."""

    id: str
    span: Span
    concept: int
    """Position in the file of the concept that points; -1 in the introduction."""
    kind: UseKind
    bare: bool = False
    """Whether a link has no text of its own and shows the concept's term."""


class Shown(msgspec.Struct, frozen=True, gc=False):
    """A picture where it is shown."""

    path: str
    span: Span
    concept: int
    """Position in the file of the concept that it belongs to; -1 in the introduction."""


class Gap(msgspec.Struct, frozen=True, gc=False):
    """A place where an id is missing, and what to write there."""

    line: int
    """1-based."""
    column: int
    """1-based, in code points: the text goes before this character."""
    before: str
    after: str
    """What stands around the id: ``before + id + after`` is inserted."""
    concept: int
    part: bool
    base: str
    """The wished-for id; a number is appended where it is taken."""
    taken: tuple[int, ...] = ()
    """For a cloze without number: the numbers that its paragraph uses."""
    group: int = 0
    """For a cloze without number: its paragraph's line; 0 for all others."""
    picture: Span | None = None
    """For a figure: where it is shown; its id is missing only if it has labels to ask for."""


class Names(msgspec.Struct, frozen=True, gc=False):
    """All names of one file, in the order of the source."""

    path: str
    given: tuple[Name, ...]
    used: tuple[Use, ...]
    gaps: tuple[Gap, ...]
