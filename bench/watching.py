"""How long an edit takes until it is seen in the browser. Run as: python -m bench.watching."""

import itertools
import os
import re
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bench.measure import tool

CHROMIUM = "/usr/bin/chromium"
_EDITS = 9
_PAUSE = 3.0
"""Seconds between edits: sheet and booklet of the last one are still being printed then."""
_PATIENCE = 120.0
_NUMBERS = itertools.count(1)

# Looks with every frame at whether the words stand in the window, with no formula left to set.
_SEEN = r"""(words) => {
    for (const card of document.querySelectorAll('.pv-card.pv-shown')) {
        const text = card.querySelector('.pv-columns').innerText;
        const box = card.getBoundingClientRect();
        if (text.includes(words) && !text.includes('\\(') && box.bottom > 0 && box.top < innerHeight) {
            return Date.now();
        }
    }
    return 0;
}"""


class Watching:
    """A watch on the notes of this repository, and a page that looks at it."""

    def __init__(self, folder: Path, page: Page) -> None:
        self.content = folder / "content"
        self._page = page
        self._log = folder / "log"
        shutil.copytree("content", self.content)
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                tool("watch", "--content", str(self.content), "--out", str(folder / "out")),
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
            )
        self._wait_for("background: ")
        found = re.search(r"http://\S+", self._log.read_text())
        assert found is not None
        page.goto(found[0])
        page.wait_for_selector(".pv-shown mjx-container")

    def _wait_for(self, words: str) -> None:
        end = time.monotonic() + _PATIENCE
        while words not in self._log.read_text():
            if self.process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(self._log.read_text())
            time.sleep(0.1)

    def rebuilds(self) -> list[float]:
        """Return how long each rebuild took, in seconds, as the command says itself."""
        return [
            float(s) for s in re.findall(r"changed, (\d+\.\d\d) s$", self._log.read_text(), re.M)
        ]

    def spent(self) -> float:
        """Return the processor time of the command itself, in seconds, without what it has started."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def seen_after(self, change: Callable[[Path, str], None]) -> float:
        """Edit, and return the seconds until the card that holds the words is seen."""
        words = f"Edit {next(_NUMBERS)}."
        began = time.time()
        change(self.content, words)
        seen = self._page.wait_for_function(_SEEN, arg=words, timeout=_PATIENCE * 1000)
        return float(seen.json_value()) / 1000 - began


def _sentence(content: Path, words: str) -> None:
    """Put the words before an answer."""
    _replace(_lesson(content), r"(?m)^(### .+\n\n)(?:Edit \d+\. )?", rf"\g<1>{words} ")


def _formula(content: Path, words: str) -> None:
    """Put the words and a formula that nobody has seen before an answer."""
    number = words.removeprefix("Edit ").rstrip(".")
    _replace(
        _lesson(content),
        r"(?m)^(### .+\n\n)(?:Edit \d+\. )?(?:Here \$x_\{\d+\}\$\. )?",
        rf"\g<1>{words} Here $x_{{{number}}}$. ",
    )


def _figure(content: Path, words: str) -> None:
    """Put the words before an answer, and change a figure, so that it has to be drawn anew."""
    _sentence(content, words)
    figure = min(f for f in content.glob("figures/*.tex") if f.name != "style.tex")
    number = words.removeprefix("Edit ").rstrip(".")
    _replace(
        figure,
        r"\n(\\path \(0,0\).*\n)?(?=\\end\{tikzpicture\})",
        f"\n\\\\path (0,0) -- (0,.{number}mm);\n",
    )


def _lesson(content: Path) -> Path:
    """Return the longest lesson."""
    return max(content.glob("[0-9]*.md"), key=lambda path: path.stat().st_size)


def _replace(path: Path, pattern: str, new: str) -> None:
    text, changed = re.subn(pattern, new, path.read_text(encoding="utf-8"), count=1)
    if not changed:
        raise RuntimeError(f"{path} has nothing like {pattern}")
    path.write_text(text, encoding="utf-8")


@contextmanager
def _watching() -> Iterator[Watching]:
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        watching = Watching(
            Path(scratch), browser.new_page(viewport={"width": 1200, "height": 800})
        )
        try:
            yield watching
        finally:
            watching.process.terminate()
            watching.process.wait()
            browser.close()


def main() -> None:
    """Edit again and again; print how long it took until each edit was seen."""
    if not Path(CHROMIUM).exists():
        print(f"\nNo {CHROMIUM}: how long an edit takes until it is seen was not measured")
        return
    print("\nFrom saving an edit of the course of this repository to seeing it in Chromium, s")
    print(f"  {'':<34} {'least':>7} {'median':>8} {'rebuild':>9} {'its CPU':>9}", flush=True)
    with _watching() as watching:
        for name, change in (
            ("a sentence", _sentence),
            ("a sentence with a new formula", _formula),
            ("a figure", _figure),
        ):
            taken, before, spent = [], len(watching.rebuilds()), watching.spent()
            for _ in range(_EDITS):
                time.sleep(_PAUSE)
                taken.append(watching.seen_after(change))
            rebuilds = watching.rebuilds()[before:]
            each = (watching.spent() - spent) / _EDITS
            print(
                f"  {name:<34} {min(taken):7.2f} {statistics.median(taken):8.2f}"
                f" {statistics.median(rebuilds):9.2f} {each:9.2f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
