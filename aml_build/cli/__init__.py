"""The command line: parse options, call, print, exit."""

import atexit
import errno
import gc
import sys

import click

from aml_build.cli.build import build_command
from aml_build.cli.check import check_command
from aml_build.cli.diff import diff_command
from aml_build.cli.doctor import doctor_command
from aml_build.cli.figures import figures_command
from aml_build.cli.help import help_command
from aml_build.cli.import_notes import import_
from aml_build.cli.model import model_command, schema_command
from aml_build.cli.new import new_command
from aml_build.cli.preview import preview_command
from aml_build.cli.release import release_command
from aml_build.cli.shared_options import TROUBLE
from aml_build.cli.stats import stats_command
from aml_build.cli.watch import watch_command
from aml_build.shutdown import install_handlers
from aml_build.storage.clock import EpochError
from aml_build.storage.files import describe


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="aml-build")
@click.pass_context
def cli(context: click.Context) -> None:
    """Make Anki decks, a cheat sheet and a Q&A booklet from one set of Markdown notes.

    \b
    To read about a topic: aml-build help format
    Exit codes: 0 all well, 1 mistakes in the notes, 2 wrong usage or a missing tool.
    """
    install_handlers(as_usual=context.invoked_subcommand == "watch")


for _command in (
    build_command, preview_command, watch_command, check_command, figures_command, stats_command,
    diff_command, release_command, model_command, schema_command, new_command, import_,
    doctor_command, help_command,
):  # fmt: skip
    cli.add_command(_command)


_REMEDIES = {
    errno.EACCES: "You may not read or write there: change its permissions, or name another place.",
    errno.EPERM: "You may not read or write there: change its permissions, or name another place.",
    errno.EROFS: "Nothing can be written there: name another place with --out.",
    errno.ENOSPC: "Free some space on that disk, then type the same command again.",
    errno.ENOENT: "Nothing is there, and nothing could be made there: name another place.",
    errno.ENOTDIR: "There is a file where a folder has to be: name another place.",
    errno.EISDIR: "There is a folder where a file has to be: move it away.",
}


def main() -> None:
    """Run the command line; an error of the operating system is one line, not a traceback."""
    # A course is large and has no reference cycles, so frequent collections only cost time.
    gc.set_threshold(500_000, 20, 100)
    atexit.register(gc.freeze)  # the same at exit
    try:
        cli(standalone_mode=True)
    except EpochError as error:
        click.echo(f"aml-build: {error}", err=True)
        sys.exit(TROUBLE)
    except OSError as error:
        remedy = f". {_REMEDIES[error.errno]}" if error.errno in _REMEDIES else ""
        click.echo(f"aml-build: {describe(error)}{remedy}", err=True)
        sys.exit(TROUBLE)
