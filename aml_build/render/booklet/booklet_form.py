"""The forms of a booklet: whole, questions only, answers only; folded or single pages."""

import msgspec

from aml_build.model import Paper

_INCH = 72.27
"""pt"""
_MM = _INCH / 25.4
_POINTS = {"mm": _MM, "in": _INCH}
_PAGES = {Paper.A4: (148, 210, "mm"), Paper.LETTER: (5.5, 8.5, "in")}
"""Width, height and their unit."""


class Form(msgspec.Struct, frozen=True):
    """Which booklet to make of a course."""

    paper: Paper = Paper.A4
    """The sheet that two pages share: A4 gives A5 pages, Letter gives half Letter."""
    write_lines: int = 0
    """Ruled lines under each question."""
    one_sided: bool = False
    """Equal margins and no instructions for folding: for printers without duplex, and screens."""
    questions_only: bool = False
    """A test without answers."""
    answers_only: bool = False
    lessons: tuple[int, ...] = ()
    """Only these lessons, by number; all if none is named."""

    @property
    def questions(self) -> bool:
        """Return whether there is a questions part."""
        return not self.answers_only or self.questions_only

    @property
    def answers(self) -> bool:
        """Return whether there is an answers part."""
        return not self.questions_only or self.answers_only

    def includes(self, lesson: int) -> bool:
        """Return whether the booklet prints the lesson of this number."""
        return not self.lessons or lesson in self.lessons

    @property
    def sheet(self) -> str:
        """Return the sheet's name, as printed."""
        return {Paper.A4: "A4", Paper.LETTER: "Letter"}[self.paper]

    @property
    def page(self) -> tuple[str, str]:
        """Return width and height of a page, as TeX lengths."""
        width, height, unit = _PAGES[self.paper]
        return f"{width:g}{unit}", f"{height:g}{unit}"

    @property
    def largest_picture(self) -> tuple[float, float]:
        """Return the width and the height, pt, that a picture takes at most."""
        width, height, unit = _PAGES[self.paper]
        point = _POINTS[unit]
        return width * point - 26 * _MM, 0.75 * (height * point - 28 * _MM)
