"""Packing, as properties: order kept, nothing too high, as even as can be."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aml_build.render.cheatsheet.pack import balance, fill, fits, lowest, slacks, spread

heights = st.lists(st.integers(1, 60), min_size=1, max_size=30)
gaps = st.integers(0, 5)


@given(heights, gaps, st.integers(60, 200))
def test_filling_keeps_the_order_and_every_column_within_the_height(
    boxes: list[int], gap: int, height: int
) -> None:
    breaks = fill(boxes, gap, height)
    assert breaks[-1] == len(boxes)
    assert list(breaks) == sorted(set(breaks))
    assert min(slacks(boxes, gap, height, breaks)) >= 0


@given(heights, gaps, st.integers(60, 200), st.integers(1, 12))
def test_balancing_fits_exactly_when_filling_does(
    boxes: list[int], gap: int, height: int, columns: int
) -> None:
    if not fits(boxes, gap, height, columns):
        with pytest.raises(ValueError, match="do not fit"):
            balance(boxes, gap, height, columns)
        return
    breaks = balance(boxes, gap, height, columns)
    assert len(breaks) == min(columns, len(boxes))
    assert breaks[-1] == len(boxes)
    assert list(breaks) == sorted(set(breaks))
    assert min(slacks(boxes, gap, height, breaks)) >= 0


@given(st.lists(st.integers(1, 60), min_size=1, max_size=8), gaps, st.integers(1, 4))
def test_no_other_breaks_are_more_even(boxes: list[int], gap: int, columns: int) -> None:
    columns = min(columns, len(boxes))
    height = lowest(boxes, gap, columns)
    chosen = slacks(boxes, gap, height, balance(boxes, gap, height, columns))
    others = (
        slacks(boxes, gap, height, (*cut, len(boxes)))
        for cut in combinations(range(1, len(boxes)), columns - 1)
    )
    best = min(sum(s * s for s in some) for some in others if min(some) >= 0)
    assert sum(s * s for s in chosen) == best


@given(heights, gaps, st.integers(1, 12))
def test_the_lowest_height_is_the_lowest(boxes: list[int], gap: int, columns: int) -> None:
    height = lowest(boxes, gap, columns)
    assert fits(boxes, gap, height, columns)
    assert height == 0 or not fits(boxes, gap, height - 1, columns)


@given(st.integers(0, 10_000), st.integers(0, 20), st.integers(0, 60))
def test_spreading_uses_up_the_slack(slack: int, box_gaps: int, part_gaps: int) -> None:
    stretch = spread(slack, box_gaps, part_gaps, most=10_000)
    used = stretch.between_boxes * box_gaps + stretch.between_parts * part_gaps
    shares = 3 * box_gaps + part_gaps
    assert 0 <= slack - used < max(1, shares) or not shares


def test_spreading_does_not_tear_a_box_apart() -> None:
    assert spread(10_000, 1, 2, most=50).between_parts == 50


def test_nothing_needs_no_columns() -> None:
    assert balance((), 1, 10, 3) == ()
    assert lowest((), 1, 3) == 0
