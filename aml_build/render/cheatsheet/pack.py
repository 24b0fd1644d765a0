"""Packing: boxes into columns of one height, order kept, no box broken. Whole numbers throughout.

Lengths are in any one unit (sp here). A column holds ``h1 + gap + h2 + gap + … + hn``.
"""

from collections.abc import Sequence
from dataclasses import dataclass

Breaks = tuple[int, ...]
"""Where each column ends: the index after its last box; the last is the number of boxes."""


def fits(heights: Sequence[int], gap: int, height: int, columns: int) -> bool:
    """Return whether the boxes go into the columns; filling each as far as possible tells."""
    return len(fill(heights, gap, height)) <= columns and max(heights, default=0) <= height


def fill(heights: Sequence[int], gap: int, height: int) -> Breaks:
    """Return the breaks that use the fewest columns; a box too high stands alone."""
    breaks: list[int] = []
    used = 0
    for index, box in enumerate(heights):
        if index and used + gap + box > height:
            breaks.append(index)
            used = box
        else:
            used = box if not index else used + gap + box
    return (*breaks, len(heights)) if heights else ()


def balance(heights: Sequence[int], gap: int, height: int, columns: int) -> Breaks:
    """Return the breaks into exactly ``columns`` columns whose slacks are least uneven.

    Uneven means a large sum of squared slacks. With fewer boxes than columns, each has a column of
    its own. Raise ``ValueError`` where the boxes do not fit.
    """
    count = len(heights)
    if not fits(heights, gap, height, columns):
        raise ValueError("the boxes do not fit")
    columns = min(columns, count)
    if not columns:
        return ()
    # best[k][j]: least cost of the first j boxes in k columns; cut[k][j]: where column k began.
    infinite = (columns + 1) * (height + 1) ** 2
    best = [0] + [infinite] * count
    cuts: list[list[int]] = []
    for _ in range(columns):
        row = [infinite] * (count + 1)
        cut = [0] * (count + 1)
        for end in range(1, count + 1):
            used = -gap
            for start in range(end - 1, -1, -1):
                used += heights[start] + gap
                if used > height:
                    break
                cost = best[start] + (height - used) ** 2
                if cost < row[end]:
                    row[end], cut[end] = cost, start
        best = row
        cuts.append(cut)
    breaks = [count]
    for cut in reversed(cuts[1:]):
        breaks.append(cut[breaks[-1]])
    return tuple(reversed(breaks))


def lowest(heights: Sequence[int], gap: int, columns: int) -> int:
    """Return the least column height at which the boxes fit."""
    low = max(heights, default=0)
    high = sum(heights) + gap * len(heights)
    while low < high:
        middle = (low + high) // 2
        if fits(heights, gap, middle, columns):
            high = middle
        else:
            low = middle + 1
    return low


def slacks(heights: Sequence[int], gap: int, height: int, breaks: Breaks) -> tuple[int, ...]:
    """Return what each column has left."""
    starts = (0, *breaks[:-1])
    return tuple(
        height - sum(heights[start:end]) - gap * (end - start - 1)
        for start, end in zip(starts, breaks, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Stretch:
    """How much each gap of a column grows so that its last box ends at the foot."""

    between_boxes: int
    between_parts: int


_BOX_SHARE = 3
"""A gap between boxes grows this many times as much as one between the parts of a box."""


def spread(slack: int, box_gaps: int, part_gaps: int, most: int) -> Stretch:
    """Return the growth of each gap that uses up the slack, to within one unit a gap.

    No gap between parts grows by more than ``most``: rather a short column than a torn box.
    """
    shares = _BOX_SHARE * box_gaps + part_gaps
    part = min(slack // shares, most) if shares else 0
    return Stretch(_BOX_SHARE * part, part)
