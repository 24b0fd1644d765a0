"""What arrives in the real Anki."""

import re
from typing import Any

import pytest
from anki.collection import Collection

from aml_build.items.derive import derive
from aml_build.items.kinds import ItemKind
from aml_build.render.anki import guid, notes
from tests.render.anki.conftest import Import, build
from tests.samples import COURSE, DRAWINGS

ITEMS = derive(COURSE)
NOTES = notes(COURSE, ITEMS, DRAWINGS)


@pytest.fixture
def imported(collection: Collection, load: Import) -> Collection:
    log = load(build(COURSE))
    assert (len(log.new), len(log.conflicting), len(log.duplicate)) == (len(ITEMS), 0, 0)
    return collection


def by_id(collection: Collection, id: str) -> Any:
    (found,) = collection.find_notes(f'"ID:{id}"')
    return collection.get_note(found)


def test_every_item_becomes_a_note_and_every_side_a_card(imported: Collection) -> None:
    assert imported.note_count() == len(ITEMS)
    assert imported.card_count() == sum(len(note.cards) for note in NOTES)


def test_every_construct_is_in_the_sample() -> None:
    assert {item.kind for item in ITEMS} == set(ItemKind)


def test_anki_finds_nothing_to_mend_and_no_empty_card(imported: Collection) -> None:
    assert not imported.get_empty_cards().notes
    problems, sound = imported.fix_integrity()
    assert sound
    assert problems == "Database rebuilt and optimized."


def test_anki_holds_what_the_lock_hashes(imported: Collection) -> None:
    for content in NOTES:
        note = by_id(imported, content.id)
        assert tuple(note.fields) == content.fields
        assert tuple(note.tags) == content.tags
        assert note.guid == content.guid == guid(COURSE.id, content.published_id)
        assert tuple(card.ord for card in note.cards()) == content.cards
        assert {imported.decks.name(card.did) for card in note.cards()} == {content.deck}


def test_decks_sort_in_lesson_order(imported: Collection) -> None:
    names = [d.name for d in imported.decks.all_names_and_ids()]
    root = "History: Rome:and after"
    assert sorted(names) == [
        "Default",
        root,
        f"{root}::01 Counting",
        f"{root}::02 Republic",
        f"{root}::10 Empire",
    ]


def test_deck_says_what_it_is(imported: Collection) -> None:
    described = imported.decks.by_name("History: Rome:and after")
    assert described is not None
    for part in ("1.2.0", "2024-03-01", "CC BY-SA 4.0", "&lt;the&gt; end", "example.org"):
        assert part in described["desc"]


@pytest.mark.parametrize(("wanted", "name"), [(True, "aml-build"), (False, "Default")])
def test_deck_options_come_only_when_asked_for(
    collection: Collection, load: Import, wanted: bool, name: str
) -> None:
    load(build(COURSE), with_deck_configs=wanted)
    deck = collection.decks.id_for_name("History: Rome:and after::02 Republic")
    assert deck is not None
    options = collection.decks.config_dict_for_deck_id(deck)
    assert options["name"] == name
    assert options["new"]["bury"] is wanted
    assert ("aml-build" in {c["name"] for c in collection.decks.all_config()}) is wanted


def test_new_cards_come_in_study_order(imported: Collection) -> None:
    ids = imported.db.list("select nid from cards where queue = 0 order by due, ord")  # type: ignore[union-attr]
    order = list(dict.fromkeys(imported.get_note(id)["ID"] for id in ids))
    assert order == [item.id for item in ITEMS]


def test_studying_the_course_follows_the_lessons(imported: Collection) -> None:
    root = imported.decks.id_for_name("History: Rome:and after")
    assert root is not None
    imported.decks.select(root)
    queue = imported.sched.get_queued_cards(fetch_limit=100).cards
    asked = [imported.get_note(imported.get_card(q.card.id).nid)["ID"] for q in queue]
    assert list(dict.fromkeys(asked)) == [item.id for item in ITEMS][: len(set(asked))]


def test_every_side_shows_something_and_nothing_left_over(imported: Collection) -> None:
    fronts: dict[str, int] = {}
    for id in imported.find_cards(""):
        card = imported.get_card(id)
        out = card.render_output()
        for side in (out.question_text, out.answer_text):
            assert visible(side)
            assert not out.question_av_tags
            assert not re.search(r"\{\{(c\d|[#/^]?[A-Z]\w+\})|::\}|\(unknown field", side)
        shown = out.question_text
        assert shown not in fronts, f"cards {fronts[shown]} and {id} have one front"
        fronts[shown] = id


def test_no_media_is_missing_or_unused(imported: Collection) -> None:
    report = imported.media.check()
    assert (list(report.missing), list(report.unused)) == ([], [])


def test_cloze_is_safe_in_math_code_and_links(imported: Collection) -> None:
    note = by_id(imported, "republic/kings")
    first, third, fourth = note.cards()
    front = first.render_output().question_text
    assert re.search(r'<span class="cloze"[^>]*>\[\.\.\.\]</span>', front)
    assert "Tarquin" not in visible(front)
    assert r"\(509_{ {BC} }\) or {<!-- -->{so}<!-- -->}:<!-- -->:about" in front
    assert "<code>a:<!-- -->:b{<!-- -->{c}<!-- -->}</code>" in front
    assert 'href="https://example.org/kings:%3Aof%7B%7Brome%7D%7D"' in front
    back = third.render_output().answer_text
    assert re.search(r'<span class="cloze"[^>]*>\\\(509_\{ \{BC\} \}\\\) or .*about {</span>', back)
    assert visible(fourth.render_output().question_text).endswith(
        "as {[...]} a::b{{c}} shows; see a list."
    )
    assert ">{:set}<!-- --></span>} <code>" in fourth.render_output().answer_text


def test_plain_text_is_never_taken_for_math_or_sound(imported: Collection) -> None:
    card = by_id(imported, "empire/why-show").cards()[0]
    out = card.render_output()
    assert not out.answer_av_tags
    assert r"<span>\</span>(x<span>\</span>)" in out.answer_text
    assert "&#91;sound:a.mp3]" in out.answer_text
    assert "&#91;latex]z" in out.answer_text


def test_image_occlusion_is_native(imported: Collection) -> None:
    note = by_id(imported, "empire/fig-forum")
    assert [card.ord for card in note.cards()] == [0, 1, 3]
    read = imported.get_image_occlusion_note(note.id).note
    assert read.image_file_name == "forum-0f3a9c11d2e4.svg"
    assert read.image_data == DRAWINGS["figures/forum.tex"].image
    assert read.occlude_inactive
    boxes = {o.ordinal: {p.name: p.value for p in o.shapes[0].properties} for o in read.occlusions}
    assert set(boxes) == {1, 2, 4}
    for label in DRAWINGS["figures/forum.tex"].labels:
        box = {name: float(value) for name, value in boxes[label.ordinal].items()}
        assert box["left"] < label.left
        assert box["top"] < label.top
        assert box["left"] + box["width"] > label.left + label.width
        assert box["top"] + box["height"] > label.top + label.height
        assert box["width"] * 260 == pytest.approx(label.width * 260 + 4, abs=0.1)
        assert box["height"] * 150 == pytest.approx(label.height * 150 + 4, abs=0.1)


def test_types_are_what_anki_edits_natively(imported: Collection) -> None:
    stock = {m["name"]: m.get("originalStockKind") for m in imported.models.all()}
    assert stock["aml-build · Cloze"] == 5
    assert stock["aml-build · Image occlusion"] == 6
    for name in ("Question", "Cloze", "Image occlusion"):
        model = imported.models.by_name(f"aml-build · {name}")
        assert model is not None
        assert all(part["id"] for part in (*model["flds"], *model["tmpls"]))


def test_reverse_card_asks_for_the_term_without_naming_it(imported: Collection) -> None:
    note = by_id(imported, "republic/definition")
    _, reverse = note.cards()
    out = reverse.render_output()
    assert "republic" not in visible(out.question_text).casefold()
    assert "<strong>Roman republic</strong>" in out.answer_text
    assert len(by_id(imported, "empire/definition").cards()) == 1


def test_a_deck_without_tex_has_no_figures_and_says_what_they_show(
    collection: Collection, load: Import
) -> None:
    log = load(build(COURSE, drawings={}))
    assert len(log.new) == len(ITEMS) - 1
    back = by_id(collection, "empire/definition").cards()[0].render_output().answer_text
    assert "Roads of Italy" in back
    assert "<img" not in back


def visible(html: str) -> str:
    """Return what is to be read: no style, no tags, no attributes."""
    bare = re.sub(r"<(style|script)\b.*?</\1>", "", html, flags=re.S)
    return re.sub(r"<[^>]+>", "", bare).strip()
