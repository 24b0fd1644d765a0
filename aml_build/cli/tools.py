"""`aml-build model`, `schema`, `stats`, `new` and `doctor`: what one runs now and then."""

import sys
from pathlib import Path

import click

from aml_build.cli import console
from aml_build.cli.options import (
    CLEAN,
    MISTAKES,
    TROUBLE,
    CourseCommand,
    NearestChoice,
    Whole,
    content_option,
    json_option,
    out_option,
)


@click.command(cls=CourseCommand)
@content_option
def model(root: Path) -> None:
    """Print the concept model as JSON, for other tools.

    \b
    Example: aml-build model | jq '.lessons[].concepts[].key.id'
    """
    from aml_build.pipeline.build import read
    from aml_build.pipeline.outcome import Outcome
    from aml_build.schema import json_schemas as schemas
    from aml_build.storage.cache import Cache

    checked = read(root, Cache(None))
    if not checked.sound or checked.course is None:
        console.show_outcome(
            Outcome(checked.diagnostics, sources=checked.sources), root, Path(), as_json=False
        )
        sys.exit(MISTAKES)
    click.echo(schemas.dump(checked.course), nl=False)


@click.command()
@click.argument("of", type=NearestChoice(["course", "lesson", "model"]))
def schema(of: str) -> None:
    """Print a JSON Schema, for editors and other tools.

    Of course.yaml, of a lesson's front matter, or of model.json.

    \b
    Example: aml-build schema course > course.schema.json
    """
    from aml_build.schema import json_schemas as schemas

    click.echo(schemas.schema(schemas.Described(of)), nl=False)


@click.command(cls=CourseCommand)
@content_option
@out_option
@click.option("--new-a-day", type=Whole(1), default=20, show_default=True, help="New cards a day.")
@click.option("--all-boxes", is_flag=True, help="List every box of the cheat sheet, by lesson.")
@json_option
def stats(root: Path, out: Path, new_a_day: int, all_boxes: bool, as_json: bool) -> None:
    """Count concepts and cards, by lesson and kind.

    Tells also how long answers are, what links to what, and what boxes cost on the cheat sheet.

    \b
    Examples: aml-build stats --new-a-day 10
              aml-build stats --all-boxes
    """
    from aml_build.commands.stats import count

    with console.progress() as on_progress:
        counted = count(root, out, new_a_day, on_progress)
    if counted.stats is None:
        console.show_outcome(counted.outcome, root, out, as_json=as_json)
        sys.exit(MISTAKES)
    console.show_stats(counted.stats, as_json=as_json, all_boxes=all_boxes)
    sys.exit(counted.outcome.exit_code)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def new(folder: Path) -> None:
    """Begin a small course of your own in FOLDER.

    It uses every construct once and explains it.

    \b
    Example: aml-build new my-course && aml-build build --content my-course
    """
    from aml_build.commands.new import FolderNotEmptyError, begin

    try:
        files = begin(folder)
    except FolderNotEmptyError as full:
        raise click.UsageError(str(full)) from None
    for path in files:
        click.echo(path.as_posix())
    click.echo(f"now type: aml-build build --content {folder.as_posix()}")


@click.command()
def doctor() -> None:
    """Tell which tools are there, and how to get the others.

    \b
    Example: aml-build doctor
    """
    from aml_build.commands.doctor import examine

    findings = examine()
    console.show_findings(findings)
    sys.exit(CLEAN if all(f.found for f in findings) else TROUBLE)
