"""Every construct and every kind of item has its place in each package that it concerns.

mypy finds a ``match`` without a case for a construct. These tests find the rest, by name.
"""

from collections.abc import Iterator
from typing import get_args

import pytest
from msgspec.structs import replace

from aml_build.diagnostics.source import Source
from aml_build.items.derive import derive
from aml_build.items.item import Item
from aml_build.items.kinds import ItemKind
from aml_build.model import Concept, ConceptKind, Construct, Course, Prose, Question
from aml_build.parse.course import parse_sources
from aml_build.phrases import ENGLISH, phrase
from aml_build.render.anki import notes
from aml_build.render.booklet.booklet_document import document
from aml_build.render.booklet.booklet_form import Form
from aml_build.render.cheatsheet.content.boxes import boxes
from aml_build.resources import template, templates
from tests.samples import COURSE, DRAWINGS, EDITION

CONSTRUCTS = get_args(Construct)
NOT_ASKED = {Prose}
NOT_ON_THE_SHEET = {Question}


def concepts(course: Course) -> Iterator[Concept]:
    for lesson in course.lessons:
        yield from lesson.concepts


def bare(concept: Concept, *body: Construct) -> Course:
    """Return the sample course with this concept alone, whose body is only this."""
    lesson = replace(COURSE.lessons[0], concepts=(replace(concept, body=body),))
    return replace(COURSE, lessons=(lesson,))


def samples(kind: type) -> list[tuple[Concept, Construct]]:
    found = [(c, part) for c in concepts(COURSE) for part in c.body if isinstance(part, kind)]
    assert found, f"tests/samples.py has no {kind.__name__}"
    return found


@pytest.mark.parametrize("kind", CONSTRUCTS, ids=lambda kind: kind.__name__)
def test_the_starter_lesson_shows_it(kind: type) -> None:
    folder = templates() / "new"
    sources = {
        path.name: Source(path.name, path.read_text(encoding="utf-8"))
        for path in (folder / "course.yaml", folder / "01-orbits.md")
    }
    course = parse_sources(sources).course
    assert course
    assert any(isinstance(part, kind) for concept in concepts(course) for part in concept.body)


@pytest.mark.parametrize("kind", CONSTRUCTS, ids=lambda kind: kind.__name__)
def test_it_is_asked(kind: type) -> None:
    items = [item for concept, part in samples(kind) for item in derive(bare(concept, part))]
    asked = [item for item in items if item.kind is not ItemKind.DEFINITION]
    assert bool(asked) is (kind not in NOT_ASKED)


@pytest.mark.parametrize("kind", CONSTRUCTS, ids=lambda kind: kind.__name__)
def test_the_sheet_shows_it(kind: type) -> None:
    parts = {
        part.name
        for concept, construct in samples(kind)
        for box in boxes(bare(concept, construct), DRAWINGS)
        for part in box.parts
    }
    assert bool(parts - {"definition"}) is (kind not in NOT_ON_THE_SHEET)


def _item(kind: ItemKind) -> Item:
    found = [item for item in derive(COURSE) if item.kind is kind]
    assert found, f"tests/samples.py has nothing that is asked as {kind}"
    return found[0]


@pytest.mark.parametrize("kind", ItemKind)
def test_a_kind_has_its_card(kind: ItemKind) -> None:
    item = _item(kind)
    (note,) = notes(COURSE, [item], DRAWINGS)
    assert f'class="kind {kind}">{phrase(f"kind.{kind}")}<' in "".join(note.fields)


@pytest.mark.parametrize("kind", ItemKind)
def test_a_kind_has_its_heading_question_and_answer_in_the_booklet(kind: ItemKind) -> None:
    item = _item(kind)
    tex = document(COURSE, (item,), DRAWINGS, EDITION, Form())
    assert tex.count(f"\\bookkind{{{phrase(f'heading.{kind}')}}}") == 2
    for part in ("question", "answer"):
        assert f"\\begin{{{part}}}{{{item.lesson}}}{{{item.number}}}" in tex


@pytest.mark.parametrize("kind", ConceptKind)
def test_a_kind_of_concept_has_its_question_and_its_mark_on_the_sheet(kind: ConceptKind) -> None:
    assert "{term}" in ENGLISH[f"ask.{kind}"]
    assert f"\\newcommand\\amlmark{kind.title()}{{" in template("latex/cheatsheet.sty")


def test_the_booklet_prints_exam_questions_first_and_each_kind_at_its_own_rank() -> None:
    assert [kind.rank for kind in ItemKind] == list(range(len(ItemKind)))
    assert ItemKind.EXAM.rank == 0
