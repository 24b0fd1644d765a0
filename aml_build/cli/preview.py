"""`aml-build preview`."""

import sys
from pathlib import Path

import click

from aml_build.cli import console
from aml_build.cli.shared_options import course_command
from aml_build.pipeline.options import Target


@course_command("preview")
@click.option("--no-open", is_flag=True, help="Build the preview, but open no browser.")
def preview_command(root: Path, out: Path, no_open: bool) -> None:
    """Show all cards in the browser, front and back.

    Needs neither Anki nor a network.

    \b
    Example: aml-build preview
    """
    import webbrowser

    from aml_build.commands.build import build
    from aml_build.pipeline.request import BuildRequest

    with console.progress() as on_progress:
        outcome = build(BuildRequest(root, out, (Target.PREVIEW,)), on_progress)
    console.show_outcome(outcome, root, out, as_json=False)
    page = out / "preview" / "index.html"
    made = outcome.unchanged or outcome.rows
    if made and not no_open and not webbrowser.open(page.resolve().as_uri()):
        click.echo(f"no browser was found: open {page.as_posix()} yourself", err=True)
    sys.exit(outcome.exit_code)
