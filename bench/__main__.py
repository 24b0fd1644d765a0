"""Print the cost of builds and of floors measured in the same run. Run as: make bench."""

import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.floors import FLOORS
from bench.generate import card, concept, edit, write_course
from bench.measure import Measure, measure, tool
from bench.stages import stages

_BESIDE_FLOORS = (500, 10_000)
_GROWING = (500, 5_000, 50_000)
_OWN_FORMULAS = 2_000


def _head(title: str) -> None:
    print(f"\n{title}\n  {'':<40} {'wall, s':>8} {'CPU, s':>8} {'peak, MB':>9}", flush=True)


def _row(name: str, taken: Measure) -> None:
    print(
        f"  {name:<40} {taken.seconds:8.2f} {taken.cpu_seconds:8.2f} {taken.megabytes:9.0f}",
        flush=True,
    )


def _real_course(folder: Path) -> None:
    content, out = folder / "content", folder / "out"
    shutil.copytree("content", content)
    command = tool("build", "--content", str(content), "--out", str(out))
    lesson = min(content.glob("0*.md"))
    _head("The course of this repository, all artifacts")
    _row("cold", measure(command, 1, lambda: shutil.rmtree(out, ignore_errors=True)))
    _row("unchanged", measure(command, 5))
    _row("after one edited sentence", measure(command, 2, lambda: edit(lesson)))
    command = tool("build", "deck", "--content", str(content), "--out", str(out))
    _row("after one edited sentence, only the deck", measure(command, 3, lambda: edit(lesson)))


def _deck(folder: Path, size: int, runs: int = 3) -> None:
    """Measure the deck of a generated course, whose notes are left in the folder."""
    content, out = folder / f"content-{size}", folder / f"out-{size}"
    write_course(content, size, card)
    command = tool("build", "deck", "--content", str(content), "--out", str(out))
    _row(f"{size:,}: cold", measure(command, runs, lambda: shutil.rmtree(out, ignore_errors=True)))
    _row(f"{size:,}: unchanged", measure(command, runs))
    again = measure(command, runs, lambda: (out / "generated.apkg").unlink())
    _row(f"{size:,}: lessons cached, deck rebuilt", again)
    edited = measure(command, runs, lambda: edit(content / "0001.md"))
    _row(f"{size:,}: after one edited sentence", edited)


def _beside_floors(folder: Path, size: int) -> None:
    _head(f"{size:,} concepts of one card each, formulas from a pool; only the deck")
    _deck(folder, size, runs=5)
    for name in FLOORS:
        arguments = [sys.executable, "-m", "bench.floors", name, str(size), str(folder / "floor")]
        _row(f"{size:,}: floor, {name}", measure(arguments))


def _growing(folder: Path) -> None:
    _head("The same, growing")
    for size in _GROWING:
        _deck(folder, size, runs=2)


def _own_formulas(folder: Path) -> None:
    content, out = folder / "content-own", folder / "out-own"
    write_course(content, _OWN_FORMULAS, concept)
    command = tool("build", "deck", "--content", str(content), "--out", str(out))
    _head(f"{_OWN_FORMULAS:,} concepts of two cards each, {2 * _OWN_FORMULAS:,} distinct formulas")
    _row("cold", measure(command, 1, lambda: shutil.rmtree(out, ignore_errors=True)))
    _row("after one edited sentence", measure(command, 3, lambda: edit(content / "0001.md")))


def _apart(module: str) -> None:
    """Run another benchmark in a process of its own: what starts others lends them its memory."""
    print(flush=True)
    subprocess.run([sys.executable, "-m", module], check=True)


def main() -> None:
    """Measure the real course, then generated ones."""
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(f"load before: {os.getloadavg()[0]:.1f}; medians of several runs")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        _real_course(folder)
        _apart("bench.checking")
        _apart("bench.printing")
        _apart("bench.watching")
        for size in _BESIDE_FLOORS:
            _beside_floors(folder, size)
        stages(_BESIDE_FLOORS[-1])
        _growing(folder)
        _own_formulas(folder)
    _apart("bench.parsing")
    _apart("bench.importing")


if __name__ == "__main__":
    main()
