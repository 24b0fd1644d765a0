from collections.abc import Callable
from pathlib import Path

import pytest

from aml_build.commands.import_notes import ImportResult, begin

FIXTURES = Path(__file__).parent / "fixtures"
"""Notes in our own words that have every damage and dialect we know."""


@pytest.fixture
def imported(tmp_path: Path) -> Callable[..., ImportResult]:
    """Import texts, each a file, into a fresh folder."""

    def run(*texts: str, dialect: str = "", name: str = "course") -> ImportResult:
        paths = []
        for number, text in enumerate(texts, 1):
            path = tmp_path / f"{name}-{number}.txt"
            path.write_text(text, encoding="utf-8")
            paths.append(path)
        return begin(paths, tmp_path / name, dialect)

    return run
