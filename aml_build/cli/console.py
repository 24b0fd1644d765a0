"""Terminal output that several commands share."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aml_build.shutdown import CLEAR_LINE

if TYPE_CHECKING:
    from aml_build.pipeline.outcome import ArtifactRow, Outcome
    from aml_build.release.compare import Diff


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Show the current step while standard error is a terminal.

    No thread keeps the line moving: a process with threads cannot fork, which parsing does.
    """
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield lambda _: None
        return
    try:
        yield lambda step: click.echo(f"{CLEAR_LINE}{step} …", nl=False, err=True)
    finally:
        click.echo(CLEAR_LINE, nl=False, err=True)


def show_outcome(outcome: "Outcome", root: Path, out: Path, *, as_json: bool) -> None:
    """Print diagnostics, what was built, what an import does, what is missing."""
    if as_json:
        import msgspec

        click.echo(
            msgspec.json.encode(
                {
                    "diagnostics": outcome.diagnostics,
                    "artifacts": outcome.rows,
                    "missing": outcome.missing,
                    "import": outcome.import_summary,
                    "notices": outcome.notices,
                    "not_looked_at": outcome.not_looked_at,
                    "unchanged": outcome.unchanged,
                    "exit_code": outcome.exit_code,
                }
            )
        )
        return
    if outcome.diagnostics:
        from aml_build.diagnostics.terminal import render

        click.echo(render(outcome.diagnostics, outcome.sources, root), err=True)
    if outcome.unchanged:
        click.echo("nothing has changed since the last build")
    if outcome.rows:
        click.echo(_table(outcome.rows, out))
    if outcome.import_summary:
        from aml_build.release.import_summary import sentences

        for sentence in sentences(outcome.import_summary):
            click.echo(sentence)
    for notice in outcome.notices:
        click.echo(notice, err=True)
    for tool in outcome.missing:
        click.echo(f"missing: {tool}", err=True)


def _table(rows: Sequence["ArtifactRow"], out: Path) -> str:
    cells = [
        (
            (out / row.path).as_posix() if row.path else row.target,
            _size(row.size) if row.path else "",
            f"{row.seconds:.1f} s",
            row.summary + ("" if row.written or not row.path else " (same as before)"),
        )
        for row in rows
    ]
    widths = [max(len(line[at]) for line in cells) for at in range(3)]
    return "\n".join(
        f"{path:<{widths[0]}}  {size:>{widths[1]}}  {seconds:>{widths[2]}}  {summary}"
        for path, size, seconds, summary in cells
    )


def _size(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(1, round(size / 1e3))} kB"


def show_diff(diff: "Diff", *, as_json: bool, as_markdown: bool) -> None:
    """Print what the next import changes: as a table, as JSON, or as release notes."""
    from aml_build.release.diff_report import markdown, table

    if as_json:
        import msgspec

        click.echo(msgspec.json.encode(diff))
    elif as_markdown:
        click.echo(markdown(diff), nl=False)
    else:
        click.echo(table(diff))
