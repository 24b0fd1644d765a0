"""The size of a sheet against a search over all sizes, each measured by TeX and packed exactly."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from math import log

import msgspec
import pytest

from aml_build.engines import pdflatex as tex
from aml_build.model import Course, SheetOptions
from aml_build.model.drawing import Drawing
from aml_build.parse.course import parse_course
from aml_build.render.cheatsheet import SheetResult, sheet
from aml_build.render.cheatsheet.content.box import Box, Part, Rank
from aml_build.render.cheatsheet.content.boxes import bands, boxes
from aml_build.render.cheatsheet.layout.heights import Heights
from aml_build.render.cheatsheet.layout.paper import page
from aml_build.render.cheatsheet.layout.sizes import spacing
from aml_build.render.cheatsheet.typeset.sheet_document import SheetDocument, measuring, styles
from aml_build.storage.cache import Cache
from tests.drawing import draw
from tests.paths import CONTENT
from tests.render.cheatsheet.courses import course
from tests.render.cheatsheet.test_sheet import EDITION

OPTIONS = SheetOptions()
STEP = 1.005
STEPS = int(log(OPTIONS.max_size / OPTIONS.min_size) / log(STEP))
SIZES = [round(OPTIONS.max_size / STEP**step, 3) for step in range(STEPS + 1)] + [OPTIONS.min_size]
"""Half a hundredth apart, from the largest down: not the sizes that the planner tries."""
AT_ONCE = 12
"""Sizes a run: TeX holds only so many fonts."""

Drawings = Mapping[str, Drawing]
Measured = dict[tuple[str, float], int]
"""By slot and size in pt: sp."""


class Sheet(msgspec.Struct, frozen=True):
    """What the search takes as given: the boxes that are to be shown, and their parts."""

    drawings: Drawings
    boxes: tuple[tuple[Box, tuple[Part, ...]], ...]
    """Each with those of its parts that were chosen."""
    openers: dict[str, Part]
    """The bands by the box that they stand over."""

    def parts(self) -> list[Part]:
        """Return everything that is shown."""
        boxes = [part for box, parts in self.boxes for part in (box.title, *parts)]
        return [*self.openers.values(), *boxes]


def chosen(made: Course, drawings: Drawings, result: SheetResult) -> Sheet:
    """Return what was to be shown: all but fillers and what the report names as left out."""
    gone = {name for name, _ in result.report.left_out}
    kept = tuple(
        (
            box,
            tuple(
                part
                for part in box.parts
                if part.rank is not Rank.FILLER and f"{box.id} {part.name}" not in gone
            ),
        )
        for box in boxes(made, drawings)
        if box.id not in gone
    )
    first = {box.lesson: box.id for box, _ in reversed(kept)}
    over = {first[lesson]: band for lesson, band in bands(made).items() if lesson in first}
    return Sheet(drawings, kept, over)


def measured(shown: Sheet, sizes: list[float]) -> Measured:
    """Return the heights of everything on the sheet at some sizes, as TeX sets it."""
    heights = Heights("", page(OPTIONS))
    heights.add(shown.parts())
    wanted = [(slot, size) for slot in heights.parts for size in sizes]
    commands, order = measuring(wanted, heights, "heights.txt")
    document = SheetDocument(page(OPTIONS), grey=False)
    document.extend(commands)
    inputs = styles() | dict(drawing.print_file for drawing in shown.drawings.values())
    result = tex.run(document.latex(), inputs=inputs, collect=("heights.txt",), timeout=600)
    found: Measured = {}
    for line in result.files["heights.txt"].decode().splitlines():
        number, size, height = line.split()
        found[order[int(number)], float(size)] = int(height)
    return found


def fits(shown: Sheet, heights: Measured, size: float) -> bool:
    """Return whether the boxes go into the columns at a size."""
    space, total = spacing(size), []
    for box, parts in shown.boxes:
        height = heights[box.title.slot, size]
        if parts:
            height += space.above_body + space.below_body + (len(parts) - 1) * space.between_parts
            height += sum(heights[part.slot, size] for part in parts)
        if band := shown.openers.get(box.id):
            height += heights[band.slot, size] + space.after_band
        total.append(height)
    paper = page(OPTIONS)
    return (
        columns_needed(total, space.between_boxes, paper.column_height)
        <= paper.pages * paper.columns
    )


def columns_needed(heights: list[int], gap: int, full: int) -> int:
    """Return the least number of columns that hold the boxes in their order, none broken."""
    never = len(heights) + 1
    needed = [0] + [never] * len(heights)
    for end in range(1, len(heights) + 1):
        used = -gap
        for start in range(end - 1, -1, -1):
            used += gap + heights[start]
            if used > full:
                break
            needed[end] = min(needed[end], needed[start] + 1)
    return needed[-1]


def best(shown: Sheet) -> float:
    """Return the largest of all sizes at which the boxes fit, pt."""
    with ThreadPoolExecutor(2) as pool:
        for start in range(0, len(SIZES), 2 * AT_ONCE):
            trying = SIZES[start : start + 2 * AT_ONCE]
            halves = pool.map(partial(measured, shown), (trying[:AT_ONCE], trying[AT_ONCE:]))
            heights = {key: height for half in halves for key, height in half.items()}
            for size in trying:
                if fits(shown, heights, size):
                    return size
    raise AssertionError("what was chosen does not fit at the smallest size")


def check(made: Course, drawings: Drawings) -> None:
    result = sheet(made, drawings, EDITION, Cache(None), options=OPTIONS)
    shown = chosen(made, drawings, result)
    assert len(shown.boxes) == sum(cost.shown for cost in result.report.costs)
    assert result.plan.size >= best(shown) / 1.01


@pytest.mark.slow
@pytest.mark.parametrize("count", [40, 80, 120, 200, 400])
def test_no_size_is_better_by_more_than_a_hundredth(count: int) -> None:
    check(course(count), {})


@pytest.mark.slow
def test_no_size_is_better_for_the_real_notes() -> None:
    parsed = parse_course(CONTENT)
    assert parsed.course is not None
    drawings, _ = draw(CONTENT, parsed.course, Cache(None))
    check(parsed.course, drawings)
