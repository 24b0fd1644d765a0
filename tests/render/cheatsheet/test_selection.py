"""What is dropped where not everything fits, in which order, and what the report names first."""

import pytest

from aml_build.diagnostics.source import Span
from aml_build.model import SheetOptions
from aml_build.render.cheatsheet.content.box import Box, Part, Rank
from aml_build.render.cheatsheet.layout.candidates import Candidates
from aml_build.render.cheatsheet.layout.paper import SP, page
from aml_build.render.cheatsheet.layout.selection import Selection, pieces, price, select
from aml_build.render.cheatsheet.layout.sizes import SizeGrid

PAGE = page(SheetOptions(pages=1, columns=1))
FULL = PAGE.column_height // SP
"""Height of the only column, pt."""
BAND = Part("band", "", Rank.CORE, "1:band")


def box(id_: str, priority: int, **parts: Rank) -> Box:
    made = tuple(Part(name, "", rank, f"{id_}/{name}") for name, rank in parts.items())
    title = Part("title", "", Rank.CORE, f"{id_}/title")
    return Box(id_, "Formula", 1, priority, id_, (), title, made, Span("a.md", 1, 1))


def candidates(boxes: tuple[Box, ...], heights: dict[str, int]) -> Candidates:
    """Return boxes with parts of so many pt; parts that are not named are 1 pt high."""
    slots = ["1:band", *(part.slot for box in boxes for part in (box.title, *box.parts))]
    table = {slot: heights.get(slot, 1) * SP for slot in slots}
    return Candidates(boxes, {1: BAND}, PAGE, SizeGrid(5.0, 5.0), lambda _: table)


def names(found: Selection) -> list[str]:
    return [f"{piece.box.id} {piece.part}".strip() for piece in found.left_out]


def test_nothing_is_left_out_where_all_fits() -> None:
    found = select(candidates((box("a", 1, legend=Rank.EXTRA),), {}))
    assert found.left_out == ()
    assert found.shown == {"1:band", "a/title", "a/legend"}


def test_left_out_names_the_most_important_first_and_of_equals_the_highest() -> None:
    boxes = (
        box("main", 2, definition=Rank.CORE),
        box("low", 3, legend=Rank.EXTRA),
        box("lower", 3, cloze=Rank.EXTRA),
        box("middle", 2, legend=Rank.EXTRA),
        box("higher", 2, legend=Rank.EXTRA),
    )
    heights = {
        "main/definition": FULL - 40,
        "low/legend": 60,
        "lower/cloze": 90,
        "middle/legend": 70,
        "higher/legend": 80,
    }
    found = select(candidates(boxes, heights))
    assert names(found) == ["higher legend", "middle legend", "lower cloze", "low legend"]
    assert [piece.round for piece in found.left_out] == [2, 2, 0, 0]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # Priority counts before height, rank before priority within what is secondary.
        (("a", 3, Rank.EXTRA), ("b", 2, Rank.EXTRA)),
        (("a", 3, Rank.EXTRA), ("b", 3, Rank.FIGURE)),
        (("a", 2, Rank.EXTRA), ("b", 3, Rank.MAIN)),
        (("a", 1, Rank.EXTRA), ("b", 2, Rank.MAIN)),
        (("a", 1, Rank.FIGURE), ("b", 1, Rank.MAIN)),
    ],
)
def test_the_less_important_is_dropped_first(
    first: tuple[str, int, Rank], second: tuple[str, int, Rank]
) -> None:
    boxes = tuple(box(id_, priority, part=rank) for id_, priority, rank in (second, first))
    heights = {"a/part": FULL // 2, "b/part": FULL // 2 + 1}
    assert names(select(candidates(boxes, heights))) == ["a part"]


def test_a_smaller_part_returns_where_a_higher_one_has_freed_enough() -> None:
    boxes = (
        box("a", 2, definition=Rank.CORE, legend=Rank.EXTRA),
        box("b", 3, legend=Rank.EXTRA),
    )
    heights = {"a/definition": FULL - 80, "a/legend": 100, "b/legend": 20}
    assert names(select(candidates(boxes, heights))) == ["a legend"]


def test_a_part_of_a_box_that_is_dropped_does_not_return() -> None:
    boxes = (
        box("a", 1, definition=Rank.CORE),
        box("b", 3, definition=Rank.CORE, legend=Rank.EXTRA),
    )
    heights = {"a/definition": FULL - 40, "b/definition": 60}
    assert names(select(candidates(boxes, heights))) == ["b", "b legend"]


def test_the_price_of_a_piece_is_the_least_important_that_frees_enough() -> None:
    boxes = tuple(box(id_, 2, legend=Rank.EXTRA) for id_ in "abc")
    sheet = candidates(boxes, {"a/legend": 50, "b/legend": 30, "c/legend": 60})
    everything = pieces(sheet)
    wanted = next(p for p in everything if p.box.id == "a" and p.part)
    given = price(wanted, everything, sheet.everything() - wanted.slots)
    assert [(piece.box.id, piece.part) for piece in given] == [("c", "legend")]
