from pathlib import Path

import pytest

from tests.mistakes import agree, fixtures, found, parsed_fixture

FIXTURES = fixtures(Path(__file__).parent / "fixtures.md")


@pytest.mark.parametrize(
    ("text", "expected"), [f[1:] for f in FIXTURES], ids=[f[0] for f in FIXTURES]
)
def test_the_course_as_a_whole_is_checked(text: str, expected: str) -> None:
    parsed, skipped = parsed_fixture(text)
    agree(found(parsed), skipped, expected)
