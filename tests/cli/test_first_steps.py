"""The first steps of an author, each a process of its own in a folder of its own."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.paths import ROOT, STARTER
from tests.tools import required

MADE = {"cheatsheet.pdf", "booklet.pdf", "booklet-print.pdf", "model.json", "preview"}


def run(here: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "aml_build", *arguments],
        cwd=here,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def works(here: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    done = run(here, *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if not path.name.startswith(".")}


def commands(text: str) -> list[list[str]]:
    """Return the indented commands that a command printed as the next ones."""
    return [line.split() for line in text.splitlines() if line.startswith("  ")]


def test_the_commands_that_new_prints_build_the_course(tmp_path: Path) -> None:
    required("pdflatex")
    here = tmp_path
    for command in commands(works(tmp_path, "new", "my-course").stdout):
        if command[0] == "cd":
            here /= command[1]
        else:
            assert command[0] == "aml-build"
            works(here, *command[1:])
    assert here.name == "my-course"
    assert names(here / "out") >= MADE | {"my-course.apkg"}
    assert names(tmp_path) == {"my-course"}


def test_the_quick_start_of_the_readme_builds_a_course_of_your_own(tmp_path: Path) -> None:
    required("pdflatex")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    section = readme.partition("## Your own course")[2].partition("\n## ")[0]
    here = tmp_path
    for line in section.partition("```\n")[2].partition("```")[0].splitlines():
        words = line.partition("#")[0].split()
        if words[0] == "cd":
            here /= words[1]
        elif words[0] == "aml-build":
            works(here, *words[1:])
        else:
            assert words[:2] in (["pipx", "install"], ["pip", "install"])
    assert list(tmp_path.rglob("out/*.apkg")) == [tmp_path / "my-course/out/my-course.apkg"]


def test_two_courses_from_one_place_keep_their_files_and_their_ids(tmp_path: Path) -> None:
    for name in ("n1", "n2"):
        works(tmp_path, "new", name)
        works(tmp_path, "build", "deck", "model", "--content", name)
    decks = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.apkg")}
    assert decks == {"n1/out/n1.apkg", "n2/out/n2.apkg"}
    assert names(tmp_path) == {"n1", "n2"}


@pytest.mark.parametrize(
    ("here", "course", "shown"),
    [
        pytest.param("mine", "mine", "", marks=pytest.mark.slow),
        pytest.param("mine/figures", "mine", "course: ..\n", marks=pytest.mark.slow),
        pytest.param("repo", "repo/content", "course: content\n", marks=pytest.mark.slow),
        ("repo/docs", "repo/content", "course: ../content\n"),
    ],
)
def test_every_command_finds_the_course(tmp_path: Path, here: str, course: str, shown: str) -> None:
    shutil.copytree(STARTER, tmp_path / course)
    (tmp_path / here).mkdir(exist_ok=True)
    at = tmp_path / here
    for command in (
        ("check",),
        ("check", "--fix"),
        ("diff",),
        ("model",),
        ("figures",),
        ("build", "deck"),
        ("preview", "--no-open"),
        ("stats",),
        ("release", "--version", "1.0.0"),
    ):
        done = works(at, *command)
        assert done.stderr.startswith(shown), command
        assert done.stderr.count("course: ") == len(shown.splitlines()), command
    deck = next(tmp_path.rglob("out/solar.apkg"))
    printed = works(at, "build", "deck").stdout.split()
    place = next(word for word in printed if word.endswith(".apkg"))
    assert (at / place).resolve() == deck.resolve(), "the path can be opened from there"
    lesson = tmp_path / course / "01-orbits.md"
    lesson.write_text(f"{lesson.read_text(encoding='utf-8')}\n#### Too deep\n", encoding="utf-8")
    (mistake,) = (line for line in run(at, "check").stderr.splitlines() if "heading-level" in line)
    assert (at / mistake.partition(":")[0]).resolve() == lesson.resolve()


def test_the_nearest_course_wins_and_does_not_read_another_one(tmp_path: Path) -> None:
    works(tmp_path, "new", "outer")
    works(tmp_path / "outer", "new", "inner")
    works(tmp_path / "outer" / "inner" / "figures", "build", "deck")
    works(tmp_path / "outer", "build", "deck")
    assert {p.name for p in tmp_path.rglob("*.apkg")} == {"outer.apkg", "inner.apkg"}


def test_a_course_below_is_named(tmp_path: Path) -> None:
    works(tmp_path, "new", "mine")
    done = run(tmp_path, "build")
    assert (done.returncode, done.stdout) == (2, "")
    assert "To name a course: --content mine." in done.stderr
    works(tmp_path, "new", "other")
    assert "--content FOLDER (mine, other)" in run(tmp_path, "check").stderr


@pytest.mark.parametrize(
    "out",
    [
        "out",
        pytest.param("build", marks=pytest.mark.slow),
        pytest.param(".", marks=pytest.mark.slow),
    ],
)
def test_what_the_tool_writes_into_a_course_is_not_read_as_notes(tmp_path: Path, out: str) -> None:
    course = tmp_path / "mine"
    works(tmp_path, "new", "mine")
    for version in ("1.0.0", "1.1.0"):
        works(course, "release", "--version", version, "--content", ".", "--out", out)
        (course / out / "report.md").write_text("# Report\n", encoding="utf-8")
        if out == ".":
            (course / "report.md").unlink()
        works(course, "build", "deck", "--out", out)
        assert works(course, "check").stdout.startswith("no mistakes\n")


def test_files_of_a_repository_are_not_read_as_notes(tmp_path: Path) -> None:
    works(tmp_path, "new", "mine")
    course = tmp_path / "mine"
    for name in (
        "README.md",
        "Changelog.md",
        "LICENSE.md",
        "LICENCE.md",
        "CODE_OF_CONDUCT.md",
        "SECURITY.md",
        "CONTRIBUTING.md",
        "import-report.md",
        "release-notes.md",
        ".github/PULL_REQUEST_TEMPLATE.md",
        ".aml-build/notes.md",
        "venv/pyvenv.cfg",
        "venv/lib/package/notes.md",
        "node_modules/package/notes.md",
    ):
        (course / name).parent.mkdir(parents=True, exist_ok=True)
        (course / name).write_text("# No lesson\n", encoding="utf-8")
    assert works(course, "check").stdout.startswith("no mistakes\n")
    # A name with an underscore is a lesson like any other.
    (course / "_draft.md").write_text("# No lesson\n", encoding="utf-8")
    assert "_draft.md:1:1: error" in run(course, "check").stderr
