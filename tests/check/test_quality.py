from pathlib import Path

import pytest

from aml_build.check.quality import check_quality
from aml_build.diagnostics.diagnostic import in_order
from aml_build.pipeline.lesson_summary import summarise
from aml_build.storage.cache import Cache
from tests.mistakes import agree, fixtures, found, parsed_fixture

FIXTURES = fixtures(Path(__file__).parent / "quality.md")


@pytest.mark.parametrize(
    ("text", "expected"), [f[1:] for f in FIXTURES], ids=[f[0] for f in FIXTURES]
)
def test_cards_that_are_not_worth_studying(text: str, expected: str) -> None:
    parsed, skipped = parsed_fixture(text)
    assert not [d for d in found(parsed) if d.code != "misplaced-cloze"]
    assert parsed.course is not None
    agree(
        in_order(check_quality(s.quality for s in summarise(parsed.course.lessons, Cache(None)))),
        skipped,
        expected,
    )
