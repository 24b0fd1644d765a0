"""`aml-build check`."""

import sys
from pathlib import Path

import click

from aml_build.cli import console
from aml_build.cli.shared_options import course_command, json_option


@course_command("check")
@click.option("--fix", is_flag=True, help="First write missing ids into the notes.")
@click.option(
    "--sarif",
    "sarif_file",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also write the mistakes to FILE as SARIF, for code hosts.",
)
@json_option
def check_command(root: Path, out: Path, fix: bool, sarif_file: Path | None, as_json: bool) -> None:
    """List the mistakes in the notes, and what to type instead.

    Each mistake has its file, line and column.

    \b
    Examples: aml-build check --fix
              aml-build check --sarif out/check.sarif
    """
    from aml_build.pipeline.build import check_notes
    from aml_build.storage.cache import Cache
    from aml_build.storage.source_paths import CACHE

    if fix:
        from aml_build.commands.fix import fix_course

        for path, count in fix_course(root):
            if not as_json:
                click.echo(
                    f"{(root / path).as_posix()}: {count} {'id' if count == 1 else 'ids'} written"
                )
    with console.progress() as on_progress:
        outcome = check_notes(root, Cache(out / CACHE), on_progress).outcome
    if sarif_file is not None:
        from aml_build.diagnostics.sarif import sarif
        from aml_build.storage.files import write_atomically

        log = sarif(outcome.diagnostics, outcome.sources, root, outcome.missing)
        write_atomically(sarif_file, log.encode())
    console.show_outcome(outcome, root, out, as_json=as_json)
    if not (as_json or outcome.diagnostics or outcome.missing):
        click.echo("no mistakes")
    sys.exit(outcome.exit_code)
