"""Half of a long computation in a second process.

Over ``ProcessPoolExecutor``: its processes wait for work for ever if this one is killed.
"""

import os
import signal
import sys
import threading
from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import partial
from itertools import accumulate
from typing import TypeVar

import msgspec

from aml_build.shutdown import cleanup_on_exit

A = TypeVar("A")
R = TypeVar("R")


def can_fork() -> bool:
    """Return whether this process may fork: a fork of one with threads can hang on their locks."""
    return sys.platform == "linux" and threading.active_count() == 1


def in_two_processes(
    work: Callable[[Sequence[A]], list[R]], parts: Sequence[A], sizes: Sequence[int], kind: type[R]
) -> list[R]:
    """Return what ``work`` makes of the parts; a forked process does the second half, by size.

    The process ends by itself: if nobody reads its result, writing it fails.
    """
    middle = bisect_left(list(accumulate(sizes)), sum(sizes) / 2) + 1
    read, write = os.pipe()
    with os.fdopen(read, "rb") as results:
        child = os.fork()
        if child == 0:
            _work_and_exit(work, parts[middle:], write)
        os.close(write)
        with cleanup_on_exit(partial(os.kill, child, signal.SIGKILL)):
            first = work(parts[:middle])
            data = results.read()
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
        with os.fdopen(write, "wb") as out:
            out.write(msgspec.msgpack.encode(work(parts)))
    finally:
        os._exit(0)
