"""The watch: wait for an edit, rebuild the cards, update the page, build the artifacts."""

from collections.abc import Callable
from functools import partial
from threading import Lock, Thread

import msgspec

from aml_build.check.formulas import FormulaText, mathjax_verdicts
from aml_build.commands.fix import fix_course
from aml_build.diagnostics.diagnostic import Diagnostic, in_order
from aml_build.pipeline.request import BuildRequest, Progress
from aml_build.watch.background_build import BackgroundBuild, BackgroundResult
from aml_build.watch.file_changes import changes
from aml_build.watch.panel_status import Printing, Status, problems
from aml_build.watch.rebuild import Rebuilder, RebuildResult
from aml_build.watch.served_site import Site
from aml_build.watch.server import Server


class Session:
    """One run of `aml-build watch`: a context manager that ends its threads and processes."""

    def __init__(
        self,
        request: BuildRequest,
        port: int,
        *,
        on_rebuild: Callable[[tuple[str, ...], RebuildResult], None],
        on_build: Callable[[BackgroundResult, tuple[Diagnostic, ...]], None],
    ) -> None:
        """Bind the port; raise ``OSError`` if it is taken.

        ``on_rebuild`` gets the files of each edit and the result. ``on_build`` gets the result of
        each background build and its new diagnostics; another thread calls it.
        """
        self._request = request
        self._on_rebuild, self._on_build = on_rebuild, on_build
        self._site = Site()
        self._rebuilder = Rebuilder(request)
        self._now = RebuildResult((), (), {}, 0.0)
        self._status_lock = Lock()
        write_ids = partial(fix_course, request.root)
        self.server = Server(self._site, request.out, port, write_ids)
        self._serving = Thread(target=self.server.serve_forever, args=(0.1,), daemon=True)
        self._background = BackgroundBuild(
            request.root, request.out, self._build_started, self._build_finished
        )

    def __enter__(self) -> "Session":
        self._serving.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._site.close()
        self.server.shutdown()
        self.server.server_close()
        self._background.close()

    def run(self, on_progress: Progress = lambda _: None) -> None:
        """Rebuild at once and after every edit, until interrupted."""
        warm = False
        for paths in changes(self._request.root, self._request.out):
            self._rebuild(paths, on_progress)
            if not warm:
                # Start MathJax now, so that the first new formula does not wait for it.
                Thread(
                    target=mathjax_verdicts, args=((FormulaText("x", False),),), daemon=True
                ).start()
                warm = True

    def _rebuild(self, paths: tuple[str, ...], on_progress: Progress) -> None:
        self._background.cancel()

        def step(doing: str) -> None:
            on_progress(doing)
            self._doing(doing)

        now = self._rebuilder.rebuild(step)
        with self._status_lock:
            self._now = now
            if now.cards is not None:
                self._site.show(now.cards, now.delta)
            self._show_status(now.diagnostics, Printing.WAITING)
        self._on_rebuild(paths, now)
        if now.sound:
            self._background.request()

    def _doing(self, step: str) -> None:
        with self._status_lock:
            status = self._site.status
            # The cancelled build was of the notes before the edit.
            self._site.set_status(
                msgspec.structs.replace(status, doing=step, printing=Printing.WAITING)
            )

    def _build_started(self) -> None:
        with self._status_lock:
            status = self._site.status
            self._site.set_status(msgspec.structs.replace(status, printing=Printing.RUNNING))

    def _build_finished(self, result: BackgroundResult) -> None:
        with self._status_lock:
            known = frozenset(self._now.diagnostics)
            news = tuple(d for d in result.outcome.diagnostics if d not in known)
            done = Printing.DONE if result.done else Printing.FAILED
            self._show_status(in_order((*self._now.diagnostics, *news)), done, result)
        self._on_build(result, news)

    def _show_status(
        self,
        found: tuple[Diagnostic, ...],
        printing: Printing,
        built: BackgroundResult | None = None,
    ) -> None:
        now, before = self._now, self._site.status
        rows = built.outcome.rows if built else ()
        made = tuple(row.path for row in rows if row.path.endswith(".pdf"))
        status = Status(
            problems=problems(found, now.sources),
            stale=now.cards is None,
            stale_lessons=now.stale,
            stale_sections=now.cards.stale if now.cards else (),
            unwritten=now.unwritten,
            trouble=now.trouble or (built.trouble if built else ""),
            missing=(built.outcome if built else now).missing,
            printing=printing,
            artifacts=made or before.artifacts,
        )
        # Without sources (the notes could not be read), the site keeps the last ones.
        self._site.set_status(status, now.sources or None)
