"""What a build says of an import."""

import pytest

from aml_build.release.import_summary import ImportSummary, RecordSource, sentences


@pytest.mark.parametrize(
    ("summary", "expected"),
    [
        (
            ImportSummary("", new=1127, source=RecordSource.NONE),
            [
                "an import of this deck: 1,127 new notes",
                "no record of an earlier build: notes imported from one may be updated once more",
            ],
        ),
        (
            ImportSummary("the last build", updated=1),
            ["an import of this deck, compared with the last build: 1 updated note"],
        ),
        (
            ImportSummary("the last build", new=1, updated=2, unchanged=3),
            [
                "an import of this deck, compared with the last build: 1 new, 2 updated, 3 unchanged notes"
            ],
        ),
        (
            ImportSummary(
                "release 1.0", updated=1, unchanged=3, deferred=2, source=RecordSource.DECK
            ),
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
    summary = ImportSummary("", new=1, updated=2, unchanged=3, deferred=1, source=RecordSource.DECK)
    assert summary.again == ImportSummary("the last build", unchanged=6, deferred=1)
