from pathlib import Path

from tests.fixtures import Fixture, fixtures
from tests.mistakes import check_mistakes, found, parsed_fixture


@fixtures(Path(__file__).parent / "fixtures.md")
def test_the_course_as_a_whole_is_checked(fixture: Fixture) -> None:
    parsed, skipped = parsed_fixture(fixture.text)
    check_mistakes(fixture, found(parsed), skipped)
