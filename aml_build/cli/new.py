"""`aml-build new`."""

import shlex
from pathlib import Path

import click


@click.command("new")
@click.argument("folder", type=click.Path(path_type=Path))
def new_command(folder: Path) -> None:
    """Begin a small course of your own in FOLDER.

    It uses every construct once and explains it. Its id is made of the folder's name. The folder may be
    a new repository, with a README, a licence and hidden files.

    \b
    Examples: aml-build new my-course
              aml-build new .
    """
    from aml_build.commands.new import begin
    from aml_build.storage.output import FolderNotEmptyError

    try:
        files = begin(folder)
    except FolderNotEmptyError as full:
        raise click.UsageError(str(full)) from None
    for path in files:
        click.echo(path.as_posix())
    click.echo("now type:")
    if folder.resolve() != Path.cwd():
        click.echo(f"  cd {shlex.quote(folder.as_posix())}")
    click.echo("  aml-build build")
