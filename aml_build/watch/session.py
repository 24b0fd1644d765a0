"""The watch itself: wait for an edit, rebuild the cards, tell everybody, build the rest behind."""

from collections.abc import Callable
from threading import Lock, Thread
from types import TracebackType

import msgspec

from aml_build.check.formulas import Asked, by_mathjax
from aml_build.diagnostics.diagnostic import Diagnostic, in_order
from aml_build.pipeline.outcome import Progress, Request
from aml_build.watch.background_build import BackgroundBuild, BackgroundResult
from aml_build.watch.file_changes import changes
from aml_build.watch.panel_status import Printing, Status, problems
from aml_build.watch.rebuild import Rebuilder, RebuildResult
from aml_build.watch.served_site import Site
from aml_build.watch.server import Server


class Session:
    """One run of `aml-build watch`; a context manager that leaves nothing running."""

    def __init__(
        self,
        request: Request,
        port: int,
        *,
        rebuilt: Callable[[tuple[str, ...], RebuildResult], None],
        printed: Callable[[BackgroundResult, tuple[Diagnostic, ...]], None],
    ) -> None:
        """Bind the port; raise ``OSError`` where it is taken.

        ``rebuilt`` is told the files of each edit and what came of it, ``printed`` what came of the
        build behind it and which of its diagnostics are news; it is called by another thread.
        """
        self._request = request
        self._rebuilt, self._printed = rebuilt, printed
        self._site = Site()
        self._rebuilder = Rebuilder(request)
        self._now = RebuildResult((), (), {}, 0.0)
        self._telling = Lock()
        self.server = Server(self._site, request.out, port)
        self._serving = Thread(target=self.server.serve_forever, args=(0.1,), daemon=True)
        self._behind = BackgroundBuild(
            request.root, request.out, self._begin_print, self._end_print
        )

    def __enter__(self) -> "Session":
        self._serving.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._site.close()
        self.server.shutdown()
        self.server.server_close()
        self._behind.close()

    def run(self, on_progress: Progress = lambda _: None) -> None:
        """Rebuild at once and after every edit, until interrupted."""
        warm = False
        for paths in changes(self._request.root, self._request.out):
            self._rebuild(paths, on_progress)
            if not warm:
                # The first formula that is new must not wait for MathJax to start.
                Thread(target=by_mathjax, args=((Asked("x", False),),), daemon=True).start()
                warm = True

    def _rebuild(self, paths: tuple[str, ...], on_progress: Progress) -> None:
        self._behind.cancel()

        def step(doing: str) -> None:
            on_progress(doing)
            self._doing(doing)

        now = self._rebuilder.rebuild(step)
        with self._telling:
            self._now = now
            if now.cards is not None:
                self._site.show(now.cards, now.delta)
            self._tell(now.diagnostics, Printing.WAITING)
        self._rebuilt(paths, now)
        if now.sound:
            self._behind.ask()

    def _doing(self, step: str) -> None:
        with self._telling:
            status = self._site.status
            # What was being printed was of the notes before.
            self._site.tell(msgspec.structs.replace(status, doing=step, printing=Printing.WAITING))

    def _begin_print(self) -> None:
        with self._telling:
            status = self._site.status
            self._site.tell(msgspec.structs.replace(status, printing=Printing.RUNNING))

    def _end_print(self, printed: BackgroundResult) -> None:
        with self._telling:
            known = frozenset(self._now.diagnostics)
            news = tuple(d for d in printed.outcome.diagnostics if d not in known)
            done = Printing.DONE if printed.done else Printing.FAILED
            self._tell(in_order((*self._now.diagnostics, *news)), done, printed)
        self._printed(printed, news)

    def _tell(
        self,
        found: tuple[Diagnostic, ...],
        printing: Printing,
        printed: BackgroundResult | None = None,
    ) -> None:
        now, before = self._now, self._site.status
        rows = printed.outcome.rows if printed else ()
        made = tuple(row.path for row in rows if row.path.endswith(".pdf"))
        status = Status(
            problems=problems(found, now.sources),
            stale=now.cards is None,
            trouble=now.trouble or (printed.trouble if printed else ""),
            missing=(printed.outcome if printed else now).missing,
            printing=printing,
            artifacts=made or before.artifacts,
        )
        # Notes that could not be read leave those that were.
        self._site.tell(status, now.sources or None)
