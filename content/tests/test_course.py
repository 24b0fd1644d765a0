"""The course that is shipped: whole, clean, and in the size that it promises."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

from aml_build.commands.build import build
from aml_build.items.item import Item
from aml_build.items.kinds import ItemKind
from aml_build.model import Course, Picture
from aml_build.model.plain_text import plain, plain_blocks
from aml_build.model.walk import blocks
from aml_build.pipeline.build import check_notes
from aml_build.pipeline.options import Target
from aml_build.pipeline.request import BuildRequest
from aml_build.stats.counts import stats
from aml_build.storage.cache import Cache
from recount import CONTENT

CACHE = CONTENT.parent / "out" / ".cache"
TOPICS = re.findall(
    r"^(\d+) .*\n((?: {4}.*\n)+)",
    (CONTENT / "tests" / "topics.txt").read_text(encoding="utf-8"),
    re.MULTILINE,
)


@pytest.fixture(scope="module")
def course() -> Course:
    checked = check_notes(CONTENT, Cache(CACHE))
    assert checked.course is not None
    assert checked.outcome.diagnostics == ()
    return checked.course


@pytest.fixture(scope="module")
def items() -> tuple[Item, ...]:
    return check_notes(CONTENT, Cache(CACHE)).items


def test_size(course: Course, items: tuple[Item, ...]) -> None:
    counted = stats(course, items)
    assert 700 <= counted.cards <= 1500
    assert counted.lengths.median <= 30
    assert counted.lengths.percentile_95 <= 60
    assert counted.kinds["exam"] >= 29
    assert {kind for kind, cards in counted.kinds.items() if cards} == set(ItemKind)


def test_every_lesson_is_there(course: Course) -> None:
    assert [lesson.number for lesson in course.lessons] == [n for n in range(1, 18) if n != 5]


def test_figures(course: Course) -> None:
    used = {block.path for block in blocks(course.lessons) if isinstance(block, Picture)}
    drawn = {f"figures/{p.name}" for p in (CONTENT / "figures").glob("*.tex")} - {
        "figures/style.tex"
    }
    assert len(used) >= 45
    assert drawn == used


def test_needs_point_to_what_comes_earlier(course: Course) -> None:
    lesson_of = {c.id: lesson.number for lesson in course.lessons for c in lesson.concepts}
    backwards = [
        f"{concept.id} needs {needed}"
        for lesson in course.lessons
        for concept in lesson.concepts
        for needed in concept.needs
        if lesson_of[needed] > lesson.number
    ]
    assert backwards == []


def test_no_two_fronts_are_alike(items: tuple[Item, ...]) -> None:
    fronts = [
        plain_blocks(item.prompt)
        for item in items
        if item.kind not in (ItemKind.FIGURE, ItemKind.STEP)
    ]
    assert len(set(fronts)) == len(fronts)


def test_definitions_are_short_and_do_not_begin_with_the_term(course: Course) -> None:
    long = [
        concept.id
        for lesson in course.lessons
        for concept in lesson.concepts
        if len(re.sub(r"\$[^$]*\$", "x", plain(concept.definition.children)).split()) > 60
    ]
    assert long == []


@pytest.mark.parametrize(("number", "ids"), TOPICS)
def test_every_topic_of_the_course_is_in_its_lesson(
    course: Course, items: tuple[Item, ...], number: str, ids: str
) -> None:
    [lesson] = [lesson for lesson in course.lessons if lesson.number == int(number)]
    concepts = {concept.id for concept in lesson.concepts}
    exam = {item.id for item in items if item.kind is ItemKind.EXAM}
    assert sorted(set(ids.split()) - concepts - exam) == []


def test_the_list_of_topics_names_every_lesson(course: Course) -> None:
    assert [int(number) for number, _ in TOPICS] == [lesson.number for lesson in course.lessons]


@pytest.mark.slow
def test_the_deck_is_clean_in_the_real_anki_and_a_correction_arrives(tmp_path: Path) -> None:
    copy = tmp_path / "content"
    shutil.copytree(CONTENT, copy, ignore=shutil.ignore_patterns("tests", ".aml-build"))
    request = BuildRequest(copy, tmp_path / "out", (Target.DECK,))
    assert build(request).exit_code == 0
    collection = Collection(str(tmp_path / "collection.anki2"))
    try:
        log = imported(collection, request)
        assert not log.conflicting
        assert not log.duplicate
        assert 700 <= collection.card_count() <= 1500
        assert not collection.get_empty_cards().notes
        media = collection.media.check()
        assert not media.missing
        assert not media.unused
        for card_id in collection.find_cards(""):
            card = collection.get_card(card_id)
            shown = re.sub(r"<[^>]*>", "", card.question() + card.answer())
            assert shown.strip()
            assert "Error" not in card.question()
        _, sound = collection.fix_integrity()
        assert sound

        lesson = copy / "02-generative-and-bayesian-learning.md"
        text = lesson.read_text(encoding="utf-8")
        old = "Picks the parameter value that makes the observed data most probable"
        assert text.count(old) == 1
        lesson.write_text(text.replace(old, old.replace("Picks", "Takes")), encoding="utf-8")
        assert build(request).exit_code == 0
        log = imported(collection, request)
        assert [note.fields[0] for note in log.updated] == ["mle/definition"]
        assert not (log.new or log.conflicting)
    finally:
        collection.close()


def imported(collection: Collection, request: BuildRequest) -> Any:
    """Import the deck with Anki's defaults; return Anki's log."""
    path = str(request.out / "aml.apkg")
    options = ImportAnkiPackageOptions()
    imported = ImportAnkiPackageRequest(package_path=path, options=options)
    return collection.import_anki_package(imported).log
