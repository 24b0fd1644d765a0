"""Arrange boxes at one size: break them into columns and fill what the columns have left."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from aml_build.render.cheatsheet.content.box import Box
from aml_build.render.cheatsheet.layout.candidates import Candidates, Shown
from aml_build.render.cheatsheet.layout.finder import strip_height
from aml_build.render.cheatsheet.layout.packing import balance, cut, lowest, used
from aml_build.render.cheatsheet.layout.sizes import spacing

_MOST_GROWTH = 6
"""Steps by which a column's type may be larger than the base: three per cent, which is invisible."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an arrangement."""

    start: int
    """Index of its first box among the boxes on the sheet."""
    end: int
    """Index after its last box; the finder, where it is in a column, counts as the last box."""
    height: int
    """sp; lower than the page allows above a finder, or where all fits at the largest size."""
    size: float
    """Base size, pt; larger than the sheet's where that fills the column better."""
    slack: int = 0
    """Height that its boxes leave, sp."""


@dataclass(frozen=True)
class Plan:
    """A finished arrangement."""

    index: int
    """Of the size in the grid."""
    size: float
    """Base size, pt."""
    shown: Shown
    columns: tuple[Column, ...]
    fill: float
    """Share of the columns' area that boxes with their minimum gaps, and the finder, take."""


def arrange(candidates: Candidates, shown: Shown, index: int, near: Sequence[int]) -> Plan:
    """Break the shown parts into columns at one size and fill the columns.

    Spare parts fill first, then type that is larger by invisible steps. ``near`` are the indices of
    the sizes whose heights are known. Raise ``ValueError`` where the shown parts do not fit.
    """
    size = candidates.sizes.size(index)
    gap, limits = spacing(size).between_boxes, candidates.limits(size)
    if index >= candidates.sizes.top:
        shown = _fill_sheet(candidates, shown, index)
        limits = cut(limits, lowest(candidates.unit_heights(shown, size), gap, limits))
    breaks = balance(candidates.unit_heights(shown, size), gap, limits)
    columns = tuple(
        Column(start, end, limit, size)
        for start, end, limit in zip((0, *breaks), breaks, limits, strict=False)
    )
    shown = _fill_columns(candidates, shown, columns)
    columns = _grow(candidates, shown, columns, [k for k in near if 0 <= k - index <= _MOST_GROWTH])
    return Plan(index, size, shown, columns, _fill(candidates, size, columns))


def _fill_sheet(candidates: Candidates, shown: Shown, index: int) -> Shown:
    """Add spare parts while everything fits: at the largest size there is space left."""
    for slot in _spare(shown, candidates.present(shown)):
        if candidates.fits(shown | {slot}, index):
            shown |= {slot}
    return shown


def _spare(shown: Shown, boxes: Iterable[Box]) -> list[str]:
    """Return the slots of the parts that could be added to boxes, most important first."""
    found = [
        (part.rank * 3 + box.priority, order, part.slot)
        for order, box in enumerate(boxes)
        for part in box.parts
        if part.slot not in shown
    ]
    return [slot for _, _, slot in sorted(found)]


def _fill_columns(candidates: Candidates, shown: Shown, columns: Sequence[Column]) -> Shown:
    """Add to each column the spare parts whose heights together best match its slack."""
    boxes = candidates.present(shown)
    units = candidates.unit_heights(shown, columns[0].size) if columns else ()
    for column in columns:
        heights, space = candidates.heights(column.size), spacing(column.size)
        spare = _spare(shown, boxes[column.start : column.end])
        costs = [heights[slot] + space.between_parts for slot in spare]
        slack = column.height - used(units[column.start : column.end], space.between_boxes)
        shown |= {spare[i] for i in _nearest(costs, slack)}
    return shown


def _nearest(costs: Sequence[int], slack: int) -> tuple[int, ...]:
    """Return the indices whose costs sum to the most that is not above the slack."""
    # Sums are kept apart by half a per cent of the slack: that is invisible and keeps the table small.
    unit = max(1, slack // 200)
    reach: dict[int, tuple[int, tuple[int, ...]]] = {0: (0, ())}
    for index, cost in enumerate(costs):
        for total, chosen in list(reach.values()):
            more = total + cost
            if more <= slack and more // unit not in reach:
                reach[more // unit] = (more, (*chosen, index))
    return max(reach.values(), key=lambda entry: entry[0])[1]


def _grow(
    candidates: Candidates, shown: Shown, columns: Sequence[Column], steps: Iterable[int]
) -> tuple[Column, ...]:
    """Return the columns, each at the largest of the sizes at which its boxes still fit."""
    sizes = [candidates.sizes.size(step) for step in sorted(steps, reverse=True)]
    units = {size: candidates.unit_heights(shown, size) for size in sizes}

    def grown(column: Column) -> Column:
        slacks = (
            (
                size,
                column.height - used(own[column.start : column.end], spacing(size).between_boxes),
            )
            for size, own in units.items()
        )
        size, slack = next(found for found in slacks if found[1] >= 0)
        return replace(column, size=size, slack=slack)

    return tuple(map(grown, columns))


def _fill(candidates: Candidates, size: float, columns: Sequence[Column]) -> float:
    """Return the share of the columns' area that is taken.

    The area is what boxes can use, what the finder takes below the columns, and the stubs above it
    that are too low for boxes.
    """
    page, finder, stubs = candidates.page, 0, 0
    limits = candidates.limits(size)[:: page.columns]
    for lines, limit in zip(candidates.strip_lines(size), limits, strict=True):
        strip = strip_height(lines, size)
        finder += strip * page.columns
        stubs += 0 if limit else (page.column_height - strip) * page.columns
    left = sum(column.slack for column in columns)
    return 1 - (left + stubs) / max(1, sum(c.height for c in columns) + stubs + finder)
