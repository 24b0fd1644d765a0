"""`aml-build doctor`, with the tools that are here and with others."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from aml_build.cli import cli
from aml_build.commands.doctor import examine


def machine(folder: Path, monkeypatch: pytest.MonkeyPatch, *programs: str) -> None:
    """Leave nothing on the path but these programs, which answer with their name."""
    for name in programs:
        program = folder / name
        program.write_text(f"#!/bin/sh\necho this is {name}\n", encoding="utf-8")
        program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


@pytest.mark.parametrize(
    ("manager", "command"),
    [
        ("apt-get", "sudo apt-get install poppler-utils"),
        ("dnf", "sudo dnf install poppler-utils"),
        ("pacman", "sudo pacman -S poppler"),
        ("brew", "brew install poppler"),
    ],
)
def test_what_is_missing_comes_with_the_command_of_this_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, manager: str, command: str
) -> None:
    machine(tmp_path, monkeypatch, manager, "git")
    done = CliRunner().invoke(cli, ["doctor"])
    assert done.exit_code == 2
    lines = done.stdout.splitlines()
    assert [line.split()[:2] for line in lines[:6:2]] == [
        ["missing", "pdflatex"],
        ["missing", "pdftocairo"],
        ["ok", "git"],
    ]
    assert lines[3].strip() == command
    assert lines[5].strip() == "this is git"


def test_on_a_system_we_do_not_know_all_ways_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine(tmp_path, monkeypatch)
    assert all(not found.found for found in examine())
    for found in examine():
        assert [
            s for s in ("Debian", "Fedora", "Arch", "macOS", "Windows") if s not in found.remedy
        ] == []


def test_all_is_well_where_all_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    machine(tmp_path, monkeypatch, "pdflatex", "pdftocairo", "git")
    done = CliRunner().invoke(cli, ["doctor"])
    assert done.exit_code == 0
    assert "missing" not in done.stdout


def test_a_tool_that_says_nothing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    machine(tmp_path, monkeypatch, "git")
    (tmp_path / "git").write_text("#!/nowhere\n", encoding="utf-8")
    (found,) = (found for found in examine() if found.tool == "git")
    assert found.version == "does not answer"


@pytest.mark.parametrize(
    ("course", "found", "hint"),
    [
        ("", "none here or above", "aml-build new FOLDER begins one"),
        ("here", ".", "artifacts go to out"),
        (".", "..", "artifacts go to ../out"),
        ("content", "../content", "artifacts go to ../out"),
    ],
)
def test_it_shows_the_course_that_commands_find(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, course: str, found: str, hint: str
) -> None:
    (tmp_path / "here").mkdir()
    if course:
        (tmp_path / course).mkdir(exist_ok=True)
        (tmp_path / course / "course.yaml").write_text("id: x\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path / "here")
    shown, reason = CliRunner().invoke(cli, ["doctor"]).stdout.splitlines()[-2:]
    assert shown.split(maxsplit=1) == ["course", found]
    assert reason.strip() == hint
