"""A real `aml-build watch` on a small course, and a real browser that looks at it."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.paths import ROOT
from tests.watch.seen_page import Seen

_PATIENCE = 120.0


class Watch:
    """One run of the command, with what it has said so far."""

    def __init__(self, place: Path, *arguments: str) -> None:
        self.content = place / "content"
        self.out = place / "out"
        self.lesson = self.content / "01-orbits.md"
        self._log = place / "watch.log"
        command = [sys.executable, "-m", "aml_build", "watch"]
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                [*command, "--content", str(self.content), "--out", str(self.out), *arguments],
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        return self._log.read_text()

    def wait_until(self, holds: Callable[[str], object]) -> str:
        end = time.monotonic() + _PATIENCE
        while not holds(self.said):
            assert self.process.poll() is None, self.said
            assert time.monotonic() < end, self.said
            time.sleep(0.05)
        return self.said

    @property
    def url(self) -> str:
        found = re.search(
            r"http://127\.0\.0\.1:\d+/", self.wait_until(lambda said: "http:" in said)
        )
        assert found is not None
        return found[0]

    def edit(self, old: str, new: str, path: Path | None = None) -> None:
        file = path or self.lesson
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    def processor_time(self) -> float:
        """Return the seconds that the command itself has worked, without what it has started."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self, number: int = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return self.process.wait(20)


@pytest.fixture
def place(tmp_path: Path, warm: Path) -> Path:
    """Return a folder with a course that was drawn before, so that no test waits for TeX."""
    shutil.copytree(ROOT / "templates" / "new", tmp_path / "content")
    shutil.copytree(warm, tmp_path / "out" / ".cache")
    return tmp_path


@pytest.fixture(scope="session")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from aml_build.pipeline.build import prepare
    from aml_build.pipeline.request import BuildRequest
    from aml_build.storage.cache import Cache

    out = tmp_path_factory.mktemp("warm")
    request = BuildRequest(ROOT / "templates" / "new", out)
    assert prepare(request, Cache(request.cache_folder)).diff is not None
    assert request.cache_folder is not None
    return request.cache_folder


@pytest.fixture
def watch(place: Path) -> Iterator[Watch]:
    running = Watch(place)
    yield running
    if running.process.poll() is None:
        running.stop(signal.SIGTERM)


@pytest.fixture
def seen(watch: Watch, browser: Browser) -> Iterator[Seen]:
    watch.wait_until(lambda said: "all notes" in said)
    seen = Seen(browser, watch.url)
    yield seen
    assert seen.faults == []
    seen.page.close()
