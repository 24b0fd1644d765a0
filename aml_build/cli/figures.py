"""`aml-build figures`."""

import sys
from pathlib import Path

import click

from aml_build.cli import console
from aml_build.cli.shared_options import content_option, json_option, out_option


@click.command("figures")
@click.argument("names", nargs=-1)
@content_option
@out_option
@json_option
def figures_command(names: tuple[str, ...], root: Path, out: Path, as_json: bool) -> None:
    """Draw all figures, or those NAMED, with their labels.

    The page out/figures.html shows them.

    \b
    Example: aml-build figures my-figure
    """
    from aml_build.commands.figures import FigureNotFoundError, make_gallery
    from aml_build.storage.cache import Cache
    from aml_build.storage.source_paths import CACHE

    with console.progress() as on_progress:
        on_progress("drawing the figures")
        try:
            outcome = make_gallery(root, out, names, Cache(out / CACHE))
        except FigureNotFoundError as error:
            raise click.UsageError(str(error)) from None
    console.show_outcome(outcome, root, out, as_json=as_json)
    sys.exit(outcome.exit_code)
