from pathlib import Path

import pytest

from tests.mistakes import fixtures, found, parsed_fixture
from tests.parse.outline import lesson_outline

FIXTURES = fixtures(*sorted((Path(__file__).parent / "readings").glob("*.md")))


@pytest.mark.parametrize(
    ("text", "expected"), [f[1:] for f in FIXTURES], ids=[f[0] for f in FIXTURES]
)
def test_what_an_author_writes_is_read_as_meant(text: str, expected: str) -> None:
    parsed, _ = parsed_fixture(text)
    assert not found(parsed)
    assert parsed.course is not None
    outlined = "".join(map(lesson_outline, parsed.course.lessons))
    assert [line.rstrip() for line in outlined.splitlines()] == [
        line.rstrip() for line in expected.splitlines()
    ]
