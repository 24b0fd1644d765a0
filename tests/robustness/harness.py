"""What every test of robustness does: build, look at what lies there, and hold time to account."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from hypothesis import HealthCheck, settings

from tests.paths import ROOT

STARTER = ROOT / "templates" / "new"
NIGHTLY = os.environ.get("FUZZ") == "nightly"
EPOCH = "1750000000"


class TooLongError(AssertionError):
    """An input over which the tool would seem to hang."""


def examples(short: int, *, times: int = 100) -> settings:
    """Return settings for so many examples in every run, and so many times as many in the nightly."""
    return settings(
        max_examples=short * times if NIGHTLY else short,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        print_blob=True,
    )


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fail where the block takes more processor time, whatever else the machine is doing."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TooLongError(f"more than {seconds:.1f} s of processor time")

    if sys.platform == "win32":
        yield
        return
    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def command(place: Path, *more: str) -> list[str]:
    """Return the command line of a build."""
    folders = ("--content", str(place / "content"), "--out", str(place / "out"))
    return [sys.executable, "-m", "aml_build", "build", *folders, *more]


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "SOURCE_DATE_EPOCH": EPOCH, **more}


def build(
    place: Path, *more: str, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(place, *more),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env=environment(**(env or {})),
    )


def artifacts(out: Path) -> dict[str, bytes]:
    """Return all files of an output folder by path, those of the cache left out."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and ".cache" not in path.parts
    }


def leftovers(place: Path) -> list[str]:
    """Return the temporary files that lie about, wherever they are."""
    return [path.name for path in place.rglob(".*.tmp")]


def begin(place: Path, text: str = "") -> Path:
    """Lay out the starter course, with some text added to its lesson."""
    shutil.copytree(STARTER, place / "content")
    lesson = place / "content" / "01-orbits.md"
    lesson.write_text(lesson.read_text(encoding="utf-8") + text, encoding="utf-8")
    return place


@contextmanager
def scratch() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="aml-robust-") as name:
        yield Path(name)
