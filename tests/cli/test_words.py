"""What somebody reads who has never seen the tool and types something wrong."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from aml_build.cli import cli

STARTER = Path(__file__).parents[2] / "templates" / "new"


def say(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (("buidl",), "'build'"),
        (("chekc",), "'check'"),
        (("realease",), "'release'"),
        (("build", "dekc"), "'deck'"),
        (("build", "shet"), "'sheet'"),
        (("build", "--sheet", "gray"), "'grey'"),
        (("build", "--no-cach"), "'--no-cache'"),
        (("check", "--fx"), "'--fix'"),
        (("schema", "curse"), "'course'"),
    ],
)
def test_a_misspelt_word_is_told_the_nearest(typed: tuple[str, ...], meant: str) -> None:
    done = say(*typed)
    assert done.exit_code == 2
    assert f"Did you mean {meant}?" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("typed", "choices"),
    [
        (("build", "zzz"), ("deck", "sheet", "booklet", "preview", "model")),
        (("build", "--sheet", "zzz"), ("colour", "grey", "large", "formulas", "lesson=3")),
        (("schema", "zzz"), ("course", "lesson", "model")),
    ],
)
def test_a_word_that_is_near_to_none_is_told_all(
    typed: tuple[str, ...], choices: tuple[str, ...]
) -> None:
    done = say(*typed)
    assert done.exit_code == 2
    assert [c for c in choices if c not in done.stderr.rpartition("Error:")[2]] == []


@pytest.mark.parametrize(
    "typed",
    [
        ("build",),
        ("check",),
        ("diff",),
        ("figures",),
        ("model",),
        ("release", "--version", "1.0.0"),
        ("stats",),
    ],
)
def test_where_there_is_no_course_it_says_how_to_begin_or_name_one(
    elsewhere: Path, typed: tuple[str, ...]
) -> None:
    done = say(*typed)
    assert done.exit_code == 1
    assert "content/course.yaml: error [no-course]" in done.stderr
    assert "aml-build new FOLDER" in done.stderr
    assert "--content FOLDER" in done.stderr
    assert not list(elsewhere.rglob("*.html"))


def test_what_it_says_works(elsewhere: Path) -> None:
    begun = say("new", "mine")
    assert begun.exit_code == 0
    assert begun.stdout.splitlines()[-1] == "now type: aml-build build --content mine"
    checked = say("check", "--content", "mine")
    assert (checked.exit_code, checked.output) == (0, "no mistakes\n")


def test_a_full_folder_is_not_written_over(elsewhere: Path) -> None:
    shutil.copytree(STARTER, elsewhere / "mine")
    done = say("new", "mine")
    assert done.exit_code == 2
    assert "not an empty folder" in done.stderr
    assert not (elsewhere / "mine" / "course.schema.json").exists()


@pytest.mark.parametrize(
    ("version", "said"), [("1", "no version"), ("v1.2.0", "no version"), ("next", "1.2.0")]
)
def test_a_release_wants_a_version(version: str, said: str) -> None:
    done = say("release", "--version", version)
    assert done.exit_code == 1
    assert said in done.stderr
