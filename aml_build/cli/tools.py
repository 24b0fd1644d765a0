"""`aml-build model`, `schema`, `stats`, `new` and `doctor`: what one runs now and then."""

import sys
from pathlib import Path

import click

from aml_build import console
from aml_build.cli.common import (
    CLEAN,
    MISTAKES,
    TROUBLE,
    NearestChoice,
    content_option,
    json_option,
    out_option,
)


@click.command()
@content_option
def model(root: Path) -> None:
    """Print the concept model as JSON, for other tools.

    \b
    Example: aml-build model | jq '.lessons[].concepts[].key.id'
    """
    from aml_build import schemas
    from aml_build.build import read
    from aml_build.cache import Cache
    from aml_build.outcome import Outcome

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
    """Print the JSON Schema of course.yaml, of a lesson's front matter, or of model.json.

    \b
    Example: aml-build schema course > course.schema.json
    """
    from aml_build import schemas

    click.echo(schemas.schema(schemas.Described(of)), nl=False)


@click.command()
@content_option
@out_option
@click.option(
    "--new-a-day", type=click.IntRange(1), default=20, show_default=True, help="New cards a day."
)
@json_option
def stats(root: Path, out: Path, new_a_day: int, as_json: bool) -> None:
    """Count concepts, cards and questions; tell how long answers are and what links to what.

    \b
    Example: aml-build stats --new-a-day 10
    """
    from aml_build.build import read
    from aml_build.cache import Cache
    from aml_build.outcome import Outcome
    from aml_build.stats import stats as count

    checked = read(root, Cache(out / ".cache"))
    if checked.course is None:
        console.show_outcome(
            Outcome(checked.diagnostics, sources=checked.sources), root, out, as_json=as_json
        )
        sys.exit(MISTAKES)
    console.show_stats(count(checked.course, checked.items, new_a_day), as_json=as_json)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def new(folder: Path) -> None:
    """Begin a course of your own in FOLDER: a small one that uses every construct once.

    \b
    Example: aml-build new my-course && aml-build build --content my-course
    """
    from aml_build.starter import NotEmpty, begin

    try:
        files = begin(folder)
    except NotEmpty as full:
        raise click.UsageError(str(full)) from None
    for path in files:
        click.echo(path.as_posix())
    click.echo(f"now type: aml-build build --content {folder.as_posix()}")


@click.command()
def doctor() -> None:
    """Tell which tools are there, which are missing, and how to get them.

    \b
    Example: aml-build doctor
    """
    from aml_build.doctor import examine

    findings = examine()
    console.show_findings(findings)
    sys.exit(CLEAN if all(f.found for f in findings) else TROUBLE)
