"""The course that `aml-build new` begins: every construct once, each explained, nothing to mend."""

import json
import re
import subprocess
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner, Result

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


REPOSITORY = {
    ".git/HEAD": "ref: refs/heads/main\n",
    ".gitattributes": "* text=auto\n",
    ".gitignore": "*.swp\r\n/out/",
    "LICENCE": "CC BY-SA 4.0\n",
    "LICENSE.md": "MIT\n",
    "README.rst": "My course\n",
}


def began(folder: Path) -> Result:
    return CliRunner().invoke(cli, ["new", str(folder)])


def test_a_new_repository_gets_a_course_and_keeps_its_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "biology"
    for name, text in REPOSITORY.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode())
    monkeypatch.chdir(folder)
    done = began(Path())
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[-2:] == ["now type:", "  aml-build build"]
    for name in REPOSITORY.keys() - {".gitignore"}:
        assert (folder / name).read_bytes() == REPOSITORY[name].encode(), name
    ignored = (folder / ".gitignore").read_bytes()
    assert ignored.startswith(REPOSITORY[".gitignore"].encode() + b"\n#")
    assert ignored.splitlines()[3:] == [b"/.aml-build/"], "out is ignored already"
    course = parse_course(folder).course
    assert course is not None
    assert course.id == "biology"


@pytest.mark.parametrize(
    ("folder", "identity"),
    [
        ("n1", "n1"),
        ("My Course", "my-course"),
        ("biology/content", "biology"),
        ("101", "course-101"),
        ("生物", "course-92c004d0"),
    ],
)
def test_the_id_is_that_of_the_folder(tmp_path: Path, folder: str, identity: str) -> None:
    assert began(tmp_path / folder).exit_code == 0
    course = parse_course(tmp_path / folder).course
    assert course is not None
    assert course.id == identity
    # The comments stay in their column.
    columns = {
        line.find(" #")
        for line in (tmp_path / folder / "course.yaml").read_text("utf-8").splitlines()
    }
    assert len(columns - {-1}) == 1


def test_git_ignores_what_builds_write(tmp_path: Path) -> None:
    for folder, written in (
        ("mine", ("mine/out/mine.apkg", "mine/.aml-build/notes.json")),
        ("content", ("out/r.apkg", "content/.aml-build/notes.json")),
    ):
        place = tmp_path / f"r-{folder}"
        place.mkdir()
        subprocess.run(["git", "init", "-q", place], check=True)
        assert began(place / folder).exit_code == 0
        checked = [
            "git",
            "-C",
            place,
            "check-ignore",
            "--no-index",
            *written,
            f"{folder}/01-orbits.md",
        ]
        done = subprocess.run(checked, capture_output=True, text=True, check=False)
        assert tuple(done.stdout.split()) == written


@pytest.mark.parametrize("name", ["notes.md", "figures/x.tex", "out/x.apkg", "README/x"])
def test_a_folder_with_other_files_is_refused(tmp_path: Path, name: str) -> None:
    place = tmp_path / "mine"
    (place / name).parent.mkdir(parents=True)
    (place / name).write_bytes(b"")
    done = began(place)
    if name == "README/x":
        assert done.exit_code == 0
        return
    assert done.exit_code == 2
    assert f"it has {name.partition('/')[0]}" in done.stderr
    assert [path for path in place.rglob("*") if path.is_file()] == [place / name]


def test_a_course_is_not_begun_twice(begun: Path) -> None:
    before = {path: path.read_bytes() for path in begun.rglob("*") if path.is_file()}
    done = began(begun)
    assert done.exit_code == 2
    assert f"already has a course. To build it: aml-build build --content {begun}" in done.stderr
    assert {path: path.read_bytes() for path in begun.rglob("*") if path.is_file()} == before
