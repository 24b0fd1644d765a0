"""`aml-build doctor`."""

import sys

import click

from aml_build.cli.shared_options import CLEAN, TROUBLE


@click.command("doctor")
def doctor_command() -> None:
    """List the tools that are installed, and how to install the others.

    \b
    Example: aml-build doctor
    """
    from aml_build.commands.doctor import examine

    findings = examine()
    for finding in findings:
        mark = click.style("ok     ", "green") if finding.found else click.style("missing", "red")
        click.echo(f"{mark}  {finding.tool:<11} {finding.purpose}")
        click.echo(f"         {finding.version if finding.found else finding.remedy}")
    sys.exit(CLEAN if all(f.found for f in findings) else TROUBLE)
