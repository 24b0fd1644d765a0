"""`aml-build watch`."""

import errno
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aml_build.cli import console
from aml_build.cli.shared_options import Whole, course_command

if TYPE_CHECKING:
    from aml_build.diagnostics.diagnostic import Diagnostic
    from aml_build.pipeline.outcome import Outcome
    from aml_build.watch.background_build import BackgroundResult
    from aml_build.watch.rebuild import RebuildResult


@course_command("watch")
@click.option(
    "--port",
    type=Whole(0, 65535),
    default=0,
    help="Where on this computer to serve the cards; any free port by default.",
)
@click.option("--open", "opened", is_flag=True, help="Open the page in the browser.")
def watch_command(root: Path, out: Path, port: int, opened: bool) -> None:
    """Show the cards while you write.

    Each saved edit changes the open page by itself. Mistakes are shown in the page and here; the
    sheet, the booklet and the deck are built in the background. Ctrl-C stops it.

    \b
    Example: aml-build watch --open
    """
    import webbrowser

    from aml_build.pipeline.request import BuildRequest
    from aml_build.watch.session import Session

    terminal = _Terminal(root, out)
    try:
        session = Session(
            BuildRequest(root, out), port, on_rebuild=terminal.rebuilt, on_build=terminal.printed
        )
    except OSError as problem:
        if problem.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise
        raise click.UsageError(
            f"Port {port} cannot be used ({problem.strerror}). Omit --port to get a free one."
        ) from None
    with session:
        click.echo(f"the cards are at {session.server.url} (Ctrl-C stops)")
        if opened:
            webbrowser.open(session.server.url)
        session.run(terminal.doing)


class _Terminal:
    """Prints the effect of each edit, and each diagnostic once."""

    def __init__(self, root: Path, out: Path) -> None:
        self._root, self._out = root, out
        self._known: frozenset[tuple[str, str, str]] = frozenset()
        self._bad = False
        self._first = True

    def doing(self, step: str) -> None:
        """Print the step before the first cards, because drawing figures may take long."""
        if self._first and sys.stderr.isatty():
            click.echo(f"{step} …", err=True)

    def rebuilt(self, paths: tuple[str, ...], now: "RebuildResult") -> None:
        """Print the effect of an edit."""
        from aml_build.diagnostics.diagnostic import has_errors
        from aml_build.pipeline.outcome import Outcome

        self._first = False
        news = tuple(d for d in now.diagnostics if _name(d) not in self._known)
        self._show(Outcome(news, missing=now.missing, sources=now.sources))
        if not now.trouble:
            self._known = frozenset(map(_name, now.diagnostics))
        bad = bool(now.trouble) or has_errors(now.diagnostics)
        if now.trouble:
            click.echo(f"{now.traceback}{now.trouble}", err=True)
        elif bad and not news:
            click.echo("the same mistakes as before still stop the build", err=True)
        elif self._bad and not bad:
            click.echo("corrected")
        self._bad = bad
        if now.cards is not None:
            click.echo(f"{_files(self._root, paths)}: {_cards(now)}, {now.seconds:.2f} s")

    def printed(self, printed: "BackgroundResult", news: "tuple[Diagnostic, ...]") -> None:
        """Print the outcome of the background build after an edit."""
        outcome = printed.outcome
        fresh = tuple(d for d in news if _name(d) not in self._known)
        self._known |= frozenset(map(_name, fresh))
        self._show(type(outcome)(fresh, missing=outcome.missing))
        if printed.trouble:
            click.echo(f"background: {printed.trouble}", err=True)
            return
        written = [
            (self._out / row.path).as_posix()
            for row in outcome.rows
            if row.written and not outcome.unchanged
        ]
        if outcome.rows:
            click.echo(f"background: {', '.join(written) or 'every artifact is as it was'}")

    def _show(self, outcome: "Outcome") -> None:
        console.show_outcome(outcome, self._root, Path(), as_json=False)


def _name(found: "Diagnostic") -> tuple[str, str, str]:
    """Return the parts of a diagnostic that do not change when lines are inserted above it."""
    return found.span.path, found.code, found.message


def _files(root: Path, paths: tuple[str, ...]) -> str:
    if not paths:
        return "all notes"
    first = (root / paths[0]).as_posix()
    return first if len(paths) == 1 else f"{first} and {len(paths) - 1} more"


def _cards(now: "RebuildResult") -> str:
    if now.delta is None or now.cards is None:
        cards = sum(len(section.cards) for section in now.cards.page.sections) if now.cards else 0
        return f"{cards} cards"
    parts = []
    if now.delta.changed or not now.delta.gone:
        parts.append(_many(len(now.delta.changed), "changed"))
    if now.delta.gone:
        parts.append(_many(len(now.delta.gone), "gone"))
    return ", ".join(parts)


def _many(count: int, what: str) -> str:
    return f"{count or 'no'} {'card' if count == 1 else 'cards'} {what}"
