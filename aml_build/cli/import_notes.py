"""`aml-build import`: make a course of existing notes."""

import sys
from pathlib import Path

import click

from aml_build.cli import console
from aml_build.cli.shared_options import MISTAKES, json_option
from aml_build.diagnostics.suggestions import nearest


def _notes(
    _context: click.Context, _argument: click.Parameter, notes: tuple[Path, ...]
) -> tuple[Path, ...]:
    """Return the files; fail for a path that is no file."""
    for path in notes:
        if path.is_dir():
            raise click.BadParameter(f"{path} is a folder. Name the files in it: {path}/*.md")
        if not path.exists():
            beside = (f.as_posix() for f in path.parent.glob("*") if f.is_file())
            near = nearest(path.as_posix(), beside)
            hint = f" Did you mean {near}?" if near else " Name the file with the notes."
            raise click.BadParameter(f"There is no file {path}.{hint}")
    return notes


def _course(_context: click.Context, _option: click.Parameter, into: Path | None) -> Path | None:
    """Return the course to merge into; fail if there is none."""
    if into is not None and not into.is_dir():
        raise click.BadParameter(f"There is no course {into}. To begin one: --out {into}")
    return into


@click.command("import")
@click.argument("notes", nargs=-1, required=True, type=click.Path(path_type=Path), callback=_notes)
@click.option("--out", type=click.Path(path_type=Path), help="The new course's folder.")
@click.option(
    "--update",
    "into",
    type=click.Path(path_type=Path),
    callback=_course,
    help="Merge into the course that an earlier import made.",
)
@click.option(
    "--from",
    "dialect",
    metavar="DIALECT",
    default="",
    help="anki, mdanki, md2anki, obsidian or flat; recognised by default.",
)
@json_option
def import_(
    notes: tuple[Path, ...], out: Path | None, into: Path | None, dialect: str, as_json: bool
) -> None:
    """Make a course of NOTES that you have already.

    They may be text, Markdown, Obsidian notes, or Anki's plain text.

    Nothing is lost: import-report.md lists what is not in the course, with its line.

    \b
    Examples: aml-build import notes.txt --out content
              aml-build import newer-notes.txt --update content
    """
    from aml_build.commands.import_notes import begin, update
    from aml_build.importer.dialects import NAMES
    from aml_build.importer.report.import_report import as_json as encoded, summary
    from aml_build.pipeline.outcome import outcome_of

    folder = out or into
    if folder is None or (out and into):
        raise click.UsageError(
            "Name one folder: --out FOLDER for a new course, or --update FOLDER to merge into one."
        )
    if dialect and dialect not in NAMES:
        near = nearest(dialect, NAMES)
        hint = f"Did you mean {near!r}?" if near else f"Write one of {', '.join(NAMES)}."
        raise click.BadParameter(f"There is no dialect {dialect!r}. {hint}", param_hint="--from")
    with console.progress() as on_progress:
        on_progress("reading the notes")
        done = (begin if out else update)(notes, folder, dialect)
    if done.usage:
        raise click.UsageError(done.usage)
    if done.report is None:
        outcome = outcome_of(done.diagnostics)
        console.show_outcome(outcome, Path(), Path(), as_json=as_json)
        sys.exit(MISTAKES)
    if as_json:
        click.echo(encoded(done.report))
        return
    click.echo(summary(done.report))
    click.echo(f"read {(done.folder / 'import-report.md').as_posix()}, then type:")
    click.echo(f"aml-build build --content {done.folder.as_posix()}")
