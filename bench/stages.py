"""Where the time of a build goes, step by step. Run as: python -m bench.stages."""

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from bench.generate import card, edit, write_course
from bench.measure import environment

_STEPS = (
    ("checking whether anything changed", "aml_build.commands.build", "inputs_digest"),
    ("asking git for the date", "aml_build.commands.build", "edition"),
    ("reading, parsing and linking lessons", "aml_build.pipeline.build", "read_course"),
    ("checking lessons, numbering items", "aml_build.pipeline.build", "check_course"),
    ("figures", "aml_build.pipeline.build", "draw_figures"),
    ("notes", "aml_build.pipeline.build", "make_notes"),
    ("waiting for TeX and MathJax", "aml_build.pipeline.build", "add_verdict"),
    ("comparing with the release lock", "aml_build.pipeline.build", "compare_with_release"),
    ("package", "aml_build.pipeline.build", "make_artifacts"),
    ("writing", "aml_build.pipeline.build", "write_artifacts"),
)
_RUNS = 5
_LOADING = "loading modules"
_REST = "starting Python, freeing memory, exit"


def _timed(steps: dict[str, float], name: str, work: Callable[..., Any]) -> Callable[..., Any]:
    def wrapper(*given: Any, **named: Any) -> Any:
        began = time.perf_counter()
        try:
            return work(*given, **named)
        finally:
            steps[name] = time.perf_counter() - began

    return wrapper


def _child(content: str, out: str) -> None:
    """Build once and print the seconds of each step."""
    began = time.perf_counter()
    steps: dict[str, float] = {}
    cli = import_module("aml_build.cli")
    for module in ("aml_build.pipeline.build", "aml_build.pipeline.artifacts.deck_artifact"):
        import_module(module)
    steps[_LOADING] = time.perf_counter() - began
    for name, module, function in _STEPS:
        home = import_module(module)
        setattr(home, function, _timed(steps, name, getattr(home, function)))
    sys.argv = ["aml-build", "build", "deck", "--content", content, "--out", out]
    try:
        cli.main()
    finally:
        print(json.dumps(steps), file=sys.stderr)


def _runs(content: Path, out: Path, before: Callable[[], None]) -> dict[str, float]:
    """Return the median of each step, s, over several builds."""
    taken: list[dict[str, float]] = []
    for _ in range(_RUNS):
        before()
        command = [sys.executable, "-m", "bench.stages", str(content), str(out)]
        began = time.perf_counter()
        done = subprocess.run(
            command, capture_output=True, text=True, check=True, env=environment()
        )
        whole = time.perf_counter() - began
        steps = json.loads(done.stderr.splitlines()[-1])
        taken.append({**steps, _REST: whole - sum(steps.values())})
    return {name: statistics.median(run.get(name, 0) for run in taken) for name in taken[0]}


def stages(size: int) -> None:
    """Print the steps of a cold build and of one after an edited sentence; the deck alone."""
    with tempfile.TemporaryDirectory() as scratch:
        content, out = Path(scratch) / "content", Path(scratch) / "out"
        write_course(content, size, card)
        cold = _runs(content, out, lambda: shutil.rmtree(out, ignore_errors=True))
        edited = _runs(content, out, lambda: edit(content / "0001.md"))
    print(f"\nWhere the time goes, {size:,} concepts\n  {'':<40} {'cold, s':>8} {'edited, s':>10}")
    for name, seconds in cold.items():
        print(f"  {name:<40} {seconds:8.3f} {edited[name]:10.3f}")
    print(f"  {'total':<40} {sum(cold.values()):8.3f} {sum(edited.values()):10.3f}", flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _child(*sys.argv[1:])
    else:
        stages(10_000)
