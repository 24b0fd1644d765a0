"""The page order as a pure function, and read back from imposed sheets."""

from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest
from hypothesis import given, strategies as st

from aml_build.model import Paper
from aml_build.render.booklet.imposition import (
    MM,
    impose,
    page_order,
    signatures,
    usual_signature,
)

PAGES = st.integers(1, 300)
SHEETS = st.none() | st.integers(1, 12)


def numbered(pages: int, width: float = 148 * MM, height: float = 210 * MM) -> bytes:
    """Return a PDF whose pages paint their own number as a grey level, to be found again."""
    pdf = pikepdf.new()
    for number in range(pages):
        pdf.add_blank_page(page_size=(width, height))
        pdf.pages[-1].contents_add(pdf.make_stream(f"/Page{number} MP".encode()))
    out = BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def read_back(imposed: bytes) -> list[dict[str, tuple[float, float, float]]]:
    """Return, for each side, where each drawn page lies: scale, x, y, by the page's mark."""
    sides = []
    with pikepdf.open(BytesIO(imposed)) as pdf:
        for page in pdf.pages:
            found = {}
            place = (1.0, 0.0, 0.0)
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "cm":
                    place = (float(operands[0]), float(operands[4]), float(operands[5]))
                if str(operator) == "Do":
                    form = page.resources.XObject[str(operands[0])]
                    found[form.read_bytes().decode().split()[0]] = place
            sides.append(found)
    return sides


@given(PAGES, SHEETS)
def test_every_page_is_printed_once(pages: int, signature: int | None) -> None:
    sides = page_order(pages, signature)
    places = [page for side in sides for page in (side.left, side.right)]
    assert sorted(page for page in places if page is not None) == list(range(pages))
    assert len(places) == 4 * -(-pages // 4)
    assert places.count(None) < 4


@given(PAGES, SHEETS)
def test_folded_signatures_read_in_order(pages: int, signature: int | None) -> None:
    sides = page_order(pages, signature)
    read: list[int | None] = []
    at = 0
    for size in signatures(len(sides) // 2, signature):
        sheets = [(sides[at + 2 * n], sides[at + 2 * n + 1]) for n in range(size)]
        at += 2 * size
        for front, back in sheets:
            read += [front.right, back.left]
        for front, back in reversed(sheets):
            read += [back.right, front.left]
    assert [page for page in read if page is not None] == list(range(pages))
    assert read[-1] == pages - 1, "the last page is the back cover"


@given(st.integers(1, 75), SHEETS)
def test_neighbours_add_up_to_the_same_sum_within_a_signature(
    sheets: int, signature: int | None
) -> None:
    sides = page_order(4 * sheets, signature)
    at = start = 0
    for size in signatures(sheets, signature):
        sums = {side.left + side.right for side in sides[at : at + 2 * size]}  # type: ignore[operator]
        assert sums == {2 * start + 4 * size - 1}
        at += 2 * size
        start += 4 * size


@given(st.integers(1, 300), st.integers(1, 40))
def test_signatures_are_even(sheets: int, signature: int) -> None:
    sizes = signatures(sheets, signature)
    assert sum(sizes) == sheets
    assert max(sizes) <= signature
    assert max(sizes) - min(sizes) <= 1


@pytest.mark.parametrize(("pages", "signature"), [(0, None), (4, 0), (4, -1)])
def test_nonsense_is_refused(pages: int, signature: int | None) -> None:
    with pytest.raises(ValueError):
        page_order(pages, signature)


def test_page_order_of_a_small_booklet() -> None:
    spoken = [(side.left, side.right) for side in page_order(7)]
    assert spoken == [(6, 0), (1, None), (5, 2), (3, 4)]


@pytest.mark.parametrize("signature", [None, 1, 2])
def test_the_order_is_in_the_pdf(signature: int | None) -> None:
    sides = read_back(impose(numbered(14), signature=signature))
    expected = page_order(14, signature)
    assert len(sides) == len(expected)
    for found, side in zip(sides, expected, strict=True):
        by_x = [name for name, _ in sorted(found.items(), key=lambda entry: entry[1][1])]
        assert by_x == [f"/Page{n}" for n in (side.left, side.right) if n is not None]


@pytest.mark.parametrize(
    ("paper", "size", "page"),
    [
        (Paper.A4, (841.89, 595.28), (148 * MM, 210 * MM)),
        (Paper.LETTER, (792.0, 612.0), (396.0, 612.0)),
    ],
)
def test_sheets_are_true_to_size_and_pages_meet_at_the_fold(
    paper: Paper, size: tuple[float, float], page: tuple[float, float]
) -> None:
    imposed = impose(numbered(8, *page), paper=paper)
    with pikepdf.open(BytesIO(imposed)) as pdf:
        for sheet in pdf.pages:
            box = [float(edge) for edge in sheet.mediabox.as_list()]
            assert box == pytest.approx([0, 0, *size], abs=0.01)
    for found in read_back(imposed):
        left, right = sorted(found.values(), key=lambda place: place[1])
        assert left[0] == right[0] == 1.0
        assert left[1] + page[0] == pytest.approx(size[0] / 2, abs=0.01)
        assert right[1] == pytest.approx(size[0] / 2, abs=0.01)
        assert left[2] == right[2] == pytest.approx((size[1] - page[1]) / 2, abs=0.01)


def test_pages_too_large_for_the_sheet_are_made_smaller() -> None:
    for found in read_back(impose(numbered(4), paper=Paper.LETTER)):
        for scale, x, _ in found.values():
            assert scale == pytest.approx(396 / (148 * MM), abs=1e-4)
            assert -0.01 <= x <= 396.01


def test_creep_draws_inner_sheets_to_the_fold() -> None:
    sides = read_back(impose(numbered(12), creep_mm=0.5))
    half = 297 * MM / 2
    for depth in range(3):
        for found in sides[2 * depth : 2 * depth + 2]:
            left, right = sorted(place[1] for place in found.values())
            assert left + 148 * MM - half == pytest.approx(depth * 0.5 * MM, abs=0.01)
            assert half - right == pytest.approx(depth * 0.5 * MM, abs=0.01)


@pytest.mark.parametrize(("pages", "sheets"), [(1, 1), (48, 12), (49, 7), (160, 8), (276, 8)])
def test_more_sheets_than_fold_well_come_in_signatures(pages: int, sheets: int) -> None:
    sizes = signatures(-(-pages // 4), usual_signature(pages))
    assert max(sizes) == sheets


def marks(imposed: bytes) -> dict[int, list[float]]:
    """Return the bars by the side that they are drawn on: left, bottom, width, height."""
    with pikepdf.open(BytesIO(imposed)) as pdf:
        return {
            number: [float(length) for length in operands]
            for number, page in enumerate(pdf.pages)
            for operands, operator in pikepdf.parse_content_stream(page)
            if str(operator) == "re"
        }


def test_signatures_begin_with_marks_that_make_a_staircase_on_the_fold() -> None:
    found = marks(impose(numbered(160)))
    assert list(found) == [0, 16, 32, 48, 64]
    assert all(
        left + width / 2 == pytest.approx(297 * MM / 2) for left, _, width, _ in found.values()
    )
    tops = [bottom + height for _, bottom, _, height in found.values()]
    steps = [upper - lower for upper, lower in pairwise(tops)]
    assert min(steps) > 6 * MM
    assert max(steps) == pytest.approx(min(steps), abs=0.01)


def test_many_signatures_keep_their_marks_on_the_sheet() -> None:
    for _, bottom, _, height in marks(impose(numbered(400), signature=1)).values():
        assert 10 * MM < bottom < bottom + height < 200 * MM


def test_what_folds_at_once_needs_no_marks() -> None:
    assert marks(impose(numbered(48))) == {}


def test_same_input_same_bytes() -> None:
    assert impose(numbered(9)) == impose(numbered(9))


def test_the_print_dialogue_is_asked_for_duplex_at_full_size() -> None:
    with pikepdf.open(BytesIO(impose(numbered(4)))) as pdf:
        wishes = pdf.Root.ViewerPreferences
        assert wishes.Duplex == "/DuplexFlipShortEdge"
        assert wishes.PrintScaling == "/None"
