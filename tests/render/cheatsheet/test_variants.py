"""Lessons, large print and formulas: full columns, flush feet, a finder."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from aml_build.model import Course, SheetOptions
from aml_build.model.drawing import Drawing
from aml_build.parse.course import parse_course
from aml_build.render.cheatsheet import (
    FORMULAS,
    LARGE,
    NothingToShowError,
    SheetResult,
    Variant,
    one_lesson,
    sheet,
)
from aml_build.render.cheatsheet.layout.paper import SP, page
from aml_build.storage.cache import Cache
from tests.drawing import draw
from tests.paths import CONTENT
from tests.render.cheatsheet.courses import course
from tests.render.cheatsheet.test_sheet import EDITION, check_pdf, feet

OPTIONS = SheetOptions()


def check(result: SheetResult, variant: Variant, folder: Path) -> None:
    """Fail unless the sheet is full or its type the largest, and all columns of a page end together."""
    plan, largest = result.plan, variant.options(OPTIONS).max_size
    assert result.diagnostics == ()
    assert result.pdf is not None
    assert result.runs <= 3
    assert result.report.left_out == ()
    assert plan.fill >= 0.95 or plan.size == largest
    count = int(result.report.summary.split()[0])
    check_pdf(result, count)
    columns = int(result.report.text.split(" columns")[0].split()[-1])
    paper = page(OPTIONS)
    for number in range(1, count + 1):
        heights = [column.height for column in plan.columns]
        own = heights[(number - 1) * columns : number * columns]
        if len(own) < columns or not min(own):
            continue
        assert len(set(own)) == 1
        top = paper.margin + paper.header + (3.8 if "\\amllabel{" in result.tex else 0)
        foot = (top + own[0] / SP) * 72 / 72.27
        ends = feet(result.pdf, number, columns, folder, foot + 1.5)
        assert max(ends) - min(ends) <= 1.0
        assert max(ends) == pytest.approx(foot, abs=1.2)


@pytest.mark.parametrize("count", [3, 7, 12])
def test_the_sheet_of_a_lesson_is_full_and_flush(count: int, tmp_path: Path) -> None:
    variant = one_lesson(1)
    check(sheet(course(count), {}, EDITION, Cache(None), variant), variant, tmp_path)


def test_large_print_is_full_and_flush(tmp_path: Path) -> None:
    check(sheet(course(40), {}, EDITION, Cache(None), LARGE), LARGE, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("variant", [LARGE, FORMULAS], ids=lambda variant: variant.name)
@pytest.mark.parametrize("count", [80, 120, 200, 400])
def test_variants_of_large_courses_are_full_and_flush(
    variant: Variant, count: int, tmp_path: Path
) -> None:
    check(sheet(course(count), {}, EDITION, Cache(None), variant), variant, tmp_path)


@cache
def notes() -> tuple[Course, Mapping[str, Drawing]]:
    parsed = parse_course(CONTENT)
    assert parsed.course is not None
    drawings, _ = draw(CONTENT, parsed.course, Cache(None))
    return parsed.course, drawings


@pytest.mark.slow
@pytest.mark.parametrize(
    "variant",
    [LARGE, FORMULAS, *map(one_lesson, range(1, 18))],
    ids=lambda variant: variant.name,
)
def test_variants_of_the_real_notes_are_full_and_flush_and_have_a_finder(
    variant: Variant, tmp_path: Path
) -> None:
    made, drawings = notes()
    try:
        result = sheet(made, drawings, EDITION, Cache(None), variant)
    except NothingToShowError:
        pytest.skip("no such lesson")
    check(result, variant, tmp_path)
    assert "The finder of terms is" in result.report.text
