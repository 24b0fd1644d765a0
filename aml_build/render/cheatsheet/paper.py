"""The sheet of paper: how large, how many columns, how wide. Lengths are in TeX points unless said."""

from dataclasses import dataclass

from aml_build.model import Orientation, Paper, SheetOptions

MM = 72.27 / 25.4
"""Points in a millimetre."""
SP = 65536
"""Scaled points in a point: what TeX counts in."""

_MARGIN = 6.0 * MM
"""Home printers reach no nearer to the edge than 4 to 6 mm."""
_HEADER = 11.0
"""The line above the columns, with the room below it."""
_LABELS = 3.8
"""The columns' letters need so much more room below that line."""
_GUTTER = 2.2 * MM
_PAPERS = {Paper.A4: (210.0 * MM, 297.0 * MM), Paper.LETTER: (8.5 * 72.27, 11.0 * 72.27)}


@dataclass(frozen=True, slots=True)
class Page:
    """One page, divided."""

    width: float
    height: float
    pages: int
    columns: int
    """On each page."""
    labelled: bool = False
    """Whether each column shows its letter: a finder refers to them."""

    @property
    def margin(self) -> float:
        """Return the blank edge."""
        return _MARGIN

    @property
    def gutter(self) -> float:
        """Return the room between two columns."""
        return _GUTTER

    @property
    def header(self) -> float:
        """Return the height of the line above the columns, with the room below it."""
        return _HEADER

    @property
    def labels(self) -> float:
        """Return what the columns' letters take from the height of the columns."""
        return _LABELS if self.labelled else 0.0

    @property
    def text_width(self) -> float:
        """Return the width of all columns with their gutters."""
        return self.width - 2 * _MARGIN

    @property
    def column_width(self) -> float:
        """Return the width of one column."""
        return (self.text_width - (self.columns - 1) * _GUTTER) / self.columns

    @property
    def column_height(self) -> int:
        """Return the height of one column, sp."""
        return int((self.height - 2 * _MARGIN - _HEADER - self.labels) * SP)

    @property
    def total(self) -> int:
        """Return the number of columns of all pages."""
        return self.pages * self.columns


def page(options: SheetOptions) -> Page:
    """Return the page that the options ask for."""
    width, height = _PAPERS[options.paper]
    if options.orientation is Orientation.LANDSCAPE:
        width, height = height, width
    return Page(width, height, options.pages, options.columns)


def millimetres(sp: int) -> float:
    """Return a length in sp as millimetres."""
    return sp / SP / MM
