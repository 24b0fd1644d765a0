"""How long `aml-build check` takes on the course of this repository. Run as: python -m bench.checking."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.generate import edit
from bench.measure import measure, tool


def main() -> None:
    """Print the time of a check without cache, with it, and after edits."""
    print("Checking the course of this repository, s")
    print(f"  {'':<34} {'wall':>8} {'CPU':>8}", flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        content, out = Path(scratch, "content"), Path(scratch, "out")
        shutil.copytree("content", content)
        lesson = min(content.glob("0*.md"))
        figure = min(f for f in content.glob("figures/*.tex") if f.name != "style.tex")

        def row(
            name: str, runs: int, *options: str, before: Callable[[], None] = lambda: None
        ) -> None:
            command = tool("check", *options, "--content", str(content), "--out", str(out))
            taken = measure(command, runs, before)
            print(f"  {name:<34} {taken.seconds:8.2f} {taken.cpu_seconds:8.2f}", flush=True)

        def forget() -> None:
            shutil.rmtree(out, ignore_errors=True)

        def redraw() -> None:
            with figure.open("a", encoding="utf-8") as text:
                text.write("% edited\n")

        row("without cache", 3, before=forget)
        row("--print, without cache", 1, "--print", before=forget)
        row("unchanged", 5)
        row("after one edited sentence", 5, before=lambda: edit(lesson))
        row("after one edited figure", 3, before=redraw)
        row("--print, after one edited sentence", 3, "--print", before=lambda: edit(lesson))


if __name__ == "__main__":
    main()
