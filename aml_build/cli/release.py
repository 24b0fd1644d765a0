"""`aml-build release`."""

import sys
from pathlib import Path

import click

from aml_build.cli import console
from aml_build.cli.options import CourseCommand, content_option, out_option


@click.command("release", cls=CourseCommand)
@click.option("--version", metavar="X", help="The version to release, e.g. 1.2.0.")
@content_option
@out_option
@click.option(
    "--changelog",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("CHANGELOG.md"),
    show_default=True,
    help="The file whose part `Unreleased` becomes the version's.",
)
@click.option("--allow-dirty", is_flag=True, help="Release notes that were not committed.")
@click.option("--notes", is_flag=True, help="Only print what the changelog says about version X.")
def release_command(
    version: str | None, root: Path, out: Path, changelog: Path, allow_dirty: bool, notes: bool
) -> None:
    """Build everything as version X, for students to import.

    Writes down what they now have. Refuses what would strand them: a vanished id, a reused number,
    a changed note type. Moves what is unreleased in the changelog to the version, with what
    importing the deck does.

    \b
    Example: aml-build release --version 1.2.0
    """
    from aml_build.commands.release import notes_of
    from aml_build.commands.release import release as run

    if version is None:
        raise click.UsageError("Name the version to release: --version 1.2.0")
    if notes:
        if not changelog.is_file():
            raise click.UsageError(f"There is no {changelog}. Name it: --changelog FILE")
        said = notes_of(changelog, version)
        if not said:
            raise click.UsageError(f"{changelog} has no section `## {version}`. Release it first.")
        click.echo(said, nl=False)
        return
    with console.progress() as on_progress:
        done = run(root, out, version, on_progress, changelog=changelog, allow_dirty=allow_dirty)
    console.show_outcome(done.outcome, root, out, as_json=False)
    if done.diff is not None:
        console.show_diff(done.diff, as_json=False, as_markdown=False)
    if done.refusal:
        click.echo(f"Not released. {done.refusal}", err=True)
        sys.exit(done.exit_code)
    for step in done.next_steps:
        click.echo(step)
