"""A whole lecture script: ten lessons of flat notes, with the damage of text recognition."""

import re
from pathlib import Path

import pytest

from aml_build.commands.import_notes import ImportResult, begin
from aml_build.model import Course, Members, Question
from aml_build.parse.course import parse_course
from tests.importer.conftest import FIXTURES

_NOTES = FIXTURES / "biology-notes.txt"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[ImportResult, Course, Path]:
    folder = tmp_path_factory.mktemp("notes") / "course"
    done = begin([_NOTES], folder)
    course = parse_course(folder).course
    assert course is not None
    return done, course, folder


def _lines() -> list[str]:
    return _NOTES.read_text(encoding="utf-8").split("\n")


def test_all_sections_are_lessons(made: tuple[ImportResult, Course, Path]) -> None:
    numbered = [
        int(m[1]) for line in _lines() if (m := re.fullmatch(r"Lesson (\d+)", line.strip()))
    ]
    lessons = made[1].lessons
    assert [lesson.number for lesson in lessons][: len(numbered)] == numbered
    assert [lesson.title for lesson in lessons][len(numbered) :] == [
        "General notes",
        "Lab notes",
        "Other biology questions",
    ]
    assert len(lessons) == 10


def test_every_numbered_item_is_a_concept_a_question_or_a_step(
    made: tuple[ImportResult, Course, Path],
) -> None:
    items = sum(re.match(r"\s*\d+\.\s", line) is not None for line in _lines())
    concepts = [c for lesson in made[1].lessons for c in lesson.concepts]
    questions = [part for c in concepts for part in c.body if isinstance(part, Question)]
    assert len(questions) == 6
    assert all(question.exam for question in questions)
    # Three numbered lines are the steps of one item; two concepts were bullets; one holds questions.
    assert len([c for c in concepts if c.kind != "overview"]) - 2 + len(questions) + 3 == items


def test_restarted_numbers_are_concepts_too(made: tuple[ImportResult, Course, Path]) -> None:
    lessons = {lesson.number: [c.id for c in lesson.concepts] for lesson in made[1].lessons}
    assert lessons[6][2:] == ["okazaki-fragment", "helicase", "primase", "ligase"]


def test_every_bullet_that_begins_bold_is_a_member_or_a_concept(
    made: tuple[ImportResult, Course, Path],
) -> None:
    bold = sum(re.match(r"\s*-\s+(?:The )?\*\*", line) is not None for line in _lines())
    concepts = [c for lesson in made[1].lessons for c in lesson.concepts]
    members = sum(len(p.items) for c in concepts for p in c.body if isinstance(p, Members))
    promoted = sum(bool(c.see) for c in concepts)
    assert promoted == 2
    assert members + promoted == bold


def test_no_line_is_lost(made: tuple[ImportResult, Course, Path]) -> None:
    report = made[0].report
    assert report is not None
    assert report.not_in_course == ()


@pytest.mark.slow
def test_the_course_builds_and_anki_takes_it(
    made: tuple[ImportResult, Course, Path], tmp_path: Path
) -> None:
    from tests.importer.real_anki import blank_cards, build

    outcome = build(made[2], tmp_path / "out")
    assert {d.severity for d in outcome.diagnostics} <= {"warning"}
    assert blank_cards(next((tmp_path / "out").glob("*.apkg")), tmp_path) == (0, 82)
