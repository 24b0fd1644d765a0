"""Packing, as properties: order kept, nothing too high, as even as can be."""

from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given, strategies as st

from aml_build.render.cheatsheet.layout.packing import (
    Breaks,
    balance,
    cut,
    fits,
    lowest,
    spread,
    used,
)

heights = st.lists(st.integers(1, 60), min_size=1, max_size=30)
gaps = st.integers(0, 5)


columns = st.lists(st.integers(0, 200), min_size=1, max_size=12).map(
    lambda limits: sorted(limits, reverse=True)
)


def slacks(boxes: list[int], gap: int, limits: Sequence[int], breaks: Breaks) -> list[int]:
    starts = (0, *breaks[:-1])
    return [
        limit - used(boxes[start:end], gap)
        for limit, start, end in zip(limits, starts, breaks, strict=False)
    ]


@given(heights, gaps, columns)
def test_balancing_fits_exactly_when_filling_does(
    boxes: list[int], gap: int, limits: list[int]
) -> None:
    if not fits(boxes, gap, limits):
        with pytest.raises(ValueError, match="do not fit"):
            balance(boxes, gap, limits)
        return
    breaks = balance(boxes, gap, limits)
    assert len(breaks) == min(len(limits), len(boxes))
    assert breaks[-1] == len(boxes)
    assert list(breaks) == sorted(breaks)
    assert min(slacks(boxes, gap, limits, breaks)) >= 0


@given(heights, gaps, st.integers(60, 200), st.integers(1, 12))
def test_no_column_of_full_height_is_empty(
    boxes: list[int], gap: int, height: int, count: int
) -> None:
    limits = [height] * count
    if fits(boxes, gap, limits):
        breaks = balance(boxes, gap, limits)
        assert list(breaks) == sorted(set(breaks))


@given(st.lists(st.integers(1, 60), min_size=1, max_size=8), gaps, st.integers(1, 4))
def test_no_other_breaks_are_more_even(boxes: list[int], gap: int, count: int) -> None:
    count = min(count, len(boxes))
    limits = [lowest(boxes, gap, [600] * count)] * count
    chosen = slacks(boxes, gap, limits, balance(boxes, gap, limits))
    others = (
        slacks(boxes, gap, limits, (*breaks, len(boxes)))
        for breaks in combinations(range(1, len(boxes)), count - 1)
    )
    best = min(sum(s * s for s in some) for some in others if min(some) >= 0)
    assert sum(s * s for s in chosen) == best


@given(heights, gaps, columns)
def test_the_lowest_height_is_the_lowest(boxes: list[int], gap: int, limits: list[int]) -> None:
    if fits(boxes, gap, limits):
        height = lowest(boxes, gap, limits)
        assert fits(boxes, gap, cut(limits, height))
        assert not fits(boxes, gap, cut(limits, height - 1))


@given(st.integers(0, 10_000), st.integers(0, 20), st.integers(0, 60))
def test_spreading_uses_up_the_slack(slack: int, box_gaps: int, part_gaps: int) -> None:
    stretch = spread(slack, box_gaps, part_gaps, most=10_000)
    used = stretch.between_boxes * box_gaps + stretch.between_parts * part_gaps
    shares = 3 * box_gaps + part_gaps
    assert 0 <= slack - used < max(1, shares) or not shares


def test_spreading_does_not_tear_a_box_apart() -> None:
    assert spread(10_000, 1, 2, most=50).between_parts == 50


def test_nothing_needs_no_columns() -> None:
    assert balance((), 1, (10, 10, 10)) == ()
    assert lowest((), 1, (10, 10, 10)) == 0
