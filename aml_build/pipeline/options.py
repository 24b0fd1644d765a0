"""What a user may ask a build for; light, so that the command line starts at once."""

from collections.abc import Collection
from enum import StrEnum

import msgspec

from aml_build.diagnostics.codes import PRINT, Medium


class BookletRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The form of the booklet, as asked for on the command line."""

    one_sided: bool = False
    """Pages for screens and printers without duplex."""
    questions_only: bool = False
    """A test without answers."""
    answers_only: bool = False
    write_lines: int | None = None
    """Ruled lines under each question; None for the number in ``course.yaml``."""
    lessons: tuple[int, ...] = ()
    """The numbers of the lessons to print; empty for all lessons."""
    signature: int | None = None
    """Sheets folded together; None for the default of the imposition."""
    creep: float = 0.0
    """How much further each inner sheet's pages are drawn to the fold, mm."""


class SheetKind(StrEnum):
    """How a cheat sheet looks and what it shows."""

    COLOUR = "colour"
    GREY = "grey"
    LARGE = "large"
    FORMULAS = "formulas"


class SheetRequest(msgspec.Struct, frozen=True):
    """The cheat sheet asked for on the command line."""

    kind: SheetKind = SheetKind.COLOUR
    lesson: int | None = None
    """The number of the lesson that it shows, in colour; None for the whole course."""


class LessonNotFoundError(Exception):
    """The request names a lesson that the course does not have."""


class Options(msgspec.Struct, frozen=True):
    """What a user asks for beyond ``course.yaml``."""

    sheet: SheetRequest = SheetRequest()
    booklet: BookletRequest = BookletRequest()

    def check_lessons(self, known: Collection[int]) -> None:
        """Raise ``LessonNotFoundError`` for a lesson that the course does not have."""
        asked = self.booklet.lessons
        if self.sheet.lesson is not None:
            asked += (self.sheet.lesson,)
        for number in asked:
            if number not in known:
                there = ", ".join(map(str, sorted(known)))
                raise LessonNotFoundError(f"There is no lesson {number}. The course has: {there}.")


class Target(StrEnum):
    """The table of artifacts.

    Each is made by the function ``make`` of the module ``artifacts/<name>_artifact.py``.
    """

    DECK = ("deck", Medium.CARDS, "the Anki deck", ("*.apkg",))
    SHEET = (
        "sheet", Medium.SHEET, "the cheat sheet and its report",
        ("cheatsheet*.pdf", "cheatsheet*-report.txt"), ("sheet",),
    )  # fmt: skip
    BOOKLET = (
        "booklet", Medium.BOOKLET, "the Q&A booklet, to read and to print",
        ("booklet*.pdf",), BookletRequest.__struct_fields__,
    )  # fmt: skip
    PREVIEW = ("preview", Medium.CARDS, "web pages that show every card", ("preview/*",))
    MODEL = ("model", Medium.DATA, "the concept model as JSON", ("model.json",))

    medium: Medium
    """Decides which diagnostics withhold the artifact, and whether TeX makes it."""
    help: str
    """What the artifact is, for the help of the command line."""
    files: tuple[str, ...]
    """Patterns of its files, relative to the output folder."""
    options: tuple[str, ...]
    """The parameters of the command line that are for this artifact alone."""

    def __new__(
        cls,
        value: str,
        medium: Medium,
        help_text: str,
        files: tuple[str, ...],
        options: tuple[str, ...] = (),
    ) -> "Target":
        """Return the member with its attributes."""
        target = str.__new__(cls, value)
        target._value_ = value
        target.medium, target.help, target.files, target.options = medium, help_text, files, options
        return target

    @property
    def needs_tex(self) -> bool:
        """Return whether the artifact cannot be made without TeX."""
        return self.medium in PRINT
