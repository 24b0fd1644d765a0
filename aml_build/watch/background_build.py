"""The artifacts behind the cards: built by a process of its own, one at a time, the latest edit first."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Condition, Thread

import msgspec

from aml_build.pipeline.outcome import Outcome
from aml_build.shutdown import cleanup_on_exit

_QUIET = 0.3
"""Seconds without a further edit before a build begins."""
_GRACE = 5.0
"""Seconds that a build has to put its things away once it is told to stop."""
_PACKAGE = Path(__file__).parents[2]


class BackgroundResult(msgspec.Struct, frozen=True):
    """What the build behind came to."""

    outcome: Outcome
    trouble: str = ""
    """Why there is no more to tell: what the process said last."""

    @property
    def done(self) -> bool:
        """Return whether all artifacts are those of the notes."""
        return not self.trouble and not self.outcome.exit_code


class BackgroundBuild:
    """Builds everything whenever asked; a newer wish ends the build that an older one began."""

    def __init__(
        self,
        root: Path,
        out: Path,
        begun: Callable[[], None],
        told: Callable[[BackgroundResult], None],
    ) -> None:
        """Wait to be asked; ``begun`` and ``told`` are called by a thread of ours."""
        self._command = [
            sys.executable,
            "-m",
            "aml_build.watch.background_child",
            str(root),
            str(out),
        ]
        self._begun, self._told = begun, told
        self._changed = Condition()
        self._wanted = 0
        self._settled = 0
        self._closed = False
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = Thread(target=self._work, name="behind", daemon=True)
        self._thread.start()

    def ask(self) -> None:
        """Want everything built from the notes as they are now."""
        with self._changed:
            self._wanted += 1
            self._interrupt()
            self._changed.notify_all()

    def cancel(self) -> None:
        """Want nothing built; end the build that is running without waiting for its end."""
        with self._changed:
            self._wanted += 1
            self._settled = self._wanted
            self._interrupt()
            self._changed.notify_all()

    def close(self) -> None:
        """End the build that is running and wait until it has gone."""
        with self._changed:
            self._closed = True
            self._interrupt()
            self._changed.notify_all()
        self._thread.join()

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closed or self._wanted != self._settled)
                # Any notification is a newer wish, or none at all any more, or the end.
                wish = self._wanted
                if not self._closed and self._changed.wait(_QUIET):
                    continue
                if self._closed:
                    return
                self._settled = wish
                process = self._start()
            with cleanup_on_exit(partial(self._abandon, process)):
                self._begun()
                printed = self._finish(process)
            with self._changed:
                self._process = None
                current = not self._closed and self._wanted == wish
            if current:
                self._told(printed)

    def _start(self) -> "subprocess.Popen[bytes]":
        # A session of its own: Ctrl-C in the terminal is for us, who pass it on.
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
        # Called when we are told to leave, at any moment: no lock can be waited for.
        self._closed = True
        _stop(process)

    def _interrupt(self) -> None:
        process = self._process
        if process is None or process.poll() is not None:
            return
        Thread(target=_stop, args=(process,), name="stopping").start()


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """Let a build clean up after itself; end it where it will not."""
    with contextlib.suppress(OSError):
        process.terminate()
    try:
        process.wait(_GRACE)
    except subprocess.TimeoutExpired:
        process.kill()


def _python_path() -> str:
    """Return where the child finds this very package, installed or not."""
    return os.pathsep.join(filter(None, (str(_PACKAGE), os.environ.get("PYTHONPATH"))))
