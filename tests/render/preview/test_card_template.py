"""Our rendering of card templates beside the real Anki's."""

import re
from pathlib import Path

import pytest
from anki.collection import Collection, ImportAnkiPackageRequest

from aml_build.items.derive import derive
from aml_build.render.anki import notes
from aml_build.render.anki.note_types import note_type
from aml_build.render.preview.card_template import cloze, render
from tests.render.anki.conftest import build
from tests.samples import COURSE, DRAWINGS


def test_every_card_is_rendered_as_anki_renders_it(tmp_path: Path) -> None:
    package = tmp_path / "deck.apkg"
    package.write_bytes(build(COURSE))
    collection = Collection(str(tmp_path / "collection.anki2"))
    collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(package)))
    compared = 0
    for note in notes(COURSE, derive(COURSE), DRAWINGS):
        (id,) = collection.find_notes(f'"ID:{note.id}"')
        for card in collection.get_note(id).cards():
            templates = note_type(note.kind).templates
            design = templates[card.ord if len(templates) > 1 else 0]
            fields = dict(zip(note.kind.row.fields, note.fields, strict=True))
            ours = render(design["qfmt"], design["afmt"], fields, card.ord)
            theirs = card.render_output()
            assert bare(ours.front) == bare(theirs.question_text)
            assert bare(ours.back) == bare(theirs.answer_text)
            compared += 1
    collection.close()
    assert compared == 27


def bare(html: str) -> str:
    """Leave out the hidden answer, whose characters Anki escapes more eagerly, and its last newline."""
    return re.sub(r' data-cloze="[^"]*"', "", html).strip()


@pytest.mark.parametrize(
    ("text", "number", "asking", "expected"),
    [
        ("a {{c1::b}} c", 1, True, 'a <span class="cloze" data-cloze="b" data-ordinal="1">[...]</span> c'),
        ("a {{c1::b}} c", 1, False, 'a <span class="cloze" data-ordinal="1">b</span> c'),
        ("a {{c1::b}} c", 2, False, 'a <span class="cloze-inactive" data-ordinal="1">b</span> c'),
        ("a }} {b}", 1, True, "a }} {b}"),
        (
            "{{c1::a {{c2::b}}}}",
            2,
            False,
            '<span class="cloze-inactive" data-ordinal="1">a '
            '<span class="cloze" data-ordinal="2">b</span></span>',
        ),
    ],
)  # fmt: skip
def test_cloze(text: str, number: int, asking: bool, expected: str) -> None:
    assert cloze(text, number, asking=asking) == expected


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{A}}-{{B}}", "a-"),
        ("{{#A}}x{{A}}{{/A}}{{#B}}y{{/B}}", "xa"),
        ("{{^A}}x{{/A}}{{^B}}y{{/B}}", "y"),
        ("{{#A}}{{^B}}z{{/B}}{{/A}}", "z"),
    ],
)
def test_conditions(template: str, expected: str) -> None:
    assert render(template, "", {"A": "a", "B": ""}, 0).front == expected


def test_fields_are_not_templates() -> None:
    assert render("{{A}}", "{{FrontSide}}", {"A": "{{B}}"}, 0).back == "{{B}}"


def test_an_unknown_field_is_an_error() -> None:
    with pytest.raises(KeyError):
        render("{{No}}", "", {}, 0)
