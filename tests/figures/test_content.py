"""The figures of the course: every one draws, fits, and can be asked for."""

from itertools import combinations

import pytest

from aml_build.diagnostics.source import Span
from aml_build.figures.draw import draw_files, figure_paths
from aml_build.model import Picture
from aml_build.model.drawing import Drawing, LabelBox
from aml_build.parse.course import parse_course
from aml_build.storage.cache import Cache
from tests.paths import CONTENT

PATHS = figure_paths(CONTENT)
WIDEST = 76 / 25.4 * 72
HIGHEST = 70 / 25.4 * 72
LOWEST_LABEL = 2.2 / 25.4 * 72
"""The height of a line of the smallest labels, bp."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def drawings() -> dict[str, Drawing]:
    course = parse_course(CONTENT).course
    assert course is not None
    pictures = {path: Picture(path, "", (), (), Span(path, 0, 1)) for path in PATHS}
    found, mistakes = draw_files(CONTENT, pictures, course.macros, Cache(None))
    assert [str(mistake) for mistake in mistakes] == []
    return found


@pytest.mark.parametrize("path", PATHS)
def test_it_fits_a_phone_and_a_column(drawings: dict[str, Drawing], path: str) -> None:
    assert drawings[path].width <= WIDEST
    assert drawings[path].height <= HIGHEST


@pytest.mark.parametrize("path", PATHS)
def test_its_labels_can_be_hidden_one_by_one(drawings: dict[str, Drawing], path: str) -> None:
    drawing = drawings[path]
    ordinals = [label.ordinal for label in drawing.labels]
    assert len(set(ordinals)) == len(ordinals)
    for label in drawing.labels:
        assert label.left >= 0 and label.top >= 0
        assert label.left + label.width <= 1 and label.top + label.height <= 1
        assert label.height * drawing.height >= LOWEST_LABEL
    for one, other in combinations(drawing.labels, 2):
        assert _shared(one, other) < 0.15, f"{one.id} and {other.id}"


def _shared(one: LabelBox, other: LabelBox) -> float:
    """Return the share of the smaller box that the other covers."""
    right = min(one.left + one.width, other.left + other.width)
    bottom = min(one.top + one.height, other.top + other.height)
    width = max(0.0, right - max(one.left, other.left))
    height = max(0.0, bottom - max(one.top, other.top))
    return width * height / min(one.width * one.height, other.width * other.height)
