"""The command line: parse options, call, print, exit."""

import sys
from pathlib import Path

import click

from aml_build import console
from aml_build.targets import Target

CLEAN, MISTAKES, TROUBLE = 0, 1, 2

content_option = click.option(
    "--content",
    "root",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("content"),
    show_default=True,
    help="The folder with course.yaml and the lessons.",
)
out_option = click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("out"),
    show_default=True,
    help="Where the artifacts go.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
cache_option = click.option(
    "--no-cache", "use_cache", is_flag=True, flag_value=False, default=True,
    help="Do everything anew.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="aml-build")
def cli() -> None:
    """Make Anki decks, a cheat sheet and a Q&A booklet from one set of Markdown notes.

    \b
    Exit codes: 0 all well, 1 mistakes in the notes, 2 wrong usage or a missing tool.
    """


@cli.command()
@click.argument("targets", nargs=-1, type=click.Choice([t.value for t in Target]))
@content_option
@out_option
@cache_option
@json_option
def build(
    targets: tuple[str, ...], root: Path, out: Path, use_cache: bool, as_json: bool
) -> None:
    """Build all artifacts, or only the TARGETs named.

    \b
    Example: aml-build build deck sheet
    """
    from aml_build.build import Request
    from aml_build.build import build as run

    wanted = tuple(Target(t) for t in targets) or tuple(Target)
    with console.progress() as say:
        outcome = run(Request(root, out, wanted, use_cache), say)
    console.show_outcome(outcome, root, out, as_json=as_json)
    sys.exit(outcome.exit_code)


@cli.command()
@content_option
@out_option
@click.option("--fix", is_flag=True, help="First write missing ids into the notes.")
@json_option
def check(root: Path, out: Path, fix: bool, as_json: bool) -> None:
    """List every mistake in the notes: file, line, column, what is wrong, what to type.

    \b
    Example: aml-build check --fix
    """
    from aml_build.build import Outcome, read
    from aml_build.cache import Cache

    if fix:
        from aml_build.fix import fix_course

        console.show_fixes(fix_course(root), as_json=as_json)
    with console.progress() as say:
        checked = read(root, Cache(out / ".cache"), say)
    outcome = Outcome(checked.diagnostics, missing=checked.missing, sources=checked.sources)
    console.show_outcome(outcome, root, out, as_json=as_json)
    sys.exit(outcome.exit_code)


@cli.command()
@content_option
@click.option("--schema", is_flag=True, help="Print the JSON Schema of the model instead.")
def model(root: Path, schema: bool) -> None:
    """Print the concept model as JSON, for other tools.

    \b
    Example: aml-build model | jq '.lessons[].concepts[].key.id'
    """
    from aml_build import schemas
    from aml_build.build import Outcome, read
    from aml_build.cache import Cache

    if schema:
        click.echo(schemas.model_schema(), nl=False)
        return
    checked = read(root, Cache(None))
    if not checked.sound or checked.course is None:
        console.show_outcome(
            Outcome(checked.diagnostics, sources=checked.sources), root, Path(), as_json=False
        )
        sys.exit(MISTAKES)
    click.echo(schemas.dump(checked.course), nl=False)


@cli.command()
def doctor() -> None:
    """Tell which tools are there, which are missing, and how to get them.

    \b
    Example: aml-build doctor
    """
    from aml_build.doctor import examine

    findings = examine()
    console.show_findings(findings)
    sys.exit(CLEAN if all(f.found for f in findings) else TROUBLE)


def main() -> None:
    """Run the command line; what the operating system refuses is one line, not a traceback."""
    try:
        cli(standalone_mode=True)
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        click.echo(f"aml-build: {place}{error.strerror or error}", err=True)
        sys.exit(TROUBLE)
    except KeyboardInterrupt:
        click.echo("aml-build: interrupted; nothing half-written was left", err=True)
        sys.exit(130)
