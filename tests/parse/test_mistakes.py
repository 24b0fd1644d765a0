from pathlib import Path

import pytest

from tests.mistakes import agree, fixtures, found, parsed_fixture

FIXTURES = fixtures(*sorted((Path(__file__).parent / "fixtures").glob("*.md")))


@pytest.mark.parametrize(
    ("text", "expected"), [f[1:] for f in FIXTURES], ids=[f[0] for f in FIXTURES]
)
def test_every_mistake_is_said_where_it_stands(text: str, expected: str) -> None:
    parsed, skipped = parsed_fixture(text)
    agree(found(parsed), skipped, expected)
