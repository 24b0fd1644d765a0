"""Packing: boxes into columns, order kept, no box broken. Whole numbers throughout.

Lengths are in any one unit (sp here). A column holds ``h1 + gap + h2 + gap + … + hn``; ``limits`` are
the heights of the columns, none higher than those before.
"""

from collections.abc import Sequence
from dataclasses import dataclass

Breaks = tuple[int, ...]
"""Where each column ends: the index after its last box; the last is the number of boxes."""


def fits(heights: Sequence[int], gap: int, limits: Sequence[int]) -> bool:
    """Return whether the boxes go into the columns; filling each as far as possible tells."""
    index, count = 0, len(heights)
    for limit in limits:
        taken = -gap
        while index < count and taken + gap + heights[index] <= limit:
            taken += gap + heights[index]
            index += 1
    return index == count


def balance(heights: Sequence[int], gap: int, limits: Sequence[int]) -> Breaks:
    """Return the breaks into these columns whose slacks are least uneven.

    Uneven means a large sum of squared slacks. A column is empty only where it is too low for any
    box, or where there are fewer boxes than columns: these come first then. Raise ``ValueError``
    where the boxes do not fit.
    """
    count = len(heights)
    if not fits(heights, gap, limits):
        raise ValueError("the boxes do not fit")
    limits = limits[:count]
    # best[j]: least cost of the first j boxes in the columns so far; began[j]: where the last began.
    empty = sum((limit + 1) ** 2 for limit in limits)
    infinite = empty * (len(limits) + 2)
    best = [0] + [infinite] * count
    cuts: list[list[int]] = []
    for limit in limits:
        row = [cost + empty for cost in best]
        began = list(range(count + 1))
        for end in range(1, count + 1):
            taken = -gap
            for start in range(end - 1, -1, -1):
                taken += heights[start] + gap
                if taken > limit:
                    break
                cost = best[start] + (limit - taken) ** 2
                if cost < row[end]:
                    row[end], began[end] = cost, start
        best = row
        cuts.append(began)
    breaks = [count]
    for began in reversed(cuts[1:]):
        breaks.append(began[breaks[-1]])
    return tuple(reversed(breaks)) if limits else ()


def lowest(heights: Sequence[int], gap: int, limits: Sequence[int]) -> int:
    """Return the least height to which all columns can be cut so that the boxes still fit."""
    low, high = 0, max(limits, default=0)
    while low < high:
        middle = (low + high) // 2
        if fits(heights, gap, cut(limits, middle)):
            high = middle
        else:
            low = middle + 1
    return low


def cut(limits: Sequence[int], height: int) -> tuple[int, ...]:
    """Return the heights of the columns where none is higher than this."""
    return tuple(min(limit, height) for limit in limits)


def used(heights: Sequence[int], gap: int) -> int:
    """Return what boxes take in one column."""
    return sum(heights) + gap * max(0, len(heights) - 1)


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
