from pathlib import Path

from tests.fixtures import Fixture, fixtures
from tests.mistakes import check_mistakes, found, parsed_fixture


@fixtures(*sorted((Path(__file__).parent / "fixtures").glob("*.md")))
def test_every_mistake_is_reported_at_its_place(fixture: Fixture) -> None:
    parsed, skipped = parsed_fixture(fixture.text)
    check_mistakes(fixture, found(parsed), skipped)
