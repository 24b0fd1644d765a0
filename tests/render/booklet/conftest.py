"""One small course that uses every kind of question, printed in each form once."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import msgspec
import pytest

from aml_build.items.derive import derive
from aml_build.items.item import Item
from aml_build.model import Course
from aml_build.model.drawing import Drawing
from aml_build.model.edition import Edition
from aml_build.parse.course import parse_course
from aml_build.render.booklet import BookletResult, Form, booklet
from aml_build.storage.cache import Cache
from tests.drawing import draw

EDITION = Edition(version="1.2.0", date="2024-03-01", commit="abc1234", epoch=1_709_251_200)


class Kitchen(msgspec.Struct, frozen=True):
    """The course with everything that a booklet is made of."""

    course: Course
    items: tuple[Item, ...]
    drawings: dict[str, Drawing]


@pytest.fixture(scope="session")
def kitchen() -> Kitchen:
    root = Path(__file__).parent / "course"
    parsed = parse_course(root)
    assert parsed.course is not None
    assert not parsed.diagnostics
    drawings, faults = draw(root, parsed.course, Cache(None))
    assert not faults
    return Kitchen(parsed.course, derive(parsed.course), dict(drawings))


@pytest.fixture(scope="session")
def printed(kitchen: Kitchen) -> Callable[[Form], BookletResult]:
    @cache
    def make(form: Form) -> BookletResult:
        return booklet(kitchen.course, kitchen.items, kitchen.drawings, EDITION, form)

    return make
