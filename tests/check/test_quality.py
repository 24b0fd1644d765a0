from pathlib import Path

from aml_build.check.quality import check_quality
from aml_build.diagnostics.diagnostic import in_order
from aml_build.pipeline.lesson_summary import summarise
from aml_build.storage.cache import Cache
from tests.fixtures import Fixture, fixtures
from tests.mistakes import check_mistakes, found, parsed_fixture


@fixtures(Path(__file__).parent / "quality.md")
def test_cards_that_are_not_worth_studying(fixture: Fixture) -> None:
    parsed, skipped = parsed_fixture(fixture.text)
    assert not [d for d in found(parsed) if d.code != "misplaced-cloze"]
    assert parsed.course is not None
    summaries = summarise(parsed.course.lessons, Cache(None))
    check_mistakes(fixture, in_order(check_quality(s.quality for s in summaries)), skipped)
