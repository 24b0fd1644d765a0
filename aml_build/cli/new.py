"""`aml-build new`."""

from pathlib import Path

import click


@click.command("new")
@click.argument("folder", type=click.Path(path_type=Path))
def new_command(folder: Path) -> None:
    """Begin a small course of your own in FOLDER.

    It uses every construct once and explains it.

    \b
    Example: aml-build new my-course && aml-build build --content my-course
    """
    from aml_build.commands.new import begin
    from aml_build.storage.output import FolderNotEmptyError

    try:
        files = begin(folder)
    except FolderNotEmptyError as full:
        raise click.UsageError(str(full)) from None
    for path in files:
        click.echo(path.as_posix())
    click.echo(f"now type: aml-build build --content {folder.as_posix()}")
