"""What `aml-build build` makes of its options, and what its help says of the artifacts."""

from typing import Any

import click
import pytest
from click.testing import CliRunner

from aml_build.cli import cli
from aml_build.cli.build import build_command
from aml_build.commands import build as build_module
from aml_build.model import BookletOptions
from aml_build.model.option_table import option_table
from aml_build.pipeline.options import BookletRequest, Options, SheetKind, SheetRequest, Target
from aml_build.pipeline.outcome import Outcome
from aml_build.pipeline.request import BuildRequest


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[BuildRequest]:
    requests: list[BuildRequest] = []

    def build(request: BuildRequest, _on_progress: Any) -> Outcome:
        requests.append(request)
        return Outcome(())

    monkeypatch.setattr(build_module, "build", build)
    return requests


@pytest.mark.parametrize(
    ("typed", "options"),
    [
        ("", Options()),
        ("--sheet grey", Options(SheetRequest(SheetKind.GREY))),
        ("--sheet lesson=12", Options(SheetRequest(lesson=12))),
        ("--questions-only", Options(booklet=BookletRequest(questions_only=True))),
        ("--answers-only", Options(booklet=BookletRequest(answers_only=True))),
        ("--one-sided", Options(booklet=BookletRequest(one_sided=True))),
        ("--write-lines 0", Options(booklet=BookletRequest(write_lines=0))),
        ("--lesson 2 --lesson 1", Options(booklet=BookletRequest(lessons=(2, 1)))),
        (
            "--signature 4 --creep 0.1",
            Options(booklet=BookletRequest(signature=4, creep=0.1)),
        ),
    ],
)
def test_what_is_typed_is_what_is_asked(
    asked: list[BuildRequest], typed: str, options: Options
) -> None:
    done = CliRunner().invoke(cli, ["build", *typed.split()])
    assert done.exit_code == 0, done.output
    assert asked[0].options == options
    assert asked[0].targets == tuple(Target)


def test_a_stamp_tells_every_option_from_its_default() -> None:
    changed = [
        SheetRequest(SheetKind.GREY), SheetRequest(lesson=1), BookletRequest(one_sided=True),
        BookletRequest(questions_only=True), BookletRequest(answers_only=True),
        BookletRequest(write_lines=0), BookletRequest(lessons=(1,)), BookletRequest(signature=1),
        BookletRequest(creep=0.1),
    ]  # fmt: skip
    seen = {
        repr(Options(one) if isinstance(one, SheetRequest) else Options(booklet=one))
        for one in changed
    }
    assert len(seen | {repr(Options())}) == len(changed) + 1
    fields = SheetRequest.__struct_fields__ + BookletRequest.__struct_fields__
    assert len(changed) == len(fields), "add a value of each new field to `changed`"


@pytest.mark.parametrize("target", Target)
def test_the_help_says_what_each_target_is(target: Target) -> None:
    shown = CliRunner().invoke(cli, ["build", "--help"]).output
    (line,) = (line for line in shown.splitlines() if line.split()[:1] == [target.value])
    assert target.help in line


@pytest.mark.parametrize("target", Target)
def test_every_target_has_its_module(target: Target) -> None:
    from aml_build.pipeline.artifacts import load

    assert callable(load(target))


def test_the_options_of_an_artifact_are_options_of_the_command() -> None:
    names = {parameter.name for parameter in build_command.params}
    assert {name for target in Target for name in target.options} <= names


def test_ruled_lines_have_one_range() -> None:
    (row,) = (o for o in option_table(BookletOptions) if o.name == "write_lines")
    (flag,) = (p for p in build_command.params if p.name == "write_lines")
    assert isinstance(flag.type, click.IntRange)
    assert (flag.type.min, flag.type.max) == (row.low, row.high)
