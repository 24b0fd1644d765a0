"""What a build says of an import."""

import pytest

from aml_build.release.import_summary import ImportSummary, sentences


@pytest.mark.parametrize(
    ("summary", "expected"),
    [
        (
            ImportSummary("", new=1127),
            [
                "an import of this deck: 1,127 new notes",
                "no earlier build is known here: notes that were imported from one are updated once more",
            ],
        ),
        (
            ImportSummary("the last build", new=1, updated=2, unchanged=3),
            [
                "an import of this deck, compared with the last build: 1 new, 2 updated, 3 unchanged notes"
            ],
        ),
        (
            ImportSummary("release 1.0", updated=1, unchanged=3, deferred=2, recovered=True),
            [
                "an import of this deck, compared with release 1.0: 1 updated, 3 unchanged notes",
                "2 unchanged notes show other titles, numbers or lesson names; these arrive with the next "
                "change to the note's own text",
                "the build record was missing: the times are those of the last deck",
            ],
        ),
    ],
)
def test_sentences(summary: ImportSummary, expected: list[str]) -> None:
    assert list(sentences(summary)) == expected


def test_a_second_build_changes_nothing() -> None:
    summary = ImportSummary("", new=1, updated=2, unchanged=3, deferred=1, recovered=True)
    assert summary.again == ImportSummary("the last build", unchanged=6, deferred=1)
