"""Print what builds cost, beside floors measured in the same run. Run as: make bench."""

import shutil
import sys
import tempfile
from pathlib import Path

from bench.floors import FLOORS
from bench.generate import write_course
from bench.measure import Measure, measure, tool

_SIZES = (500, 10_000)


def _row(name: str, taken: Measure) -> None:
    print(f"  {name:<46} {taken.seconds:8.2f} s  {taken.megabytes:7.0f} MB", flush=True)


def _edit(lesson: Path) -> None:
    """Change one sentence: the last one, so that no line moves."""
    text = lesson.read_text(encoding="utf-8").rstrip("\n")
    lesson.write_text(text + " Indeed.\n", encoding="utf-8")


def _real_course(folder: Path) -> None:
    content, out = folder / "content", folder / "out"
    shutil.copytree("content", content)
    command = tool("build", "--content", str(content), "--out", str(out))
    lesson = min(content.glob("0*.md"))
    print("the course of this repository, all artifacts")
    _row("cold", measure(command, 1, lambda: shutil.rmtree(out, ignore_errors=True)))
    _row("unchanged", measure(command, 5))
    _row("after one edited sentence", measure(command, 3, lambda: _edit(lesson)))


def _generated(folder: Path, size: int) -> None:
    content, out = folder / f"content-{size}", folder / f"out-{size}"
    write_course(content, size)
    command = tool("build", "deck", "--content", str(content), "--out", str(out))
    print(f"generated course of {size:,} concepts ({2 * size:,} notes), the deck alone")
    _row("cold", measure(command, 1, lambda: shutil.rmtree(out, ignore_errors=True)))
    _row("unchanged", measure(command))
    _row("after one edited sentence", measure(command, 3, lambda: _edit(content / "0001.md")))
    for name in FLOORS:
        scratch = str(folder / "floor.apkg")
        arguments = [sys.executable, "-m", "bench.floors", name, str(2 * size), scratch]
        _row(f"floor: {name}", measure(arguments))


def main() -> None:
    """Measure the real course, then generated ones."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        _real_course(folder)
        for size in _SIZES:
            _generated(folder, size)


if __name__ == "__main__":
    main()
