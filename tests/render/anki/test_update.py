"""What the next import does to somebody who has been studying."""

from typing import Any

import pytest
from anki.collection import Collection
from msgspec.structs import replace

from aml_build.items.derive import derive
from aml_build.model import Cloze, ClozeText, Course, Key, Text
from aml_build.render.anki import notes, package
from aml_build.render.anki.note_types import NoteKind, NoteType, note_type
from tests.render.anki.conftest import T0, Import, build
from tests.samples import COURSE, DRAWINGS, concept, paragraph

ITEMS = derive(COURSE)


def review_all(collection: Collection) -> dict[int, int]:
    """Answer every card once; return how often each was seen."""
    for id in collection.find_cards(""):
        card = collection.get_card(id)
        card.start_timer()
        collection.sched.answerCard(card, 3)
    return reviews(collection)


def reviews(collection: Collection) -> dict[int, int]:
    rows = collection.db.all("select cid, count() from revlog group by cid")  # type: ignore[union-attr]
    return {card: count for card, count in rows}  # noqa: C416 - rows are lists


def with_concepts(course: Course, lesson: int, *concepts: Any) -> Course:
    """Return the course with other concepts in one lesson."""
    lessons = tuple(
        replace(each, concepts=concepts) if each.number == lesson else each
        for each in course.lessons
    )
    return replace(course, lessons=lessons)


def reworded(course: Course) -> Course:
    first, *others = course.lessons[0].concepts
    other = replace(first, definition=paragraph("A count of people, said otherwise."))
    return with_concepts(course, 1, other, *others)


def test_importing_twice_changes_nothing(collection: Collection, load: Import) -> None:
    load(build(COURSE))
    before = review_all(collection)
    log = load(build(COURSE))
    assert (len(log.new), len(log.updated), len(log.conflicting)) == (0, 0, 0)
    assert len(log.duplicate) == len(ITEMS)
    assert reviews(collection) == before


def test_only_the_newer_note_is_updated_and_history_is_kept(
    collection: Collection, load: Import
) -> None:
    load(build(COURSE))
    before = review_all(collection)
    log = load(build(reworded(COURSE), mtimes={"count/definition": T0 + 10}))
    assert [note.fields[0] for note in log.updated] == ["census/definition"]
    assert (len(log.new), len(log.duplicate)) == (0, len(ITEMS) - 1)
    (note,) = collection.find_notes('"ID:census/definition"')
    assert "said otherwise" in collection.get_note(note)["Answer"]
    assert reviews(collection) == before


@pytest.mark.parametrize("age", [-10, 0])
def test_an_older_note_is_left_alone(collection: Collection, load: Import, age: int) -> None:
    load(build(COURSE))
    log = load(build(reworded(COURSE), mtime=T0 + age))
    assert (len(log.updated), len(log.duplicate)) == (0, len(ITEMS))


def test_what_the_student_edited_stays(collection: Collection, load: Import) -> None:
    load(build(COURSE))
    (id,) = collection.find_notes('"ID:empire/definition"')
    note = collection.get_note(id)
    note["Answer"] = "my own words"
    collection.update_note(note)
    load(build(reworded(COURSE), mtimes={"count/definition": T0 + 10}))
    assert collection.get_note(id)["Answer"] == "my own words"


def test_a_renamed_concept_keeps_its_cards(collection: Collection, load: Import) -> None:
    load(build(COURSE))
    before = review_all(collection)
    first, *others = COURSE.lessons[0].concepts
    renamed = with_concepts(
        COURSE, 1, replace(first, key=Key("headcount", ("count", "census"))), *others
    )
    log = load(build(renamed, mtimes={"count/definition": T0 + 10}))
    assert (len(log.new), len(log.updated)) == (0, 1)
    assert reviews(collection) == before
    assert len(collection.find_notes('"ID:headcount/definition"')) == 1


def test_a_concept_put_first_moves_nobody(collection: Collection, load: Import) -> None:
    load(build(COURSE))
    before = review_all(collection)
    fresh = concept("king", "King", "One who rules for life.")
    grown = with_concepts(COURSE, 1, fresh, *COURSE.lessons[0].concepts)
    log = load(build(grown))
    assert [note.fields[0] for note in log.new] == ["king/definition"]
    assert (len(log.updated), len(log.duplicate)) == (0, len(ITEMS))
    assert reviews(collection) == before


def test_a_label_added_to_a_figure_keeps_the_other_cards(
    collection: Collection, load: Import
) -> None:
    load(build(COURSE))
    before = review_all(collection)
    old = DRAWINGS["figures/forum.tex"]
    label = replace(old.labels[0], ordinal=5, id="temple", left=0.7, top=0.1)
    grown = {**DRAWINGS, "figures/forum.tex": replace(old, labels=(*old.labels, label))}
    load(build(COURSE, drawings=grown, mtimes={"empire/fig-forum": T0 + 10}))
    (id,) = collection.find_notes('"ID:empire/fig-forum"')
    assert [card.ord for card in collection.get_note(id).cards()] == [0, 1, 3, 4]
    assert reviews(collection) == before


def test_a_gap_added_in_the_middle_keeps_the_other_cards(
    collection: Collection, load: Import
) -> None:
    load(build(COURSE))
    before = review_all(collection)
    (republic,) = COURSE.lessons[1].concepts
    at, text = next((n, c) for n, c in enumerate(republic.body) if isinstance(c, ClozeText))
    words = text.text.children
    grown = (*words[:2], Cloze(2, (Text("a new gap"),), text.span), *words[2:])
    changed = replace(text, text=replace(text.text, children=grown))
    body = (*republic.body[:at], changed, *republic.body[at + 1 :])
    course = with_concepts(COURSE, 2, replace(republic, body=body))
    log = load(build(course, mtimes={"republic/kings": T0 + 10}))
    assert len(log.updated) == 1
    (id,) = collection.find_notes('"ID:republic/kings"')
    cards = {card.ord: card.id for card in collection.get_note(id).cards()}
    assert sorted(cards) == [0, 1, 2, 3]
    assert reviews(collection) == before
    assert {ordinal for ordinal, card in cards.items() if card in before} == {0, 2, 3}


def test_a_concept_moved_keeps_its_deck_and_history_and_gets_its_new_tag(
    collection: Collection, load: Import
) -> None:
    load(build(COURSE))
    before = review_all(collection)
    census, growth = COURSE.lessons[0].concepts
    course = with_concepts(COURSE, 1, growth)
    course = with_concepts(course, 10, *COURSE.lessons[2].concepts, census)
    log = load(build(course, mtimes={"count/definition": T0 + 10}))
    assert (len(log.new), len(log.updated)) == (0, 1)
    (id,) = collection.find_notes('"ID:census/definition" tag:rome::lesson::10')
    (card,) = collection.get_note(id).cards()
    assert collection.decks.name(card.did).endswith("::01 Counting")
    assert reviews(collection) == before


def test_a_retired_question_stays_with_those_who_have_it(
    collection: Collection, load: Import
) -> None:
    load(build(COURSE))
    before = review_all(collection)
    (empire,) = COURSE.lessons[2].concepts
    log = load(build(with_concepts(COURSE, 10, replace(empire, body=empire.body[:-1]))))
    assert (len(log.new), len(log.updated)) == (0, 0)
    assert len(collection.find_notes('"ID:empire/exam-fall"')) == 1
    assert reviews(collection) == before


def test_a_newer_style_reaches_students_without_touching_notes(
    collection: Collection, load: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(build(COURSE))
    before = review_all(collection)

    def restyled(kind: NoteKind) -> NoteType:
        was = note_type(kind)
        return replace(was, css=".card { color: teal; }", modified=was.modified + 1)

    monkeypatch.setattr(package, "note_type", restyled)
    log = load(build(COURSE))
    assert (len(log.updated), len(log.conflicting)) == (0, 0)
    assert {m["css"] for m in collection.models.all() if "aml" in m["name"]} == {
        ".card { color: teal; }"
    }
    assert reviews(collection) == before


def test_note_types_do_not_multiply(collection: Collection, load: Import) -> None:
    load(build(COURSE))
    load(build(reworded(COURSE), mtime=T0 + 10))
    names = [model["name"] for model in collection.models.all() if "aml" in model["name"]]
    assert sorted(names) == [
        "aml-build · Cloze",
        "aml-build · Image occlusion",
        "aml-build · Question",
    ]


def test_two_courses_share_the_note_types_and_nothing_else(
    collection: Collection, load: Import
) -> None:
    load(build(COURSE))
    other = replace(COURSE, id="greece", title="Greece")
    log = load(build(other))
    assert len(log.new) == len(ITEMS)
    mine = {note.guid for note in notes(COURSE, ITEMS, DRAWINGS)}
    theirs = {note.guid for note in notes(other, ITEMS, DRAWINGS)}
    assert not mine & theirs
    assert len([m for m in collection.models.all() if "aml" in m["name"]]) == 3
