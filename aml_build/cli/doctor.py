"""`aml-build doctor`."""

import sys

import click

from aml_build.cli import console
from aml_build.cli.options import CLEAN, TROUBLE


@click.command("doctor")
def doctor_command() -> None:
    """Tell which tools are there, and how to get the others.

    \b
    Example: aml-build doctor
    """
    from aml_build.commands.doctor import examine

    findings = examine()
    console.show_findings(findings)
    sys.exit(CLEAN if all(f.found for f in findings) else TROUBLE)
