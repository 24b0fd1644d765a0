"""`check --fix` gives an identity to nothing that has a mistake, so that no history is lost."""

import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from aml_build.cli import cli
from aml_build.commands.fix import fix_course
from aml_build.commands.release import release
from aml_build.pipeline.options import Target
from tests.mistakes import course, fix
from tests.parse.author_mistakes import LESSON, MISTAKES, Mistake
from tests.parse.test_author_mistakes import STARTER as FILES, edited
from tests.paths import STARTER

UNREAD = (
    ("## Orbit {#orbit .reversible}", "## Orbit {orbit .reversible}"),
    ('aka="harmonic law" source', 'aka="harmonic law source'),
    ('aka="harmonic law"', "aka=“harmonic law”"),
    ("## Orbit {#orbit", "##Orbit {#orbit"),
    ("{#closest}", "{closest}"),
    ("{#solstices}", "{solstices}"),
)
"""Edits of the starter course that an id could be written behind."""


@pytest.mark.parametrize("mistake", [pytest.param(m, id=m.name) for m in MISTAKES])
def test_a_line_with_a_mistake_is_left_alone(mistake: Mistake) -> None:
    files, _ = edited(mistake)
    written = fix(course(files))
    if mistake.code == "missing-cloze-number":
        assert "==January=={.c3} and farthest" in written[LESSON]
    else:
        assert written == {}


def test_what_has_no_mistake_is_written_beside_what_has_one() -> None:
    text = FILES[LESSON].replace("{#orbit .reversible}", "{orbit .reversible}")
    written = fix(course(FILES | {LESSON: text.replace(" {#mars}", "").replace(" {#axis}", "")}))
    lesson = written[LESSON]
    assert "## Orbit {orbit .reversible}\n" in lesson
    assert "Earth? {#why-mars-longer-year}\n" in lesson
    assert "year. {#axis-keeps-direction-all}\n" in lesson


@pytest.mark.parametrize(
    "text",
    [
        r"The set \{0, 1\}",
        r"The set $\{0, 1\}$",
        "The block `{…}`",
        r"The sum $\sum_{i=1}^n x_{i}$",
        "The set {0, 1} {#given}",
    ],
)
def test_braces_of_the_text_are_text(text: str) -> None:
    lesson = f"---\nlesson: 1\ntitle: A\n---\n\n## {text}\n\nIs one.\n"
    parsed = course({"course.yaml": "id: a\ntitle: A\n", "01.md": lesson})
    assert {d.code for d in parsed.diagnostics} <= {"missing-id"}
    written = fix(parsed).get("01.md", lesson)
    assert f"## {text} {{#" in written or "{#given}\n" in written


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository with a released course in `content`."""
    repo = tmp_path_factory.mktemp("released")
    shutil.copytree(STARTER, repo / "content")
    (repo / "content" / "CHANGELOG.md").write_text("# Changelog\n\n## Unreleased\n\n- One.\n")
    for arguments in ("init -q", "add .", "-c user.name=T -c user.email=t@x.org commit -qm A"):
        subprocess.run(["git", "-C", str(repo), *arguments.split()], check=True)
    done = release(
        repo / "content", repo / "out", "1.0.0", targets=(Target.DECK,), allow_dirty=True
    )
    assert not done.refusal
    return repo


@pytest.mark.parametrize(("old", "new"), UNREAD)
def test_a_released_course_loses_no_history(released: Path, old: str, new: str) -> None:
    path = released / "content" / LESSON
    right = path.read_bytes()
    wrong = right.replace(old.encode(), new.encode(), 1)
    assert wrong != right
    try:
        path.write_bytes(wrong)
        assert fix_course(released / "content") == ()
        assert path.read_bytes() == wrong
    finally:
        path.write_bytes(right)


def test_the_command_leaves_the_line_and_says_what_to_type(released: Path) -> None:
    content, out = str(released / "content"), str(released / "out")
    path = released / "content" / LESSON
    right = path.read_text(encoding="utf-8")
    try:
        path.write_text(right.replace("{#orbit .reversible}", "{orbit .reversible}"), "utf-8")
        done = CliRunner().invoke(cli, ["check", "--fix", "--content", content, "--out", out])
    finally:
        path.write_text(right, encoding="utf-8")
    assert done.exit_code == 1
    assert "id written" not in done.output
    assert "did you mean `{#orbit .reversible}`?" in done.output.lower()
    assert "1 error in 1 file" in done.output
    done = CliRunner().invoke(cli, ["diff", "--content", content, "--out", out])
    assert done.exit_code == 0
