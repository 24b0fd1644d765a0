from pathlib import Path

from tests.fixtures import Fixture, check_fixture, fixtures
from tests.mistakes import found, parsed_fixture
from tests.parse.outline import lesson_outline


@fixtures(*sorted((Path(__file__).parent / "readings").glob("*.md")))
def test_text_is_read_as_its_author_means_it(fixture: Fixture) -> None:
    parsed, _ = parsed_fixture(fixture.text)
    assert not found(parsed)
    assert parsed.course is not None
    check_fixture(fixture, "".join(map(lesson_outline, parsed.course.lessons)))
