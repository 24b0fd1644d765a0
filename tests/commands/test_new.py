"""The course that `aml-build new` begins: every construct once, each explained, nothing to mend."""

import json
import re
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner

from aml_build.cli import cli
from aml_build.items.derive import derive
from aml_build.items.kinds import ItemKind
from aml_build.model import Construct, Course, Ref, Remark
from aml_build.model.walk import blocks, inlines
from aml_build.parse.course import parse_course


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    folder = tmp_path / "mine"
    assert CliRunner().invoke(cli, ["new", str(folder)]).exit_code == 0
    return folder


@pytest.fixture
def course(begun: Path) -> Course:
    course = parse_course(begun).course
    assert course is not None
    return course


def test_there_is_nothing_to_mend_and_nothing_to_warn_of(begun: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(
        cli, ["check", "--fix", "--json", "--content", str(begun), "--out", str(tmp_path / "out")]
    )
    assert done.exit_code == 0
    assert json.loads(done.stdout)["diagnostics"] == []


def test_every_construct_is_used(course: Course) -> None:
    concepts = [concept for lesson in course.lessons for concept in lesson.concepts]
    used = [type(part) for concept in concepts for part in concept.body]
    assert set(used) == set(get_args(Construct))
    assert any(isinstance(block, Remark) for block in blocks(course.lessons))
    assert any(isinstance(inline, Ref) for inline in inlines(course.lessons))
    assert {item.kind for item in derive(course, {})} == set(ItemKind)
    assert course.macros
    assert all(lesson.intro for lesson in course.lessons)
    for attribute in ("aka", "see", "needs", "sources", "reversible"):
        assert any(getattr(concept, attribute) for concept in concepts), attribute


@pytest.mark.parametrize(
    "begins",
    [
        r"\$\$ ", "- \\$", r"> \[!WARNING\]", r"> \[!NOTE\]", r"!\[", "### Why", "### How", ".*==", r"\{#through",
        r"\{#solstices", r"\{#turning", "## Kepler", "## Orbit",
    ],
)  # fmt: skip
def test_each_construct_stands_below_a_comment_that_explains_it(begun: Path, begins: str) -> None:
    lesson = (begun / "01-orbits.md").read_text(encoding="utf-8")
    # A legend belongs to its formula, and has one comment with it.
    formula = r"(?:\$\$[^\n]*\n\n)?"
    assert re.search(rf"^<!--[^>]{{20,}}-->\n\n{formula}{begins}", lesson, re.MULTILINE)
