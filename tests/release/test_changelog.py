"""The changelog, before and after a release."""

import pytest

from aml_build.release.changelog import add_release, for_students, section

NOTES = "- New (3 notes): orbit\n"
FULL = """\
# Changelog

What changed.

## Unreleased

- A new lesson.

## 1.0.0 (2026-01-01)

- The first.
"""
AFTER = """\
# Changelog

What changed.

## Unreleased

## 1.1.0 (2026-02-02)

- A new lesson.

Importing this deck:

- New (3 notes): orbit

## 1.0.0 (2026-01-01)

- The first.
"""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (FULL, AFTER),
        (
            "",
            "# Changelog\n\n## Unreleased\n\n## 1.1.0 (2026-02-02)\n\n"
            "Importing this deck:\n\n- New (3 notes): orbit\n",
        ),
        (
            "# Changes\n\n## [1.0.0] - 2026\n\n- First.\n",
            "# Changes\n\n## Unreleased\n\n## 1.1.0 (2026-02-02)\n\nImporting this deck:\n\n"
            "- New (3 notes): orbit\n\n## [1.0.0] - 2026\n\n- First.\n",
        ),
        (AFTER, AFTER),  # released already, or interrupted: nothing is said twice
    ],
)
def test_what_is_unreleased_becomes_the_version(before: str, after: str) -> None:
    assert add_release(before, "1.1.0", "2026-02-02", NOTES) == after


def test_a_second_release_keeps_the_first() -> None:
    text = add_release(AFTER, "1.2.0", "2026-03-03", "- Nothing.\n")
    assert section(text, "1.1.0") == section(AFTER, "1.1.0")
    assert section(text, "1.2.0") == "Importing this deck:\n\n- Nothing.\n"


@pytest.mark.parametrize(
    ("version", "said"),
    [("1.0.0", "- The first.\n"), ("1.0", ""), ("1.1.0", ""), ("Unreleased", "- A new lesson.\n")],
)
def test_a_section_is_found_by_its_whole_version(version: str, said: str) -> None:
    assert section(FULL, version) == said


MIXED = """\
# Changelog

## Unreleased

### Contributors

- The linter is stricter.

### Students

- A new lesson.
"""


def test_what_is_for_students_comes_first_and_is_all_that_the_release_notes_have() -> None:
    text = section(add_release(MIXED, "1.1.0", "2026-02-02", NOTES), "1.1.0")
    assert text == (
        "### Students\n\n- A new lesson.\n\nImporting this deck:\n\n- New (3 notes): orbit\n\n"
        "### Contributors\n\n- The linter is stricter.\n"
    )
    assert for_students(text) == text.partition("\n### Contributors")[0]


@pytest.mark.parametrize(
    ("part", "notes"),
    [
        ("", ""),
        ("- One.\n", "- One.\n"),
        ("- One.\n\n### New lessons\n\n- Two.\n", "- One.\n\n### New lessons\n\n- Two.\n"),
        ("### Maintainers\n\n- One.\n\n### Corrections\n\n- Two.\n", "### Corrections\n\n- Two.\n"),
        ("### developers\n\n- One.\n", ""),
    ],
)
def test_parts_for_contributors_are_left_out(part: str, notes: str) -> None:
    assert for_students(part) == notes
