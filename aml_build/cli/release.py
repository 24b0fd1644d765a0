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
@click.option("--files", is_flag=True, help="Only write the files of the last release again.")
def release_command(
    version: str | None,
    root: Path,
    out: Path,
    changelog: Path | None,
    allow_dirty: bool,
    files: bool,
) -> None:
    """Build everything as version X, for students to import.

    Records what students have. Refuses changes that cost them review history: a vanished id, a
    reused number, a changed note type. Moves the changelog's part `Unreleased` to the version, and
    adds what importing the deck does. Writes the files for students, with the version in their names,
    their checksums and the release notes to out/release.

    \b
    Examples: aml-build release --version 1.2.0
              aml-build release --files
    """
    from aml_build.commands.release import gather, release as run

    if files and allow_dirty:
        raise click.UsageError("--files writes what was released: omit --allow-dirty.")
    if version is None and not files:
        raise click.UsageError("Name the version to release: --version 1.2.0")
    with console.progress() as on_progress:
        if files:
            done = gather(root, out, version or "", on_progress, changelog=changelog)
        else:
            done = run(
                root, out, version or "", on_progress, changelog=changelog, allow_dirty=allow_dirty
            )
    console.show_outcome(done.outcome, root, out, as_json=False)
    if done.diff is not None:
        console.show_diff(done.diff, as_json=False, as_markdown=False)
    if done.refusal:
        click.echo(f"{'Nothing written' if files else 'Not released'}. {done.refusal}", err=True)
        sys.exit(done.exit_code)
    for step in done.next_steps:
        click.echo(step)
