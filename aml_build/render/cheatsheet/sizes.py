"""The base sizes a sheet may have, and the lengths that follow from one."""

from dataclasses import dataclass
from functools import cache
from math import floor, log

from aml_build.render.cheatsheet.paper import SP

STEP = 1.005
"""Two neighbouring sizes: closer than an eye can tell."""
_COARSE = 5
"""Sizes at which everything is measured first."""
_BELOW, _ABOVE = 4, 8
"""Sizes measured below and above the expected best one; those above also fill columns."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The base sizes from the smallest to the largest allowed, in even steps."""

    smallest: float
    """pt"""
    largest: float
    """pt"""

    @property
    def top(self) -> int:
        """Return the index of the largest size."""
        return max(0, floor(log(self.largest / self.smallest) / log(STEP) + 1e-9) + 1)

    def size(self, index: int) -> float:
        """Return the size with this index, pt, in whole thousandths."""
        if index >= self.top:
            return round(self.largest, 3)
        return round(self.smallest * STEP**index, 3)

    def coarse(self) -> tuple[int, ...]:
        """Return the indices of a few sizes that span all."""
        count = _COARSE - 1
        return tuple(sorted({round(self.top * step / count) for step in range(_COARSE)}))

    def around(self, index: int, given_up: int = 0) -> tuple[int, ...]:
        """Return the indices of the sizes near to one, itself among them.

        ``given_up`` is how many steps below it the sheet may go for something else: every other one.
        """
        lowest = index - _BELOW
        below = range(lowest - 2 * ((given_up + 1) // 2), lowest, 2)
        near = (*below, *range(lowest, min(self.top, index + _ABOVE) + 1))
        return tuple(sorted({max(0, k) for k in near}))


@dataclass(frozen=True, slots=True)
class Room:
    """The white space at one size, sp."""

    between_boxes: int
    """At least; what a column has left is added."""
    after_band: int
    above_body: int
    between_parts: int
    below_body: int
    growth: int
    """What a gap between parts may grow by where a column has much to spare."""


@cache
def room(size: float) -> Room:
    """Return the white space that goes with a base size in pt."""

    def em(factor: float) -> int:
        return round(factor * size * SP)

    return Room(em(0.5), em(0.3), em(0.24), em(0.22), em(0.24), em(0.5))
