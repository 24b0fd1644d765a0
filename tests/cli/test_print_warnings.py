"""Warnings that `course.yaml` switches off, whichever step of a build finds them."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from aml_build.cli import cli
from tests.paths import STARTER


def formula(letters: int) -> str:
    """Return a formula that has no place where it could be broken."""
    return f"$\\mathrm{{{'w' * letters}}}$"


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(STARTER, tmp_path / "content")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "content"


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def codes(*arguments: str) -> list[str]:
    done = CliRunner().invoke(cli, [*arguments, "--json"])
    return [found["code"] for found in json.loads(done.stdout)["diagnostics"]]


def test_a_warning_of_the_booklet_can_be_switched_off(course: Path) -> None:
    answer = f"It is {formula(51)} indeed."
    append(course / "01-orbits.md", f"\n### Why so long? {{#long}}\n\n{answer}\n")
    assert codes("build", "booklet") == ["print-overfull"]
    append(course / "course.yaml", "checks: {print-overfull: off}\n")
    assert codes("build", "booklet") == []
    # What an unchanged build repeats is what it found.
    assert codes("build", "booklet") == []


def test_a_warning_of_the_notes_can_be_switched_off_and_only_that(course: Path) -> None:
    answer = " ".join(["words"] * 120)
    append(course / "01-orbits.md", f"\n### Is it so? {{#long}}\n\n{answer}.\n")
    assert set(codes("check")) == {"long-answer", "yes-no-question"}
    append(course / "course.yaml", "checks: {long-answer: off}\n")
    assert codes("check") == ["yes-no-question"]
    assert codes("build", "model") == ["yes-no-question"]


@pytest.mark.parametrize("target", ["sheet", "booklet"])
def test_a_line_far_too_long_is_an_error_that_stays(course: Path, target: str) -> None:
    append(course / "01-orbits.md", f"\n## Long {{#long}}\n\nIt is {formula(99)} indeed.\n")
    assert codes("build", target) == [f"{target}-overfull"]
    append(course / "course.yaml", f"checks: {{print-overfull: off, {target}-overfull: off}}\n")
    assert codes("build", target) == ["bad-value"]
