"""`aml-build check`."""

import sys
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from aml_build.cli import console
from aml_build.cli.shared_options import course_command, json_option
from aml_build.phrases import count_of

if TYPE_CHECKING:
    from aml_build.pipeline.outcome import Outcome

_NAMED = 3
"""Figures that the last line names; of more, it gives the number."""


@course_command("check")
@click.option("--fix", is_flag=True, help="First write missing ids into the notes.")
@click.option(
    "--sarif",
    "sarif_file",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also write the mistakes to FILE as SARIF, for code hosts.",
)
@click.option(
    "--print",
    "pages",
    is_flag=True,
    help="Also draw all figures and typeset the sheet and the booklet, as a build does.",
)
@json_option
def check_command(
    root: Path, out: Path, fix: bool, sarif_file: Path | None, pages: bool, as_json: bool
) -> None:
    """List the mistakes in the notes, and what to type instead.

    Each mistake has its file, line and column. The last line names what was not looked at.

    \b
    Examples: aml-build check --fix
              aml-build check --print --sarif out/check.sarif
    """
    from aml_build.commands.check import check

    if fix:
        from aml_build.commands.fix import fix_course

        for path, count in fix_course(root):
            if not as_json:
                click.echo(f"{(root / path).as_posix()}: {count_of(count, 'id')} written")
    with console.progress() as on_progress:
        outcome = check(root, out, on_progress, pages=pages)
    if sarif_file is not None:
        from aml_build.diagnostics.sarif import sarif
        from aml_build.storage.files import write_atomically

        log = sarif(
            outcome.diagnostics,
            outcome.sources,
            root,
            outcome.missing,
            _not_looked_at(outcome, pages=pages),
        )
        write_atomically(sarif_file, log.encode())
    console.show_outcome(outcome, root, out, as_json=as_json)
    if not (as_json or outcome.diagnostics or outcome.missing):
        click.echo("no mistakes")
    if not as_json and (left := _not_looked_at(outcome, pages=pages)):
        click.echo(left)
    sys.exit(outcome.exit_code)


def _not_looked_at(outcome: "Outcome", *, pages: bool) -> str:
    """Return a line about what was not looked at; empty if all was."""
    from aml_build.diagnostics.diagnostic import has_errors

    figures, printed = outcome.not_looked_at.figures, outcome.not_looked_at.artifacts
    parts = []
    if figures:
        names = [PurePosixPath(path).stem for path in figures]
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        parts.append(
            f"{count_of(len(figures), 'figure')} not drawn ({', '.join(names[:_NAMED])}{more})"
        )
    if printed:
        parts.append(f"the pages of the {' and the '.join(printed)}")
    if not parts:
        return ""
    if outcome.missing:
        how = "a tool is missing"
    elif pages:
        how = "correct the errors first"
    else:
        later = ", once the errors are corrected" if has_errors(outcome.diagnostics) else ""
        how = f"`aml-build check --print` does{later}"
    return f"not looked at: {', '.join(parts)}; {how}"
