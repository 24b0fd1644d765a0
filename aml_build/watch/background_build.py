"""The build of all artifacts after an edit: a child process, replaced when a newer edit comes."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from threading import Condition, Thread

import msgspec

from aml_build.pipeline.outcome import Outcome
from aml_build.shutdown import cleanup_on_exit

_QUIET = 0.3
"""Seconds without a further edit before a build begins."""
_GRACE = 5.0
"""Seconds that a terminated build has for its cleanup before it is killed."""
_PACKAGE = Path(__file__).parents[2]


class BackgroundResult(msgspec.Struct, frozen=True):
    """The outcome of a background build."""

    outcome: Outcome
    trouble: str = ""
    """The last line of the error output of a process that failed."""

    @property
    def done(self) -> bool:
        """Return whether all artifacts were built from the notes."""
        return not self.trouble and not self.outcome.exit_code


class BackgroundBuild:
    """Builds everything on request; a newer request ends the build of an older one."""

    def __init__(
        self,
        root: Path,
        out: Path,
        on_start: Callable[[], None],
        on_finish: Callable[[BackgroundResult], None],
    ) -> None:
        """Start the thread that waits for requests and calls ``on_start`` and ``on_finish``."""
        child = "aml_build.watch.background_child"
        self._command = [sys.executable, "-m", child, str(root), str(out)]
        self._on_start, self._on_finish = on_start, on_finish
        self._changed = Condition()
        self._requested = 0
        self._handled = 0
        self._closed = False
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = Thread(target=self._work, name="background-build", daemon=True)
        self._thread.start()

    def request(self) -> None:
        """Ask for a build of the notes as they are now."""
        with self._replacing():
            self._requested += 1

    def cancel(self) -> None:
        """Withdraw every request, and end the running build without waiting for it."""
        with self._replacing():
            self._requested += 1
            self._handled = self._requested

    def close(self) -> None:
        """End the running build and wait for its process."""
        with self._replacing():
            self._closed = True
        self._thread.join()

    @contextlib.contextmanager
    def _replacing(self) -> Iterator[None]:
        """Change what is requested, end the running build, and wake the thread."""
        with self._changed:
            yield
            self._interrupt()
            self._changed.notify_all()

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closed or self._requested != self._handled)
                # A notification means a newer request, a cancellation or the end.
                request = self._requested
                if not self._closed and self._changed.wait(_QUIET):
                    continue
                if self._closed:
                    return
                self._handled = request
                process = self._start()
            with cleanup_on_exit(partial(self._abandon, process)):
                self._on_start()
                result = self._finish(process)
            with self._changed:
                self._process = None
                current = not self._closed and self._requested == request
            if current:
                self._on_finish(result)

    def _start(self) -> "subprocess.Popen[bytes]":
        # In a session of its own, the child does not get the Ctrl-C; this process ends it.
        self._process = subprocess.Popen(
            self._command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": _python_path()},
            start_new_session=True,
        )
        return self._process

    def _finish(self, process: "subprocess.Popen[bytes]") -> BackgroundResult:
        output, errors = process.communicate()
        try:
            return BackgroundResult(msgspec.json.decode(output, type=Outcome))
        except msgspec.MsgspecError:
            last = errors.decode("utf-8", "replace").strip().rpartition("\n")[2]
            return BackgroundResult(
                Outcome(()), last or f"The build ended with {process.returncode}."
            )

    def _abandon(self, process: "subprocess.Popen[bytes]") -> None:
        # Called by a signal handler at any moment, so waiting for a lock could deadlock.
        self._closed = True
        _stop(process)

    def _interrupt(self) -> None:
        process = self._process
        if process is None or process.poll() is not None:
            return
        Thread(target=_stop, args=(process,), name="stopping").start()


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """Terminate a build, and kill it if it does not end in time."""
    with contextlib.suppress(OSError):
        process.terminate()
    try:
        process.wait(_GRACE)
    except subprocess.TimeoutExpired:
        process.kill()


def _python_path() -> str:
    """Return a search path on which the child finds this package, installed or not."""
    return os.pathsep.join(filter(None, (str(_PACKAGE), os.environ.get("PYTHONPATH"))))
