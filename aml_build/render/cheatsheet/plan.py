"""The plan of a sheet: what is shown, at which size, in which column."""

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from aml_build.render.cheatsheet.boxes import Band, Box, Part, Rank
from aml_build.render.cheatsheet.finder import Finder, lines, strip_height, strips
from aml_build.render.cheatsheet.finder import box_height as finder_height
from aml_build.render.cheatsheet.packing import Breaks, balance, cut, fits, lowest, used
from aml_build.render.cheatsheet.paper import Page
from aml_build.render.cheatsheet.sizes import Grid, room

Height = Callable[[str, float], int]
"""Slot and base size in pt to sp; raises ``KeyError`` where nothing is known."""
Shown = frozenset[str]
"""Slots of the parts that are on the sheet; a box is there if its title is."""


def slot(box: Box, part: Part) -> str:
    """Return the name of a part within the whole sheet."""
    return f"{box.id}/{part.name}"


def band_slot(band: Band) -> str:
    """Return the name of a lesson's band within the whole sheet."""
    return f"{band.lesson}:band"


@dataclass(frozen=True)
class Stock:
    """Everything that could be on the sheet."""

    boxes: tuple[Box, ...]
    bands: tuple[Band, ...]
    page: Page
    grid: Grid
    finder: Finder | None = None
    """Comes last."""
    in_column: bool = False
    """Whether the finder stands below the last box; else below the columns of the last page, page wide."""

    def with_finder(self, finder: Finder, *, in_column: bool) -> "Stock":
        """Return the same with a finder, and with letters over the columns."""
        page = replace(self.page, labelled=True)
        return replace(self, page=page, finder=finder, in_column=in_column)

    def parts(self) -> Iterator[tuple[str, Part]]:
        """Return every part with its slot, bands first; the finder's is not among them."""
        for band in self.bands:
            yield band_slot(band), band.part
        for box in self.boxes:
            yield slot(box, box.title), box.title
            for part in box.parts:
                yield slot(box, part), part

    def everything(self) -> Shown:
        """Return all parts but those that only fill."""
        return frozenset(name for name, part in self.parts() if part.rank is not Rank.FILLER)

    def present(self, shown: Shown) -> tuple[Box, ...]:
        """Return the boxes that are on the sheet."""
        return tuple(box for box in self.boxes if slot(box, box.title) in shown)


@dataclass(frozen=True)
class Plan:
    """A finished arrangement."""

    index: int
    """Of the size in the grid."""
    size: float
    """Base size, pt."""
    sizes: tuple[float, ...]
    """Of each column, pt: the base size, or a little more where that fills the column better."""
    shown: Shown
    breaks: Breaks
    heights: tuple[int, ...]
    """Of each column, sp: the page's, or less where the finder stands below or all fits at the largest size."""
    fill: float
    """Share of the columns' area that boxes with their least distances, and the finder, take."""


def box_height(box: Box, shown: AbstractSet[str], size: float, height: Height) -> int:
    """Return the height of a box with its shown parts, sp."""
    space = room(size)
    total = height(slot(box, box.title), size)
    inner = [height(name, size) for part in box.parts if (name := slot(box, part)) in shown]
    if inner:
        gaps = (len(inner) - 1) * space.between_parts
        total += space.above_body + sum(inner) + gaps + space.below_body
    return total


def unit_heights(stock: Stock, shown: Shown, size: float, height: Height) -> tuple[int, ...]:
    """Return the heights of what is packed, sp: boxes, the first of each lesson with its band; the finder."""
    bands = {band.lesson: band for band in stock.bands}
    found, lesson = [], None
    for box in stock.present(shown):
        own = box_height(box, shown, size, height)
        if box.lesson != lesson and box.lesson in bands:
            own += height(band_slot(bands[box.lesson]), size) + room(size).after_band
        lesson = box.lesson
        found.append(own)
    if stock.finder and stock.in_column:
        found.append(finder_height(height(stock.finder.slot, size), size))
    return tuple(found)


def strip_lines(stock: Stock, size: float, height: Height) -> tuple[int, ...]:
    """Return how many lines of the finder stand below the columns of each page."""
    if stock.finder is None or stock.in_column:
        return (0,) * stock.page.pages
    return strips(lines(height(stock.finder.slot, size), size), stock.page, size)


_STUB = 8
"""Part of a column; what the finder leaves of a page is no column if it is less."""


def limits(stock: Stock, size: float, height: Height) -> tuple[int, ...]:
    """Return the heights that boxes have in each column, sp; nothing where few boxes are so low."""
    page = stock.page
    found: list[int] = []
    for count in strip_lines(stock, size, height):
        left = page.column_height - strip_height(count, size)
        found += [left if left * _STUB >= page.column_height else 0] * page.columns
    return tuple(found)


def _below(stock: Stock, size: float, height: Height) -> tuple[int, int]:
    """Return what the finder takes below the columns, and what is too low above it, sp of column."""
    page, finder, stubs = stock.page, 0, 0
    strips = (strip_height(count, size) for count in strip_lines(stock, size, height))
    for strip, limit in zip(strips, limits(stock, size, height)[:: page.columns], strict=True):
        finder += strip * page.columns
        stubs += 0 if limit else (page.column_height - strip) * page.columns
    return finder, stubs


def roomy(stock: Stock, shown: Shown, index: int, height: Height) -> bool:
    """Return whether what is shown fits at the size with this index."""
    size = stock.grid.size(index)
    units = unit_heights(stock, shown, size, height)
    return fits(units, room(size).between_boxes, limits(stock, size, height))


def largest(stock: Stock, shown: Shown, indices: Iterable[int], height: Height) -> int | None:
    """Return the largest of the sizes at which what is shown fits."""
    for index in sorted(indices, reverse=True):
        if roomy(stock, shown, index, height):
            return index
    return None


def arrange(stock: Stock, shown: Shown, index: int, near: tuple[int, ...], height: Height) -> Plan:
    """Break into columns at one size and fill what is left; raise ``ValueError`` if too much is shown.

    What is left takes spare parts, then type that is larger by steps nobody sees; ``near`` are the
    sizes whose heights are known.
    """
    size = stock.grid.size(index)
    gap, full = room(size).between_boxes, limits(stock, size, height)
    if index >= stock.grid.top:
        shown = _fill_all(stock, shown, index, height)
        full = cut(full, lowest(unit_heights(stock, shown, size, height), gap, full))
    breaks = balance(unit_heights(stock, shown, size, height), gap, full)
    full = full[: len(breaks)]
    shown = _fill_columns(stock, shown, size, height, breaks, full)
    sizes = _grow(stock, shown, index, near, height, breaks, full)
    left = sum(
        limit - column_used(stock, shown, own, height, start, end)
        for limit, own, (start, end) in zip(full, sizes, columns(breaks), strict=True)
    )
    finder, stubs = _below(stock, size, height)
    fill = 1 - (left + stubs) / max(1, sum(full) + stubs + finder)
    return Plan(index, size, sizes, shown, breaks, full, fill)


_MOST_GROWTH = 6
"""Steps that a column's type may be larger than the base: three in a hundred."""


def columns(breaks: Breaks) -> Iterator[tuple[int, int]]:
    """Return for each column the index of its first box and the index after its last."""
    return zip((0, *breaks[:-1]), breaks, strict=True)


def column_used(
    stock: Stock, shown: Shown, size: float, height: Height, start: int, end: int
) -> int:
    """Return what a column of these boxes takes at a size, sp."""
    units = unit_heights(stock, shown, size, height)[start:end]
    return used(units, room(size).between_boxes)


def _grow(
    stock: Stock,
    shown: Shown,
    index: int,
    near: tuple[int, ...],
    height: Height,
    breaks: Breaks,
    full: tuple[int, ...],
) -> tuple[float, ...]:
    """Return the largest size for each column, within a few steps, at which its boxes still fit."""
    grid = stock.grid
    steps = [k for k in near if index <= k <= index + _MOST_GROWTH]
    by_size = {k: unit_heights(stock, shown, grid.size(k), height) for k in steps}
    return tuple(
        grid.size(
            max(
                k
                for k in steps
                if used(by_size[k][start:end], room(grid.size(k)).between_boxes) <= limit
            )
        )
        for limit, (start, end) in zip(full, columns(breaks), strict=True)
    )


def _spare(shown: Shown, boxes: Iterable[Box]) -> list[tuple[int, int, str]]:
    """Return the parts that could be added to boxes, dearest wish first."""
    found = []
    for order, box in enumerate(boxes):
        found += [
            (part.rank * 3 + box.priority, order, name)
            for part in box.parts
            if (name := slot(box, part)) not in shown
        ]
    return sorted(found)


def _fill_all(stock: Stock, shown: Shown, index: int, height: Height) -> Shown:
    """Add spare parts as long as everything fits: there is room at the largest size."""
    for _, _, name in _spare(shown, stock.present(shown)):
        if roomy(stock, shown | {name}, index, height):
            shown |= {name}
    return shown


def _fill_columns(
    stock: Stock,
    shown: Shown,
    size: float,
    height: Height,
    breaks: Breaks,
    full: tuple[int, ...],
) -> Shown:
    """Add to each column the spare parts that together come nearest to what it has left."""
    boxes = stock.present(shown)
    units, space = unit_heights(stock, shown, size, height), room(size)
    for limit, (start, end) in zip(full, columns(breaks), strict=True):
        spare = [name for _, _, name in _spare(shown, boxes[start:end])]
        costs = [height(name, size) + space.between_parts for name in spare]
        slack = limit - used(units[start:end], space.between_boxes)
        shown |= {spare[i] for i in _nearest(costs, slack)}
    return shown


def _nearest(costs: list[int], slack: int) -> tuple[int, ...]:
    """Return the indices whose costs sum to the most that is not above the slack."""
    # A hundredth of a column is finer than anybody sees and keeps the table small.
    unit = max(1, slack // 200)
    reach: dict[int, tuple[int, tuple[int, ...]]] = {0: (0, ())}
    for index, cost in enumerate(costs):
        for total, chosen in list(reach.values()):
            more = total + cost
            if more <= slack and more // unit not in reach:
                reach[more // unit] = (more, (*chosen, index))
    return max(reach.values(), key=lambda entry: entry[0])[1]
