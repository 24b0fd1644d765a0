"""A later version of notes, merged into a course that somebody has worked on."""

from collections.abc import Callable
from pathlib import Path

from aml_build.commands.import_notes import ImportResult, update
from aml_build.parse.course import parse_course

_BEFORE = """Lesson 1

1. **Basalt** : A dark rock from lava.
2. **Pumice** : A rock that floats.
3. **Chert** : A hard rock.

Lesson 2

1. **Fault** : A crack that moves.
"""
_AFTER = """Lesson 1

1. **Basalt** : A dark rock from lava that flowed.
2. **Obsidian** : Glass from lava.
3. **Pumice** : A rock that floats on water.

Lesson 2

1. **Fault** : A crack that moves.

Lesson 3

1. **Fold** : A layer that was bent.
"""


def _merge(folder: Path, text: str) -> ImportResult:
    notes = folder.parent / "later.txt"
    notes.write_text(text, encoding="utf-8")
    return update([notes], folder)


def _ids(folder: Path) -> list[str]:
    parsed = parse_course(folder)
    assert [d for d in parsed.diagnostics if d.severity == "error"] == []
    assert parsed.course is not None
    return [c.id for lesson in parsed.course.lessons for c in lesson.concepts]


def test_new_concepts_come_in_unedited_ones_follow_edited_and_vanished_ones_stay(
    imported: Callable[..., ImportResult], tmp_path: Path
) -> None:
    imported(_BEFORE)
    folder = tmp_path / "course"
    first = next(folder.glob("01-*.md"))
    mine = first.read_text(encoding="utf-8").replace("A rock that floats.", "Mine: it floats!")
    first.write_text(mine, encoding="utf-8")

    done = _merge(folder, _AFTER)

    assert done.report is not None
    merge = done.report.merge
    assert merge is not None
    assert merge.added == ("obsidian", "fold")
    assert merge.refreshed == ("basalt",)
    assert merge.vanished == ("chert",)
    assert [both.id for both in merge.kept] == ["pumice"]
    assert "Mine: it floats!" in merge.kept[0].yours
    assert "floats on water" in merge.kept[0].notes
    text = first.read_text(encoding="utf-8")
    assert "that flowed" in text
    assert "Mine: it floats!" in text
    assert "floats on water" not in text
    assert _ids(folder) == ["basalt", "obsidian", "pumice", "chert", "fault", "fold"]
    report = (folder / "import-report.md").read_text(encoding="utf-8")
    assert "floats on water" in report


def test_an_update_does_not_read_the_changelog(
    imported: Callable[..., ImportResult], tmp_path: Path
) -> None:
    imported(_BEFORE)
    folder = tmp_path / "course"
    changelog = folder / "CHANGELOG.md"
    changelog.write_text("## Pumice {#pumice}\n\nNew in this release.\n", encoding="utf-8")
    before = changelog.read_bytes()
    done = _merge(folder, _AFTER)
    assert done.report is not None
    assert done.report.merge is not None
    assert "pumice" in done.report.merge.refreshed
    assert changelog.read_bytes() == before


def test_the_same_notes_change_nothing(
    imported: Callable[..., ImportResult], tmp_path: Path
) -> None:
    imported(_BEFORE)
    folder = tmp_path / "course"
    before = {p: p.read_bytes() for p in folder.glob("*") if p.name != "import-report.md"}
    done = _merge(folder, _BEFORE)
    assert done.report is not None
    assert done.report.merge is not None
    assert done.report.merge.unchanged == 4
    assert {p: p.read_bytes() for p in before} == before


def test_what_a_person_took_out_or_renamed_stays_so(
    imported: Callable[..., ImportResult], tmp_path: Path
) -> None:
    imported(_BEFORE)
    folder = tmp_path / "course"
    first = next(folder.glob("01-*.md"))
    text = first.read_text(encoding="utf-8").replace("{#basalt}", "{#black-rock was=basalt}")
    first.write_text(text[: text.index("## Chert")], encoding="utf-8")

    done = _merge(folder, _BEFORE)

    assert done.report is not None
    assert done.report.merge is not None
    assert done.report.merge.removed_by_you == ("chert",)
    assert done.report.merge.added == ()
    assert _ids(folder) == ["black-rock", "pumice", "fault"]


def test_a_second_update_compares_with_the_first(
    imported: Callable[..., ImportResult], tmp_path: Path
) -> None:
    imported(_BEFORE)
    folder = tmp_path / "course"
    _merge(folder, _AFTER)
    done = _merge(folder, _AFTER.replace("Glass from lava", "Dark glass from lava"))
    assert done.report is not None
    assert done.report.merge is not None
    assert done.report.merge.refreshed == ("obsidian",)
    assert done.report.merge.vanished == ("chert",)


def test_ids_do_not_depend_on_what_stands_around(
    imported: Callable[..., ImportResult], tmp_path: Path
) -> None:
    imported(_BEFORE, name="a")
    imported(_AFTER, name="b")
    a, b = _ids(tmp_path / "a"), _ids(tmp_path / "b")
    assert set(a) - set(b) == {"chert"}
    assert set(b) - set(a) == {"obsidian", "fold"}


def test_a_folder_that_no_import_made_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "course"
    folder.mkdir()
    done = _merge(folder, _BEFORE)
    assert "import.lock" in done.usage
    assert not any(folder.iterdir())


def test_a_broken_record_is_refused(imported: Callable[..., ImportResult], tmp_path: Path) -> None:
    imported(_BEFORE)
    folder = tmp_path / "course"
    (folder / "import.lock").write_text("{", encoding="utf-8")
    assert "import.lock" in _merge(folder, _AFTER).usage
