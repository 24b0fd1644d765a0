"""Pack boxes into columns: the order is kept and no box is broken. All lengths are integers, in sp.

A column contains ``h1 + gap + h2 + gap + … + hn``; ``limits`` are the heights of the columns, which
never increase.
"""

from collections.abc import Sequence
from dataclasses import dataclass

Breaks = tuple[int, ...]
"""Where each column ends: the index after its last box; the last is the number of boxes."""


def fits(heights: Sequence[int], gap: int, limits: Sequence[int]) -> bool:
    """Return whether the boxes fit: filling each column as far as possible finds a way if there is one."""
    index, count = 0, len(heights)
    for limit in limits:
        taken = -gap
        while index < count and taken + gap + heights[index] <= limit:
            taken += gap + heights[index]
            index += 1
    return index == count


def balance(heights: Sequence[int], gap: int, limits: Sequence[int]) -> Breaks:
    """Return the breaks into these columns with the least sum of squared slacks.

    A column is empty only if it is too low for any box, or if there are fewer boxes than columns;
    the boxes are then in the first columns. Raise ``ValueError`` if the boxes do not fit.
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
    """Return the least common height of the columns at which the boxes still fit."""
    low, high = 0, max(limits, default=0)
    while low < high:
        middle = (low + high) // 2
        if fits(heights, gap, cut(limits, middle)):
            high = middle
        else:
            low = middle + 1
    return low


def cut(limits: Sequence[int], height: int) -> tuple[int, ...]:
    """Return the columns' heights, reduced to at most this height."""
    return tuple(min(limit, height) for limit in limits)


def used(heights: Sequence[int], gap: int) -> int:
    """Return the height that boxes take in one column."""
    return sum(heights) + gap * max(0, len(heights) - 1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The growth of each gap in a column, so that its last box ends at the foot."""

    between_boxes: int
    between_parts: int


_BOX_SHARE = 3
"""A gap between boxes grows this many times as much as one between the parts of a box."""


def spread(slack: int, box_gaps: int, part_gaps: int, most: int) -> Stretch:
    """Return the growth of the gaps that uses the slack, up to a remainder below one unit a gap.

    No gap between parts grows by more than ``most``, so that no box looks torn.
    """
    shares = _BOX_SHARE * box_gaps + part_gaps
    part = min(slack // shares, most) if shares else 0
    return Stretch(_BOX_SHARE * part, part)
