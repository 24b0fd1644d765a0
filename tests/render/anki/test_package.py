"""The package as a file, and the types that must not drift."""

import io
import json
import sqlite3
import tempfile
import warnings
import zipfile
from pathlib import Path

import pytest
from msgspec.structs import replace

from aml_build.items.derive import derive
from aml_build.items.kinds import ItemKind
from aml_build.model import Key
from aml_build.render.anki import InvalidNoteError, guid, note_types, notes
from aml_build.render.anki.guids import deck_id
from tests.render.anki.conftest import T0, build
from tests.samples import COURSE, DRAWINGS, paragraph

ITEMS = derive(COURSE)


def test_same_course_same_bytes() -> None:
    assert build(COURSE) == build(COURSE)
    backwards = dict(reversed(DRAWINGS.items()))
    assert build(COURSE, drawings=backwards) == build(COURSE)


def test_package_is_compressed_and_shows_no_clock() -> None:
    with zipfile.ZipFile(io.BytesIO(build(COURSE))) as archive:
        infos = archive.infolist()
        media = json.loads(archive.read("media"))
    assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}
    assert {info.compress_type for info in infos} == {zipfile.ZIP_DEFLATED}
    assert sum(i.compress_size for i in infos) < sum(i.file_size for i in infos) / 4
    assert list(media.values()) == ["forum-0f3a9c11d2e4.svg", "roads-77aa01fe3b90.svg"]


def test_no_file_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    build(COURSE)
    assert not list(tmp_path.iterdir())


def test_database_does_not_name_the_sqlite_that_wrote_it(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(build(COURSE))) as archive:
        database = archive.read("collection.anki2")
    assert database[92:100] == bytes(8)
    path = tmp_path / "collection.anki2"
    path.write_bytes(database)
    with sqlite3.connect(path) as connection:
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
    connection.close()


def test_building_warns_of_nothing() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        build(COURSE)


def test_unused_media_stay_out() -> None:
    extra = {**DRAWINGS, "figures/x.tex": replace(DRAWINGS["figures/roads.tex"], name="x-00")}
    assert build(COURSE, drawings=extra) == build(COURSE)


def test_ids_hang_on_nothing_but_names() -> None:
    assert guid("rome", "count/definition") == "NgVsS5aycvwCg5SY"
    assert guid("rome", "a/b") != guid("rom", "ea/b")
    assert deck_id("rome", None) != deck_id("rome", 0) != deck_id("rome", 1)
    assert 1 << 40 <= deck_id("rome", 3) < 1 << 41


def test_note_types_changed_only_with_their_time() -> None:
    assert note_types.digest() == note_types.DIGEST, (
        "the templates, style or fields differ from the published ones: raise MODIFIED in "
        f"note_types.py and set DIGEST to {note_types.digest()!r}"
    )


def test_schema_of_the_note_types_never_changes() -> None:
    # Students' notes would never be updated again. Use a spare field instead of adding one.
    assert note_types.schema() == "e40ff38488a1c864"
    ids = [
        part["id"]
        for kind in note_types.NoteKind
        for part in (*note_types.note_type(kind).fields, *note_types.note_type(kind).templates)
    ]
    assert len(ids) == len(set(ids))


def test_study_order_and_times_go_to_the_cards() -> None:
    with zipfile.ZipFile(io.BytesIO(build(COURSE, mtimes={"empire/why-show": T0 + 5}))) as archive:
        database = archive.read("collection.anki2")
    connection = sqlite3.connect(":memory:")
    connection.deserialize(database)
    rows = connection.execute(
        "select distinct n.flds, n.mod, c.due from notes n join cards c on c.nid = n.id"
    )
    by_due = {due: (flds.split("\x1f"), mod) for flds, mod, due in rows}
    assert sorted(by_due) == list(range(1, len(ITEMS) + 1))
    times = {mod for fields, mod in by_due.values() if "empire/why-show" not in fields}
    assert times == {T0}


@pytest.mark.parametrize(
    ("kind", "changes", "what"),
    [
        (ItemKind.DEFINITION, {"prompt": ()}, "Prompt is empty"),
        (ItemKind.DEFINITION, {"answer": ()}, "Answer is empty"),
        (ItemKind.CLOZE, {"prompt": (paragraph("No gap at all."),)}, "no gap or label"),
        (ItemKind.CLOZE, {"prompt": ()}, "Text is empty"),
        (ItemKind.DEFINITION, {"answer": (paragraph("a\x1fb"),)}, "separates fields"),
    ],
)
def test_what_anki_would_swallow_is_refused(
    kind: ItemKind, changes: dict[str, object], what: str
) -> None:
    item = next(item for item in ITEMS if item.kind is kind)
    with pytest.raises(InvalidNoteError, match=what) as raised:
        notes(COURSE, [replace(item, **changes)], DRAWINGS)
    assert item.id in str(raised.value)


def test_a_figure_without_labels_is_refused() -> None:
    bare = {p: replace(d, labels=()) for p, d in DRAWINGS.items()}
    with pytest.raises(InvalidNoteError, match="empire/fig-forum"):
        notes(COURSE, ITEMS, bare)


def test_two_pictures_of_one_name_are_refused() -> None:
    roads = DRAWINGS["figures/roads.tex"]
    twin = replace(roads, image=b"<svg/>")
    with pytest.raises(InvalidNoteError, match=r"roads-77aa01fe3b90\.svg"):
        build(COURSE, drawings={**DRAWINGS, "figures/twin.tex": twin})


@pytest.mark.parametrize(
    ("concept", "asked", "answer", "shown"),
    [
        ("census", "Who was counted?", "Every citizen.", True),
        ("census", "What counted people in Rome?", "The census did.", False),
        ("census", "What counted people in Rome?", "Census.", False),
        ("census", "What did a census count?", "A census counted people.", False),
        ("census", "What did the Census count?", "People.", False),
        ("census-growth", "What lets a number rise each year?", "Growth.", False),
        ("census-growth", "What lets a number rise each year?", "Births.", True),
    ],
)
def test_context_never_gives_the_answer_away(
    concept: str, asked: str, answer: str, shown: bool
) -> None:
    item = next(item for item in ITEMS if item.kind is ItemKind.QUESTION)
    question = replace(
        item,
        concept=Key(concept),
        prompt=(paragraph(asked),),
        answer=(paragraph(answer),),
    )
    (note,) = notes(COURSE, [question], DRAWINGS)
    context = note.fields[note.kind.row.fields.index("Context")]
    term = {"census": "Census", "census-growth": "Growth of a town"}[concept]
    assert (term in context) is shown


def test_deck_titles_cannot_nest() -> None:
    odd = replace(COURSE, title="A:::B", lessons=COURSE.lessons)
    assert notes(odd, ITEMS, DRAWINGS)[0].deck == "A:B::01 Counting"
