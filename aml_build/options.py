"""What may be asked of a build; light, so that the command line starts at once."""

from enum import StrEnum

import msgspec


class Target(StrEnum):
    """What can be built."""

    DECK = "deck"
    SHEET = "sheet"
    BOOKLET = "booklet"
    PREVIEW = "preview"
    MODEL = "model"


class Options(msgspec.Struct, frozen=True):
    """What may be asked for beyond ``course.yaml``."""

    sheet: str = "colour"
    """Which cheat sheet: colour, grey, large, formulas, or lesson=N."""
    one_sided: bool = False
    """A booklet for screens and printers without duplex."""
    questions_only: bool = False
    """A booklet to sit as a test."""
    answers_only: bool = False
    write_lines: int | None = None
    """Ruled lines under each question; nothing for what the course says."""
    lessons: tuple[int, ...] = ()
    """Only these lessons in the booklet, by number; all where none is named."""
    signature: int | None = None
    """Sheets folded together; nothing for all in one."""
    creep: float = 0.0
    """How much further each inner sheet's pages are drawn to the fold, mm."""
