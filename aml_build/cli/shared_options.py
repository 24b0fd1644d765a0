"""Options that several commands share, their error messages, and the exit codes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from aml_build.diagnostics.suggestions import nearest

CLEAN, MISTAKES, TROUBLE = 0, 1, 2
_COURSE = "course.yaml"


class NearestChoice(click.Choice[str]):
    """One of a few words; the message for another word names the nearest."""

    def get_invalid_choice_message(self, value: object, ctx: click.Context | None) -> str:
        """Return what is wrong and what to type."""
        near = nearest(str(value), self.choices)
        if near is None:
            return super().get_invalid_choice_message(value, ctx)
        return f"{value!r} is not one of them. Did you mean {near!r}?"


class Whole(click.IntRange):
    """A whole number; the message for another value names the range."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number, or fail with what to type."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            most = (
                f"from {self.min} to {self.max}" if self.max is not None else f"from {self.min} on"
            )
            self.fail(f"Write a whole number {most}, not {value!r}.", param, ctx)


class CourseCommand(click.Command):
    """A command about one course; the message for an extra word tells how to name a course."""

    allow_extra_args = True

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the options; fail for an extra word."""
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise click.UsageError(f"{rest[0]!r} is a word too many. {course_hint(rest[0])}", ctx)
        return rest


def course_hint(folder: str) -> str:
    """Return a sentence that tells how to name a course, with the folder if it exists."""
    return f"A course is named by its folder: --content {folder if Path(folder).is_dir() else 'FOLDER'}"


def _course_folder(ctx: click.Context, param: click.Parameter, root: Path) -> Path:
    """Return the folder; fail if it was typed and is not a folder."""
    typed = ctx.get_parameter_source(param.name or "") is ParameterSource.COMMANDLINE
    if root.is_dir() or not typed:
        return root
    if root.exists():
        is_course = (root.parent / _COURSE).is_file()
        name = f"--content {root.parent.as_posix()}" if is_course else "the folder with course.yaml"
        raise click.BadParameter(f"{root} is a file. Name {name}.")
    courses = (path.parent.as_posix() for path in root.parent.glob(f"*/{_COURSE}"))
    near = nearest(root.as_posix(), courses)
    hint = f"Did you mean {near}?" if near else f"To begin a course there: aml-build new {root}"
    raise click.BadParameter(f"There is no folder {root}. {hint}")


def _out_folder(_context: click.Context, _option: click.Parameter, out: Path) -> Path:
    """Return the folder; fail if it, or a folder above it, is a file."""
    there = next(path for path in (out, *out.parents) if path.exists())
    if not there.is_dir():
        raise click.BadParameter(f"{there} is a file. Name a folder, which need not exist yet.")
    return out


content_option = click.option(
    "--content",
    "root",
    type=click.Path(path_type=Path),
    default=Path("content"),
    show_default=True,
    callback=_course_folder,
    help="The folder with course.yaml and the lessons.",
)
out_option = click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("out"),
    show_default=True,
    callback=_out_folder,
    help="Where the artifacts go.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
cache_option = click.option(
    "--no-cache",
    "use_cache",
    is_flag=True,
    flag_value=False,
    default=True,
    help="Do everything anew.",
)


def course_command(name: str) -> Callable[[Callable[..., None]], click.Command]:
    """Return a decorator that makes a command about a course, called with ``root`` and ``out``."""

    def decorate(function: Callable[..., None]) -> click.Command:
        return click.command(name, cls=CourseCommand)(content_option(out_option(function)))

    return decorate
