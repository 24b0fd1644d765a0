"""Imported courses, built and taken by the real Anki."""

from pathlib import Path

import pytest

from aml_build.commands.import_notes import begin
from tests.importer.real_anki import blank_cards, build

FIXTURES = Path(__file__).parent / "fixtures"


@pytest.mark.slow
@pytest.mark.parametrize("notes", sorted(FIXTURES.glob("*.in.*")), ids=lambda path: path.name)
def test_every_dialect_builds_and_has_no_blank_card(notes: Path, tmp_path: Path) -> None:
    begin([notes], tmp_path / "course")
    outcome = build(tmp_path / "course", tmp_path / "out")
    assert [str(d) for d in outcome.diagnostics if d.severity == "error"] == []
    blank, cards = blank_cards(next((tmp_path / "out").glob("*.apkg")), tmp_path)
    assert blank == 0
    assert cards > 2
