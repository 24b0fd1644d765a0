"""`aml-build doctor`."""

import shlex
import sys
from pathlib import Path

import click

from aml_build.cli.shared_options import CLEAN, TROUBLE
from aml_build.storage.course_search import find_course, output_folder


@click.command("doctor")
def doctor_command() -> None:
    """List the tools that are installed, and how to install the others.

    Also shows which course the other commands find from here.

    \b
    Example: aml-build doctor
    """
    from aml_build.commands.doctor import examine

    findings = examine()
    for finding in findings:
        mark = click.style("ok     ", "green") if finding.found else click.style("missing", "red")
        click.echo(f"{mark}  {finding.tool:<11} {finding.purpose}")
        click.echo(f"         {finding.version if finding.found else finding.remedy}")
    course = find_course(Path.cwd())
    click.echo(f"{'course':<7}  {course.as_posix() if course else 'none here or above'}")
    click.echo(f"         {_course_hint(course)}")
    sys.exit(CLEAN if all(f.found for f in findings) else TROUBLE)


def _course_hint(course: Path | None) -> str:
    """Return where the artifacts go, or how to begin a course."""
    if course is None:
        return "aml-build new FOLDER begins one"
    return f"artifacts go to {shlex.quote(output_folder(course).as_posix())}"
