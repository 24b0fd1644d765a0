"""The paper of a sheet, its margins and columns. Lengths are in TeX points unless stated."""

from dataclasses import dataclass
from typing import ClassVar

from aml_build.model import Orientation, Paper, SheetOptions

MM = 72.27 / 25.4
"""Points in a millimetre."""
SP = 65536
"""Scaled points, TeX's unit, in a point."""

_LABELS = 3.8
"""Height that the columns' letters add below the header."""
_PAPERS = {Paper.A4: (210.0 * MM, 297.0 * MM), Paper.LETTER: (8.5 * 72.27, 11.0 * 72.27)}


@dataclass(frozen=True, slots=True)
class Page:
    """One page, divided into columns."""

    margin: ClassVar[float] = 6.0 * MM
    """Home printers cannot print closer to the edge than 4 to 6 mm."""
    header: ClassVar[float] = 11.0
    """Height of the line above the columns, with the space below it."""
    gutter: ClassVar[float] = 2.2 * MM
    """Space between two columns."""
    width: float
    height: float
    pages: int
    columns: int
    """On each page."""
    labelled: bool = False
    """Whether each column shows its letter, because a finder refers to it."""

    @property
    def label_height(self) -> float:
        """Return the height that the columns' letters take from the columns."""
        return _LABELS if self.labelled else 0.0

    @property
    def text_width(self) -> float:
        """Return the width of all columns with their gutters."""
        return self.width - 2 * self.margin

    @property
    def column_width(self) -> float:
        """Return the width of one column."""
        return (self.text_width - (self.columns - 1) * self.gutter) / self.columns

    @property
    def column_height(self) -> int:
        """Return the height of one column, sp."""
        return int((self.height - 2 * self.margin - self.header - self.label_height) * SP)


def page(options: SheetOptions) -> Page:
    """Return the page that the options describe."""
    width, height = _PAPERS[options.paper]
    if options.orientation is Orientation.LANDSCAPE:
        width, height = height, width
    return Page(width, height, options.pages, options.columns)


def millimetres(sp: int) -> float:
    """Return a length in sp as millimetres."""
    return sp / SP / MM
