"""`aml-build diff`."""

import sys
from pathlib import Path

import click

from aml_build.cli import console
from aml_build.cli.shared_options import CLEAN, MISTAKES, course_command, json_option


@course_command("diff")
@click.option("--markdown", "as_markdown", is_flag=True, help="Print release notes.")
@json_option
def diff_command(root: Path, out: Path, as_markdown: bool, as_json: bool) -> None:
    """Show what the next import will change for students.

    Compares the notes with the last release.

    \b
    Example: aml-build diff --markdown
    """
    from aml_build.pipeline.build import prepare
    from aml_build.pipeline.passes import compare_texts
    from aml_build.pipeline.request import BuildRequest
    from aml_build.storage.cache import Cache
    from aml_build.storage.source_paths import CACHE

    if as_json and as_markdown:
        raise click.UsageError("--json and --markdown are two ways of printing. Write one of them.")
    with console.progress() as on_progress:
        state = prepare(BuildRequest(root, out), Cache(out / CACHE), on_progress)
        state = compare_texts(state, root)
    if state.diff is None:
        console.show_outcome(state.outcome, root, out, as_json=as_json)
        sys.exit(state.outcome.exit_code)
    console.show_diff(state.diff, as_json=as_json, as_markdown=as_markdown)
    sys.exit(MISTAKES if state.diff.problems else CLEAN)
