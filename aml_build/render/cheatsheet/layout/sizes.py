"""The base sizes a sheet may have, and the white space at each of them."""

from dataclasses import dataclass
from functools import cache
from math import floor, log

from aml_build.render.cheatsheet.layout.paper import SP

STEP = 1.005
"""Ratio of two adjacent sizes; the difference is invisible."""
_COARSE = 5
"""Number of sizes at which everything is measured first."""
_BELOW, _ABOVE = 4, 8
"""Sizes measured below and above the expected best one; those above also fill columns."""


@dataclass(frozen=True, slots=True)
class SizeGrid:
    """The base sizes from the smallest to the largest allowed, in equal ratios."""

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

    def coarse(self) -> tuple[float, ...]:
        """Return a few sizes, pt, ascending, that span all."""
        count = _COARSE - 1
        indices = sorted({round(self.top * step / count) for step in range(_COARSE)})
        return tuple(map(self.size, indices))

    def around(self, index: int, finder_steps: int = 0) -> tuple[int, ...]:
        """Return the indices of the sizes near one, itself included, ascending.

        A finder may make the type smaller by ``finder_steps``; of these sizes every other one is
        included.
        """
        lowest = index - _BELOW
        below = range(lowest - 2 * ((finder_steps + 1) // 2), lowest, 2)
        near = (*below, *range(lowest, min(self.top, index + _ABOVE) + 1))
        return tuple(sorted({max(0, k) for k in near}))


@dataclass(frozen=True, slots=True)
class Spacing:
    """The white space at one size, sp."""

    between_boxes: int
    """At least; a column distributes its remaining height over these gaps."""
    after_band: int
    above_body: int
    between_parts: int
    below_body: int
    growth: int
    """Limit for the growth of a gap between parts, so that no box looks torn."""


@cache
def spacing(size: float) -> Spacing:
    """Return the white space that belongs to a base size in pt."""

    def em(factor: float) -> int:
        return round(factor * size * SP)

    return Spacing(em(0.5), em(0.3), em(0.24), em(0.22), em(0.24), em(0.5))
