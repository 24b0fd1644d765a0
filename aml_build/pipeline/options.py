"""What may be asked of a build; light, so that the command line starts at once."""

from collections.abc import Collection
from enum import StrEnum

import msgspec


class Target(StrEnum):
    """What can be built."""

    DECK = "deck"
    SHEET = "sheet"
    BOOKLET = "booklet"
    PREVIEW = "preview"
    MODEL = "model"


class NoSuchLesson(Exception):  # noqa: N818 - it names what is wrong with the request
    """A lesson was asked for that the course does not have."""


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

    def check_lessons(self, known: Collection[int]) -> None:
        """Raise ``NoSuchLesson`` for a lesson that is asked for and not in the course."""
        kind, _, number = self.sheet.partition("=")
        asked = (*self.lessons, *([int(number)] if kind == "lesson" else []))
        for wish in asked:
            if wish not in known:
                there = ", ".join(map(str, sorted(known)))
                raise NoSuchLesson(f"There is no lesson {wish}. The course has: {there}.")
