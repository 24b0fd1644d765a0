"""`aml-build release`."""

import sys
from pathlib import Path

import click

from aml_build.cli import console
from aml_build.cli.shared_options import course_command


@course_command("release")
@click.option("--version", metavar="X", help="The version to release, e.g. 1.2.0.")
@click.option(
    "--changelog",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file whose part `Unreleased` becomes the version's: the course's CHANGELOG.md by default.",
)
@click.option("--allow-dirty", is_flag=True, help="Release notes that were not committed.")
@click.option("--notes", is_flag=True, help="Only print the section of version X in the changelog.")
def release_command(
    version: str | None,
    root: Path,
    out: Path,
    changelog: Path | None,
    allow_dirty: bool,
    notes: bool,
) -> None:
    """Build everything as version X, for students to import.

    Records what students have. Refuses changes that cost them review history: a vanished id, a
    reused number, a changed note type. Moves the changelog's part `Unreleased` to the version, and
    adds what importing the deck does.

    \b
    Example: aml-build release --version 1.2.0
    """
    from aml_build.commands.release import changelog_of, notes_of, release as run

    if version is None:
        raise click.UsageError("Name the version to release: --version 1.2.0")
    if notes:
        changelog = changelog or changelog_of(root)
        if not changelog.is_file():
            raise click.UsageError(f"There is no {changelog}. Name it: --changelog FILE")
        text = notes_of(changelog, version)
        if not text:
            raise click.UsageError(f"{changelog} has no section `## {version}`. Release it first.")
        click.echo(text, nl=False)
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
