"""What somebody reads who has never seen the tool and types something wrong."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from aml_build.cli import cli
from tests.paths import STARTER


def say(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_help_names_every_command_in_a_whole_sentence() -> None:
    said = say("--help").stdout
    listed = said.partition("Commands:\n")[2].splitlines()
    assert [line.split()[0] for line in listed] == sorted(cli.commands)
    assert [line for line in listed if not line.endswith(".") or line.endswith("...")] == []


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
    assert (done.exit_code, done.stdout) == (2, "")
    assert "There is no course here" in done.stderr
    assert "aml-build new FOLDER" in done.stderr
    assert "--content FOLDER" in done.stderr
    (elsewhere / "content").mkdir()
    named = say(*typed, "--content", "content")
    if typed[0] != "figures":
        assert named.exit_code == 1
        assert "content/course.yaml: error [no-course]" in named.stderr
    assert not list(elsewhere.rglob("*.html"))


@pytest.mark.parametrize(
    ("version", "answer"),
    [("1", "no version"), ("v1.3.0", "Write 1.3.0."), ("next", "Write one like 1.2.0.")],
)
def test_a_release_needs_a_version(elsewhere: Path, version: str, answer: str) -> None:
    shutil.copytree(STARTER, elsewhere / "content")
    done = say("release", "--version", version)
    assert done.exit_code == 2
    assert answer in done.stderr


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        # A folder that is not there, or not the folder.
        (("check", "--content", "contnet"), "Did you mean content?"),
        (("build", "--content", "elsewhere"), "aml-build new elsewhere"),
        (("watch", "--content", "elsewhere"), "aml-build new elsewhere"),
        (("stats", "--content", "content/course.yaml"), "Name --content content."),
        (("diff", "--content", "notes.txt"), "Name the folder with course.yaml."),
        (("build", "--out", "notes.txt"), "notes.txt is a file. Name a folder"),
        (("check", "--out", "notes.txt/below"), "notes.txt is a file. Name a folder"),
        # A course named as other tools would have it.
        (("check", "content"), "--content content"),
        (("stats", "content"), "--content content"),
        (("watch", "content"), "--content content"),
        (("build", "content"), "--content content"),
        (("diff", "nonsense"), "--content FOLDER"),
        # Numbers.
        (("build", "--lesson", "0"), "a whole number from 1 on"),
        (("build", "--write-lines", "31"), "a whole number from 0 to 30"),
        (("stats", "--new-a-day", "many"), "a whole number from 1 on, not 'many'"),
        (("watch", "--port", "99999"), "a whole number from 0 to 65535"),
        # What the course does not have, and what cannot be had together.
        (("build", "booklet", "--lesson", "9"), "There is no lesson 9. The course has: 1."),
        (("build", "sheet", "--sheet", "lesson=9"), "There is no lesson 9. The course has: 1."),
        (("build", "--questions-only", "--answers-only"), "Write one of them, or none."),
        (("build", "--answers-only", "--write-lines", "3"), "no question to write under"),
        (("build", "--one-sided", "--creep", "0.1"), "leave nothing to fold"),
        (("build", "--signature", "4", "--one-sided"), "leave nothing to fold"),
        (("diff", "--json", "--markdown"), "two ways of printing"),
        # What changes nothing that is asked for.
        (("build", "sheet", "--lesson", "1"), "Name booklet too, or write --sheet lesson=1."),
        (("build", "deck", "--lesson", "1"), "Name booklet too."),
        (("build", "deck", "model", "--sheet", "grey"), "--sheet is for the sheet"),
        (("build", "preview", "--write-lines", "0"), "--write-lines is for the booklet"),
        (("figures", "orbti"), "There is no figure orbti. Did you mean orbit?"),
        (("figures", "zzz"), "`aml-build figures`"),
        # Import.
        (("import", "nots.txt", "--out", "x"), "Did you mean notes.txt?"),
        (("import", "content", "--out", "x"), "content is a folder. Name the files in it"),
        (("import", "notes.txt"), "--out FOLDER"),
        (("import", "notes.txt", "--out", "x", "--from", "mdakni"), "Did you mean 'mdanki'?"),
        (("import", "notes.txt", "--update", "x"), "To begin one: --out x"),
        (("import", "notes.txt", "--update", "content"), "holds no import.lock"),
        (("import", "notes.txt", "--out", "content"), "merge with --update content."),
        # Release.
        (("release",), "--version 1.2.0"),
        (("release", "--files"), "Nothing is released yet."),
        (("release", "--files", "--version", "1.0.0"), "Nothing is released yet."),
        (("release", "--files", "--allow-dirty"), "omit --allow-dirty"),
        (("new", "notes.txt"), "notes.txt is a file. Name a folder that does not exist yet."),
        (("new", "content"), "To build it: aml-build build --content content"),
        (("new", "."), "has content. Name one that does not exist yet"),
        # Help.
        (("help", "formt"), "Did you mean 'format'?"),
        (("help", "chek"), "Did you mean 'check'?"),
        (("help", "mising-id"), "Did you mean 'missing-id'?"),
        (("help", "zzz"), "The topics are format, math"),
    ],
)
def test_wrong_usage_is_answered_with_what_to_type(
    elsewhere: Path, typed: tuple[str, ...], said: str
) -> None:
    shutil.copytree(STARTER, elsewhere / "content")
    (elsewhere / "notes.txt").write_text("## Orbit\n\nA closed path.\n", encoding="utf-8")
    before = sorted(elsewhere.rglob("*"))
    done = say(*typed)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    made = {path.relative_to(elsewhere).parts[0] for path in {*elsewhere.rglob("*")} - {*before}}
    assert made <= {"out"}


@pytest.mark.parametrize("name", ["build", "check", "stats", "diff", "model", "figures", "preview"])
def test_a_course_without_lessons_or_without_its_file_is_one_mistake(
    elsewhere: Path, name: str
) -> None:
    shutil.copytree(STARTER, elsewhere / "content")
    settings = (elsewhere / "content" / "course.yaml").read_text(encoding="utf-8")
    (elsewhere / "content" / "course.yaml").unlink()
    if name != "figures":  # which needs no course
        done = say(name, "--content", "content")
        assert done.exit_code == 1
        # Not what follows from it: macros that nobody declared.
        assert done.stderr.count(": error [") == 1
        assert "error [no-course]" in done.stderr
        (elsewhere / "content" / "course.yml").write_text(settings, encoding="utf-8")
        renamed = say(name, "--content", "content").stderr
        assert "Rename `course.yml` to `course.yaml`." in renamed
        assert "Rename `content/course.yml` to `course.yaml`." in say(name).stderr
    shutil.rmtree(elsewhere / "content")
    (elsewhere / "content").mkdir()
    (elsewhere / "content" / "course.yaml").write_text(settings, encoding="utf-8")
    done = say(name)
    assert "Traceback" not in done.output
    assert isinstance(done.exception, SystemExit | None)
    if name not in ("figures", "stats"):
        assert done.exit_code == 1
        assert "01-first-lesson.md" in done.stderr


def test_later_versions_follow_earlier_ones() -> None:
    from aml_build.commands.release import _is_later

    order = ["", "0.9", "0.9.1a1", "0.9.1b2", "0.9.1-rc1", "0.9.1.rc2", "0.9.1", "0.10", "1.0.0", "10.0"]  # fmt: skip
    for before, last in enumerate(order):
        for now, version in enumerate(order):
            assert _is_later(version, last) is (now > before), (version, last)
