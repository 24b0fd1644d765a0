"""The command line: parse options, call, print, exit."""

import sys

import click

from aml_build.cli.build import build, check, figures
from aml_build.cli.common import TROUBLE
from aml_build.cli.releases import diff, release
from aml_build.cli.tools import doctor, model, new, schema, stats


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="aml-build")
def cli() -> None:
    """Make Anki decks, a cheat sheet and a Q&A booklet from one set of Markdown notes.

    \b
    Exit codes: 0 all well, 1 mistakes in the notes, 2 wrong usage or a missing tool.
    """


for _command in (build, check, figures, stats, diff, release, model, schema, new, doctor):
    cli.add_command(_command)


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
