"""Time and peak memory of a whole process."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple


class Measure(NamedTuple):
    """Medians over the runs."""

    seconds: float
    """Wall time."""
    cpu_seconds: float
    """Processor time, user and system, of the process and all that it starts."""
    megabytes: float
    """Peak resident memory of the largest single process."""


def measure(
    arguments: Sequence[str], runs: int = 3, before: Callable[[], None] = lambda: None
) -> Measure:
    """Run the command several times, each after ``before``; raise where it fails."""
    taken = []
    for _ in range(runs):
        before()
        began = time.perf_counter()
        process = subprocess.Popen(
            arguments, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment()
        )
        assert process.stderr is not None
        complaint = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise RuntimeError(f"{' '.join(arguments)} failed:\n{complaint.decode()}")
        taken.append(Measure(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024))
    return Measure(*(statistics.median(column) for column in zip(*taken, strict=True)))


def environment() -> dict[str, str]:
    """Return our own, but for what would have Python compile every module in every run."""
    return {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def tool(*arguments: str) -> list[str]:
    """Return the command that runs the tool with this very Python."""
    return [sys.executable, "-m", "aml_build", *arguments]
