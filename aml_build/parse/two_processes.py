"""Half of a long computation in a second process.

``ProcessPoolExecutor`` is not used: its processes wait for ever if this one is killed.
"""

import os
import signal
import sys
from collections.abc import Callable, Sequence
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import TypeVar

import msgspec

from aml_build.shutdown import cleanup_on_exit

A = TypeVar("A")
R = TypeVar("R")

_THREADS = Path("/proc/self/task")
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def can_fork() -> bool:
    """Return whether this process may fork: a fork of one with threads can hang on their locks."""
    # Libraries have threads that Python does not know.
    return sys.platform == "linux" and len(list(_THREADS.iterdir())) == 1


def in_two_processes(
    work: Callable[[Sequence[A]], list[R]], parts: Sequence[A], sizes: Sequence[int], kind: type[R]
) -> list[R]:
    """Return what ``work`` makes of the parts; a forked process does the second half, by size.

    The process ends by itself: if this one is killed, nobody reads its result, and writing it fails.
    """
    ends = list(accumulate(sizes))
    middle = min(range(len(ends)), key=lambda at: abs(2 * ends[at] - ends[-1])) + 1
    read, write = os.pipe()
    # A signal waits until the process is registered here, and until it has handlers of its own.
    signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    child = os.fork()
    if child == 0:
        # With a read end of its own, the process would wait for a reader that is gone.
        os.close(read)
        _work_and_exit(work, parts[middle:], write)
    os.close(write)
    try:
        kill = partial(os.kill, child, signal.SIGKILL)
        with os.fdopen(read, "rb") as results, cleanup_on_exit(kill):
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
            first = work(parts[:middle])
            data = results.read()
    finally:
        os.waitpid(child, 0)
    try:
        return first + msgspec.msgpack.decode(data, type=list[kind])  # type: ignore[valid-type]
    except msgspec.MsgspecError:
        # The process was killed or failed: the error, if there is one, is raised here.
        return first + work(parts[middle:])


def _work_and_exit(work: Callable[[Sequence[A]], list[R]], parts: Sequence[A], write: int) -> None:
    try:
        # Ctrl-C reaches both processes; the first one reports it and kills this one.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
        with os.fdopen(write, "wb") as out:
            out.write(msgspec.msgpack.encode(work(parts)))
    finally:
        os._exit(0)
