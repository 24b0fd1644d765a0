from msgspec.structs import replace

from aml_build.items.derive import derive
from aml_build.items.item import Item, ItemKind
from aml_build.model import Course
from aml_build.render.anki import notes
from aml_build.stats.counts import Box, Lengths, cards_of, largest_first, stats
from tests.samples import COURSE, DRAWINGS, concept, paragraph

ITEMS = derive(COURSE)


def course_of(*ids_and_links: tuple[str, tuple[str, ...]]) -> Course:
    concepts = tuple(concept(id, id, "A thing.", see=see) for id, see in ids_and_links)
    return replace(COURSE, lessons=(replace(COURSE.lessons[0], concepts=concepts),))


def answers(*words: int) -> tuple[Item, ...]:
    """Return questions whose answers have so many words."""
    question = next(item for item in ITEMS if item.kind is ItemKind.QUESTION)
    return tuple(replace(question, answer=(paragraph("word " * n),)) for n in words)


def test_an_item_makes_as_many_cards_as_its_note_has() -> None:
    cards = {note.published_id: len(note.cards) for note in notes(COURSE, ITEMS, DRAWINGS)}
    assert {item.published_id: cards_of(item) for item in ITEMS} == cards


def test_every_item_is_counted_once_in_its_lesson_and_its_kind() -> None:
    counted = stats(COURSE, ITEMS)
    assert [lesson.number for lesson in counted.lessons] == [1, 2, 10]
    assert sum(lesson.items for lesson in counted.lessons) == len(ITEMS)
    assert sum(counted.notes.values()) == len(ITEMS)
    assert counted.cards == sum(counted.kinds.values()) == sum(map(cards_of, ITEMS))


def test_days_are_rounded_up() -> None:
    assert [stats(COURSE, ITEMS, a_day).days for a_day in (1, 26, 27, 28)] == [27, 2, 1, 1]
    assert stats(COURSE, (), 20).days == 0


def test_lengths_are_in_steps_of_ten_words() -> None:
    lengths = stats(COURSE, answers(1, 9, 10, 19, 20)).lengths
    assert (lengths.median, lengths.percentile_95) == (10, 20)
    assert lengths.distribution == {0: 2, 10: 2, 20: 1}
    assert [words for _, words in lengths.longest] == [20, 19, 10, 9, 1]
    assert stats(COURSE, ()).lengths == Lengths(0, 0, {}, ())


def test_exam_answers_and_whole_lists_do_not_count_as_long() -> None:
    shown = {name for name, _ in stats(COURSE, ITEMS).lengths.longest}
    assert shown.isdisjoint(
        item.id for item in ITEMS if item.kind in (ItemKind.EXAM, ItemKind.LISTING)
    )


def test_links_are_counted_at_both_ends() -> None:
    graph = stats(course_of(("a", ("b", "c")), ("b", ("c",)), ("c", ()), ("d", ())), ()).graph
    assert (graph.needs, graph.see, graph.contrast) == (0, 3, 0)
    assert graph.most_linked == (("c", 2), ("b", 1))
    assert graph.alone == ("d",)


def test_boxes_are_ordered_by_cost_and_then_by_id() -> None:
    boxes = [Box("b", 1, 5.0, True), Box("c", 1, 9.0, False), Box("a", 1, 5.0, True)]
    assert [box.concept for box in largest_first(boxes)] == ["c", "a", "b"]
