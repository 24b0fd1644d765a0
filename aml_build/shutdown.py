"""Leaving at once when told to: nothing that we started goes on, nothing half-written stays.

Not exceptions: ``KeyboardInterrupt`` reaches only the main thread, which would then wait for all others,
and it may break out of any line of anybody's code.
"""

import atexit
import contextlib
import os
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

_NAMES = {signal.SIGINT: "interrupted", signal.SIGTERM: "stopped"}
_SHOW_CURSOR = "\r\x1b[K\x1b[?25h"
"""Clears the line of progress, which hides the cursor."""

_PASSES = 3
_PATIENCE = 2.0
"""Seconds that another thread is given to say what it has just started."""
_starts = threading.RLock()
_cleanups: dict[object, Callable[[], None]] = {}
_leaving = False
_as_usual = False


def install_handlers(*, as_usual: bool = False) -> None:
    """From now on, leave when told to by Ctrl-C or by a signal to terminate.

    ``as_usual``: that is how the command is ended; it has done all it should, and says no more.
    """
    global _as_usual
    _as_usual = as_usual
    for number in _NAMES:
        signal.signal(number, _leave)
    # While Python takes itself down the work is done: its default would be death by the signal.
    atexit.register(_ignore)


@contextmanager
def cleanup_on_exit(undo: Callable[[], None]) -> Iterator[None]:
    """Have something undone if we are told to leave while the block runs."""
    key = object()
    _cleanups[key] = undo
    if _leaving:
        # Another thread is tidying up: begin nothing more.
        time.sleep(60)
    try:
        yield
    finally:
        _cleanups.pop(key, None)


@contextmanager
def while_starting() -> Iterator[None]:
    """Start something and say how it is undone, and be waited for if we are told to leave."""
    with _starts:
        yield


@contextmanager
def temporary_folder(prefix: str) -> Iterator[Path]:
    """Make a folder that is gone after the block, and when we are told to leave."""
    # Named before it is made, and not by tempfile, so that it can be undone from its first moment.
    folder = Path(tempfile.gettempdir()).resolve() / f"{prefix}{os.urandom(8).hex()}"
    with cleanup_on_exit(lambda: shutil.rmtree(folder, ignore_errors=True)):
        try:
            folder.mkdir(mode=0o700)
            yield folder
        except OSError as error:
            if error.filename is not None or error.errno is None:
                raise
            # A full disk is said without a place.
            raise OSError(error.errno, error.strerror, tempfile.gettempdir()) from error
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _ignore() -> None:
    for number in _NAMES:
        signal.signal(number, signal.SIG_IGN)


def _leave(number: int, _frame: FrameType | None) -> None:
    """Undo what is under way, the last thing first, and be gone."""
    global _leaving
    _leaving = True
    _ignore()
    # The folders of other threads are taken from under them: nobody need hear how they take it.
    threading.excepthook = lambda _: None
    # What is being started has to be known before it can be undone.
    _starts.acquire(timeout=_PATIENCE)
    for _ in range(_PASSES):
        for undo in reversed(list(_cleanups.values())):
            # There is no time left to mend what cannot be undone.
            with contextlib.suppress(Exception):
                undo()
        # Other threads end the call that they are in, and may have made what was just undone.
        time.sleep(0.02)
    shown = _SHOW_CURSOR if os.isatty(2) else ""
    name = _NAMES[signal.Signals(number)]
    line = "stopped" if _as_usual else f"aml-build: {name}; every artifact is whole, old or new"
    with contextlib.suppress(OSError):
        os.write(2, f"{shown}{line}\n".encode())
    # Not sys.exit: other threads may be at work, and nothing of theirs is worth waiting for.
    os._exit(0 if _as_usual else 128 + number)
