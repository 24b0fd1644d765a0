"""A deck read back."""

import pytest

from aml_build.items.derive import derive
from aml_build.render.anki import notes
from aml_build.render.anki.package_reader import packaged_notes
from tests.render.anki.conftest import T0, build
from tests.samples import COURSE, DRAWINGS


def test_a_deck_reads_back() -> None:
    read = packaged_notes(build(COURSE, mtimes={"count/definition": T0 + 5}))
    written = notes(COURSE, derive(COURSE), DRAWINGS)
    assert read.keys() == {note.guid for note in written}
    for note in written:
        found = read[note.guid]
        later = 5 if note.published_id == "count/definition" else 0
        assert (found.mtime, found.fields, found.tags) == (T0 + later, note.fields, note.tags)


DAMAGED = build(COURSE)[:400] + bytes(100) + build(COURSE)[500:]


@pytest.mark.parametrize("data", [b"", b"PK", build(COURSE)[:-30], build(COURSE)[:200], DAMAGED])
def test_a_broken_deck_holds_no_notes(data: bytes) -> None:
    assert packaged_notes(data) == {}
