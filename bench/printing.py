"""Compare the time of printing with that of its TeX runs alone. Run as: python -m bench.printing."""

import os
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from aml_build.engines import pdflatex
from aml_build.engines.git import edition
from aml_build.pipeline.build import run_pipeline
from aml_build.pipeline.options import Target
from aml_build.pipeline.request import BuildRequest

_BOTH = (Target.SHEET, Target.BOOKLET)


_ROUNDS = 5


def main() -> None:
    """Build sheet and booklet with cached figures and formulas, then repeat their TeX runs alone."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        content, known = folder / "content", folder / "known"
        shutil.copytree("content", content)
        run_pipeline(BuildRequest(content, known, (Target.DECK,)), edition(content))
        rounds = [_round(folder / str(number), content, known) for number in range(_ROUNDS)]
    spent, bare, ratio = (
        statistics.median(column)
        for column in zip(*((s, b, s / b) for s, b, _ in rounds), strict=True)
    )
    count = rounds[0][2]
    print("\nSheet and booklet side by side, figures drawn and formulas checked before; medians")
    print(f"  {'build':<40} {spent:8.2f} s")
    print(f"  {f'its {count} TeX runs alone, in the same two rows':<40} {bare:8.2f} s")
    print(f"  {'ratio':<40} {ratio:8.2f}")


def _round(folder: Path, content: Path, known: Path) -> tuple[float, float, int]:
    """Return the seconds of a build, those of its TeX runs alone, and their number."""
    out = folder / "out"
    shutil.copytree(known, out)
    runs: dict[int, list[Path]] = defaultdict(list)
    spent = _recorded(
        folder / "runs",
        runs,
        lambda: run_pipeline(BuildRequest(content, out, _BOTH), edition(content)),
    )
    bare = _timed(lambda: _replay(list(runs.values())))
    return spent, bare, sum(map(len, runs.values()))


def _recorded(folder: Path, runs: dict[int, list[Path]], work: Callable[[], object]) -> float:
    """Do the work and return its seconds; copy the folder of each TeX run before it, by thread.

    The time of copying is not counted.
    """
    once, lock = pdflatex._once, threading.Lock()
    kept: dict[int, float] = defaultdict(float)

    def recording(program: str, place: Path, epoch: int, deadline: float) -> str:
        began = time.perf_counter()
        thread = threading.get_ident()
        with lock:
            copy = folder / str(sum(map(len, runs.values())))
            shutil.copytree(place, copy)
            runs[thread].append(copy)
        kept[thread] += time.perf_counter() - began
        return once(program, place, epoch, deadline)

    pdflatex._once = recording
    try:
        return _timed(work) - max(kept.values(), default=0.0)
    finally:
        pdflatex._once = once


def _replay(rows: list[list[Path]]) -> None:
    """Run TeX in every folder, the rows side by side."""
    with ThreadPoolExecutor(max_workers=len(rows) or 1) as pool:
        list(pool.map(lambda row: [_bare(folder) for folder in row], rows))


def _bare(folder: Path) -> None:
    (document,) = (
        p for p in folder.glob("*.tex") if "\\documentclass" in p.read_text(encoding="utf-8")
    )
    subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", document.name],
        cwd=folder,
        env={**os.environ, "max_print_line": "1000"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        check=False,
    )


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
