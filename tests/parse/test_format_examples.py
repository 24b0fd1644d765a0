"""The examples of docs/format.md are what they say."""

import re

import pytest

from tests.mistakes import SMALL, course, found, lesson
from tests.paths import ROOT

FORMAT = (ROOT / "docs" / "format.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(markdown|yaml)\n(.*?)^```$", FORMAT, re.MULTILINE | re.DOTALL)
LESSONS = [text for language, text in BLOCKS if language == "markdown" and text.startswith("---")]
CONSTRUCTS = [text for language, text in BLOCKS if language == "markdown" and text not in LESSONS]
SETTINGS = [text for language, text in BLOCKS if language == "yaml"]
HEADING = "## Bayes {#bayes}\n\nWeighs evidence.\n\n"


def test_the_lesson_in_one_look_has_no_mistakes() -> None:
    (text,) = LESSONS
    other = "---\nlesson: 2\ntitle: More\n---\n## Naive Bayes {#naive-bayes}\n\nIs naive.\n"
    assert found(course(SMALL | {"01.md": text, "02.md": other})) == ()


@pytest.mark.parametrize("text", CONSTRUCTS)
def test_every_construct_has_no_mistakes_but_missing_answers_and_files(text: str) -> None:
    shown = {d.code for d in found(lesson(HEADING + text))}
    assert shown <= {"empty-answer", "image-missing"}


def test_the_settings_have_no_mistakes() -> None:
    (text,) = SETTINGS
    parsed = course(SMALL | {"course.yaml": text})
    assert found(parsed) == ()
    assert parsed.course is not None
    assert parsed.course.disabled_checks == ("long-answer",)
