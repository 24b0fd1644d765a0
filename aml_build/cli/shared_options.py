"""Options that several commands share, their error messages, and the exit codes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from aml_build.diagnostics.suggestions import nearest
from aml_build.storage.course_search import CONTENT, courses_below, find_course, output_folder
from aml_build.storage.source_paths import SETTINGS

CLEAN, MISTAKES, TROUBLE = 0, 1, 2


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


def _course_folder(_context: click.Context, _option: click.Parameter, root: Path | None) -> Path:
    """Return the folder that was typed, or that of the nearest course; fail if there is none."""
    if root is None:
        return _nearest_course()
    if root.is_dir():
        return root
    if root.exists():
        is_course = (root.parent / SETTINGS).is_file()
        name = f"--content {root.parent.as_posix()}" if is_course else "the folder with course.yaml"
        raise click.BadParameter(f"{root} is a file. Name {name}.")
    courses = (path.parent.as_posix() for path in root.parent.glob(f"*/{SETTINGS}"))
    near = nearest(root.as_posix(), courses)
    hint = f"Did you mean {near}?" if near else f"To begin a course there: aml-build new {root}"
    raise click.BadParameter(f"There is no folder {root}. {hint}")


def _nearest_course() -> Path:
    """Return the folder of the nearest course; print it unless it is the current one."""
    here = Path.cwd()
    found = find_course(here)
    if found is None:
        raise click.UsageError(_no_course(here))
    if found.parts:
        click.echo(f"course: {found.as_posix()}", err=True)
    return found


def _no_course(here: Path) -> str:
    """Return why no course was found, and what to type."""
    misnamed = Path(SETTINGS).with_suffix(".yml")
    for path in (misnamed, CONTENT / misnamed):
        if (here / path).is_file():
            return f"Rename `{path.as_posix()}` to `{SETTINGS}`."
    below = [path.as_posix() for path in courses_below(here)]
    name = f"--content {below[0]}" if len(below) == 1 else "--content FOLDER"
    listed = f" ({', '.join(below)})" if len(below) > 1 else ""
    return (
        f"There is no course here: no `{SETTINGS}` in this folder or in one above it. "
        f"To name a course: {name}{listed}. To begin one: aml-build new FOLDER"
    )


def _out_folder(context: click.Context, _option: click.Parameter, out: Path | None) -> Path:
    """Return the folder, by default that of the course; fail if a file is in its place."""
    if out is None:
        out = output_folder(context.params["root"])
    there = next(path for path in (out, *out.parents) if path.exists())
    if not there.is_dir():
        raise click.BadParameter(f"{there} is a file. Name a folder, which need not exist yet.")
    return out


content_option = click.option(
    "--content",
    "root",
    type=click.Path(path_type=Path),
    show_default="the nearest course, here or above",
    callback=_course_folder,
    help="The folder with course.yaml and the lessons.",
)
out_option = click.option(
    "--out",
    type=click.Path(path_type=Path),
    show_default="out in the course's folder, beside a folder named content",
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
