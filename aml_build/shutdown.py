"""Exit at once on SIGINT and SIGTERM: kill child processes, remove temporary files.

Signal handlers, not exceptions: ``KeyboardInterrupt`` reaches only the main thread, which would then
wait for all others, and it can interrupt any line of code.
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
CLEAR_LINE = "\r\x1b[K"
"""Clears the progress line of a terminal."""

_PASSES = 3
_START_SECONDS = 2.0
"""How long another thread may take to register what it has just started."""
_starts = threading.RLock()
_cleanups: dict[object, Callable[[], None]] = {}
_exiting = False
_as_usual = False


def install_handlers(*, as_usual: bool = False) -> None:
    """Exit from now on at Ctrl-C or a signal to terminate.

    ``as_usual``: the command has no other end (a server), so it exits with code 0.
    """
    global _as_usual
    _as_usual = as_usual
    for number in _NAMES:
        signal.signal(number, _handle_signal)
    # While Python shuts down the work is done: a signal must not turn success into failure.
    atexit.register(_ignore)


@contextmanager
def cleanup_on_exit(undo: Callable[[], None]) -> Iterator[None]:
    """Call ``undo`` if a signal ends the process while the block runs."""
    key = object()
    _cleanups[key] = undo
    if _exiting:
        # Another thread cleans up and exits: start nothing more.
        time.sleep(60)
    try:
        yield
    finally:
        _cleanups.pop(key, None)


@contextmanager
def while_starting() -> Iterator[None]:
    """Start something and register its cleanup within the block: an exit waits for both."""
    with _starts:
        yield


@contextmanager
def temporary_folder(prefix: str) -> Iterator[Path]:
    """Make a folder that is removed after the block, and when a signal ends the process."""
    # tempfile would make it before its name is known: a signal in between would leave it behind.
    folder = Path(tempfile.gettempdir()).resolve() / f"{prefix}{os.urandom(8).hex()}"
    with cleanup_on_exit(lambda: shutil.rmtree(folder, ignore_errors=True)):
        try:
            folder.mkdir(mode=0o700)
            yield folder
        except OSError as error:
            if error.filename is not None or error.errno is None:
                raise
            # The error of a full disk names no file.
            raise OSError(error.errno, error.strerror, tempfile.gettempdir()) from error
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _ignore() -> None:
    for number in _NAMES:
        signal.signal(number, signal.SIG_IGN)


def _handle_signal(number: int, _frame: FrameType | None) -> None:
    """Run the cleanups, the last registered first, and exit."""
    global _exiting
    _exiting = True
    _ignore()
    # Cleanup removes folders that other threads still use: their errors are not worth printing.
    threading.excepthook = lambda _: None
    # A process that is just being started can only be killed once it is registered.
    _starts.acquire(timeout=_START_SECONDS)
    for _ in range(_PASSES):
        for undo in reversed(list(_cleanups.values())):
            # One failed cleanup must not prevent the others.
            with contextlib.suppress(Exception):
                undo()
        # Other threads finish their current call, which may make again what was just removed.
        time.sleep(0.02)
    shown = CLEAR_LINE if os.isatty(2) else ""
    name = _NAMES[signal.Signals(number)]
    line = "stopped" if _as_usual else f"aml-build: {name}; every artifact is whole, old or new"
    with contextlib.suppress(OSError):
        os.write(2, f"{shown}{line}\n".encode())
    # Not sys.exit, which waits for other threads.
    os._exit(0 if _as_usual else 128 + number)
