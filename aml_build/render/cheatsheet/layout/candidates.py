"""The candidates for a sheet: all boxes and bands that may be shown, and whether they fit."""

from collections.abc import Iterable, Mapping, Set as AbstractSet
from dataclasses import dataclass, field, replace

from aml_build.render.cheatsheet.content.box import Box, Part, Rank
from aml_build.render.cheatsheet.layout.finder import (
    finder_height,
    lines,
    strip_height,
    strips,
)
from aml_build.render.cheatsheet.layout.heights import HeightsAt
from aml_build.render.cheatsheet.layout.packing import fits
from aml_build.render.cheatsheet.layout.paper import Page
from aml_build.render.cheatsheet.layout.sizes import SizeGrid, Spacing, spacing

Shown = frozenset[str]
"""Slots of the parts on the sheet; a box is on it if its title is."""
_STUB = 8
"""A column lower than an eighth of the page's is not used for boxes."""


@dataclass(frozen=True)
class Candidates:
    """Everything that may be on a sheet, its page, and the heights at each size.

    All methods that need a height raise ``KeyError`` where it is unknown.
    """

    boxes: tuple[Box, ...]
    bands: Mapping[int, Part]
    """By lesson."""
    page: Page
    sizes: SizeGrid
    heights: HeightsAt = field(compare=False)
    finder: Part | None = None
    """Comes last."""
    finder_in_column: bool = False
    """Whether the finder is below the last box; else it is below the columns, as wide as the page."""

    def with_finder(self, finder: Part, *, in_column: bool) -> "Candidates":
        """Return the same with a finder, and with letters over the columns."""
        page = replace(self.page, labelled=True)
        return replace(self, page=page, finder=finder, finder_in_column=in_column)

    def with_pages(self, pages: int) -> "Candidates":
        """Return the same on another number of pages."""
        return replace(self, page=replace(self.page, pages=pages))

    def parts(self) -> tuple[Part, ...]:
        """Return every part, bands first; the finder is not included."""
        return (
            *self.bands.values(),
            *(part for box in self.boxes for part in (box.title, *box.parts)),
        )

    def everything(self) -> Shown:
        """Return the slots of all parts but fillers."""
        return frozenset(part.slot for part in self.parts() if part.rank is not Rank.FILLER)

    def present(self, shown: AbstractSet[str]) -> tuple[Box, ...]:
        """Return the boxes that are on the sheet."""
        return tuple(box for box in self.boxes if box.title.slot in shown)

    def box_height(self, box: Box, shown: AbstractSet[str], size: float) -> int:
        """Return the height of a box with its shown parts, sp."""
        return _box_height(box, shown, self.heights(size), spacing(size))

    def unit_heights(self, shown: AbstractSet[str], size: float) -> tuple[int, ...]:
        """Return the heights of the units to pack, sp.

        A unit is a box, with the band of its lesson where it is the first of it; or the finder.
        """
        heights, space = self.heights(size), spacing(size)
        found, lesson = [], None
        for box in self.present(shown):
            own = _box_height(box, shown, heights, space)
            if box.lesson != lesson:
                own += heights[self.bands[box.lesson].slot] + space.after_band
            lesson = box.lesson
            found.append(own)
        if self.finder and self.finder_in_column:
            found.append(finder_height(heights[self.finder.slot], size))
        return tuple(found)

    def strip_lines(self, size: float) -> tuple[int, ...]:
        """Return how many lines of the finder are below the columns of each page."""
        if self.finder is None or self.finder_in_column:
            return (0,) * self.page.pages
        return strips(lines(self.heights(size)[self.finder.slot], size), self.page, size)

    def limits(self, size: float) -> tuple[int, ...]:
        """Return the heights that boxes have in each column, sp; 0 where a strip leaves too little."""
        full = self.page.column_height
        found: list[int] = []
        for count in self.strip_lines(size):
            left = full - strip_height(count, size)
            found += [left if left * _STUB >= full else 0] * self.page.columns
        return tuple(found)

    def fits(self, shown: AbstractSet[str], index: int) -> bool:
        """Return whether the shown parts fit at the size with this index."""
        size = self.sizes.size(index)
        units = self.unit_heights(shown, size)
        return fits(units, spacing(size).between_boxes, self.limits(size))

    def largest(self, shown: Shown, indices: Iterable[int]) -> int | None:
        """Return the index of the largest of the sizes at which the shown parts fit, if any."""
        return next((k for k in sorted(indices, reverse=True) if self.fits(shown, k)), None)


def _box_height(
    box: Box, shown: AbstractSet[str], heights: Mapping[str, int], space: Spacing
) -> int:
    total = heights[box.title.slot]
    inner = [heights[part.slot] for part in box.parts if part.slot in shown]
    if inner:
        gaps = (len(inner) - 1) * space.between_parts
        total += space.above_body + sum(inner) + gaps + space.below_body
    return total
