"""`checks: {code: off}` in course.yaml hides the warnings of that code, and nothing else."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from aml_build.cli import cli
from tests.mistakes import HEAD

LONG = "word " * 90
LESSON = f"""{HEAD}
## Bayes {{#bayes}}

Weighs evidence.

### Is it good? {{#good}}

It is {LONG}.

## Priors {{#priors see="nowhere"}}

Are {"x" * 400}.
"""


@pytest.fixture(params=["check", "build deck", "build booklet"])
def command(request: pytest.FixtureRequest) -> list[str]:
    return str(request.param).split()


def found(place: Path, command: list[str], checks: str, lesson: str = LESSON) -> set[str]:
    content = place / "content"
    content.mkdir(exist_ok=True)
    course = f"id: small\ntitle: Small\nchecks: {checks}\n"
    (content / "course.yaml").write_text(course, encoding="utf-8")
    (content / "01.md").write_text(lesson, encoding="utf-8")
    where = ["--content", str(content)]
    where += ["--out", str(place / "out")] if command[0] == "build" else []
    done = CliRunner().invoke(cli, [*command, *where, "--json"])
    return {d["code"] for d in json.loads(done.stdout)["diagnostics"]}


def test_a_disabled_warning_is_hidden_and_only_that(tmp_path: Path, command: list[str]) -> None:
    everything = found(tmp_path, command, "{}")
    assert everything > {"long-answer", "dangling-reference"}
    assert found(tmp_path, command, "{long-answer: off}") == everything - {"long-answer"}
    assert found(tmp_path, command, "{long-list: off}") == everything


def test_a_warning_of_an_artifact_is_hidden_like_one_of_the_notes(tmp_path: Path) -> None:
    sound = LESSON.replace(' see="nowhere"', "")
    command = ["build", "booklet"]
    everything = found(tmp_path, command, "{}", sound)
    assert everything > {"long-answer", "print-overfull"}
    off = found(tmp_path, command, "{print-overfull: off}", sound)
    assert off == everything - {"print-overfull"}


def test_an_error_cannot_be_disabled(tmp_path: Path) -> None:
    assert "dangling-reference" in found(tmp_path, ["check"], "{dangling-reference: off}")
