from pathlib import Path

import pytest
from msgspec.structs import replace

from aml_build.items.derive import derive
from aml_build.stats.count_tables import as_text
from aml_build.stats.counts import Box, stats
from tests.fixtures import check_file
from tests.samples import COURSE

BOXES = (
    Box("empire", 10, 41.25, False),
    Box("republic", 2, 33.0, True),
    Box("census-growth", 1, 20.5, True),
    Box("census", 1, 4.0, True),
)


@pytest.mark.parametrize("all_boxes", [False, True], ids=["dearest", "all"])
def test_tables(all_boxes: bool) -> None:
    counted = replace(stats(COURSE, derive(COURSE), 7), sheet=BOXES)
    expected = Path(__file__).with_name(f"{'all' if all_boxes else 'dearest'}.expected.txt")
    check_file(expected, as_text(counted, all_boxes=all_boxes) + "\n")


def test_a_sheet_that_was_not_measured_has_no_column() -> None:
    counted = replace(stats(COURSE, ()), unmeasured="pdflatex is not installed.")
    shown = as_text(counted)
    assert "sheet, mm" not in shown
    assert shown.endswith("what each box costs is not known. pdflatex is not installed.")
