"""What people see in the terminal."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from aml_build.commands.doctor import Finding
    from aml_build.pipeline.outcome import Outcome, Row
    from aml_build.release.compare import Diff
    from aml_build.stats.counts import Stats


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Show the step at work while standard error is a terminal; else say nothing."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status("starting") as status:
        yield lambda step: status.update(f"{step} …")


def show_outcome(outcome: "Outcome", root: Path, out: Path, *, as_json: bool) -> None:
    """Print diagnostics, then what was built, then what is missing."""
    if as_json:
        import msgspec

        click.echo(
            msgspec.json.encode(
                {
                    "diagnostics": outcome.diagnostics,
                    "artifacts": outcome.rows,
                    "missing": outcome.missing,
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
    for lack in outcome.missing:
        click.echo(f"missing: {lack}", err=True)


def _table(rows: Sequence["Row"], out: Path) -> str:
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


def show_fixes(fixed: Sequence[tuple[str, int]], *, as_json: bool) -> None:
    """Say how many ids were written into which files."""
    for path, count in () if as_json else fixed:
        click.echo(f"{path}: {count} {'id' if count == 1 else 'ids'} written")


def show_findings(findings: Sequence["Finding"]) -> None:
    """Print what `doctor` found."""
    for finding in findings:
        mark = click.style("ok     ", "green") if finding.found else click.style("missing", "red")
        click.echo(f"{mark}  {finding.tool:<11} {finding.purpose}")
        click.echo(f"         {finding.version if finding.found else finding.remedy}")


def show_diff(diff: "Diff", *, as_json: bool, as_markdown: bool) -> None:
    """Print what the next import does: for people, for programs, or as release notes."""
    from aml_build.release.diff_report import markdown, table

    if as_json:
        import msgspec

        click.echo(msgspec.json.encode(diff))
    elif as_markdown:
        click.echo(markdown(diff), nl=False)
    else:
        click.echo(table(diff))


def show_stats(stats: "Stats", *, as_json: bool, all_boxes: bool) -> None:
    """Print the counts of a course; ``all_boxes`` lists every box of the sheet in the tables too."""
    if as_json:
        import msgspec

        click.echo(msgspec.json.encode(stats))
        return
    from aml_build.stats.tables import as_text

    click.echo(as_text(stats, all_boxes=all_boxes))
