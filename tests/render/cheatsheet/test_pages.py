"""How many pages a sheet takes: as many as are needed, at most those that it may have."""

from functools import cache

import msgspec
import pytest

from aml_build.model import SheetOptions
from aml_build.render.cheatsheet import SheetResult, sheet
from aml_build.storage.cache import Cache
from tests.render.cheatsheet.courses import course
from tests.render.cheatsheet.test_sheet import EDITION

OPTIONS = SheetOptions(columns=4, max_size=8.0)


@cache
def printed(count: int, pages: int) -> SheetResult:
    options = msgspec.structs.replace(OPTIONS, pages=pages)
    return sheet(course(count), {}, EDITION, Cache(None), options=options)


def pages(result: SheetResult) -> int:
    return int(result.report.summary.split(" page")[0])


def test_one_concept_takes_one_page() -> None:
    assert printed(1, 3).report.summary == "1 page, 1 box, 8.00 pt"
    assert len(printed(1, 3).plan.columns) == 1


@pytest.mark.parametrize("count", [2, 5, 12, 30, 50])
def test_one_page_less_would_have_visibly_smaller_type(count: int) -> None:
    result = printed(count, 3)
    taken = pages(result)
    assert result.report.left_out == ()
    # Every page has a box.
    assert len([c for c in result.plan.columns if c.end > c.start]) > 4 * (taken - 1)
    if taken > 1:
        less = printed(count, taken - 1)
        assert less.report.left_out or less.plan.size < result.plan.size / 1.1
    assert result.plan.size > 0.85 * OPTIONS.max_size or taken == 3


def test_a_course_that_does_not_fit_takes_all_pages() -> None:
    options = SheetOptions(pages=2, columns=4, min_size=9.0, max_size=9.0)
    result = sheet(course(80), {}, EDITION, Cache(None), options=options)
    assert result.report.left_out
    assert pages(result) == 2
