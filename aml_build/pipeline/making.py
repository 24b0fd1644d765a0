"""The last two passes: artifacts are made side by side, then written together."""

import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

from aml_build.diagnostics.diagnostic import has_errors
from aml_build.pipeline.artifacts import load
from aml_build.pipeline.build_context import ArtifactFiles, BuildContext
from aml_build.pipeline.course_state import CourseState
from aml_build.pipeline.options import Target
from aml_build.pipeline.outcome import ArtifactRow, Outcome
from aml_build.pipeline.request import Progress
from aml_build.storage.files import digest
from aml_build.storage.output import write_together


class TimedArtifact(msgspec.Struct, frozen=True):
    """One artifact and how long it took to make."""

    target: Target
    artifact: ArtifactFiles
    seconds: float


def make_artifacts(
    targets: tuple[Target, ...], context: BuildContext, on_progress: Progress
) -> tuple[TimedArtifact, ...]:
    """Make the targets side by side: TeX runs in processes of its own."""
    on_progress("making " + ", ".join(targets))
    # Imported one after another: circular imports of libraries fail when threads run them together.
    make = {target: load(target) for target in targets}

    def timed(target: Target) -> TimedArtifact:
        began = time.perf_counter()
        artifact = make[target](context)
        return TimedArtifact(target, artifact, time.perf_counter() - began)

    with ThreadPoolExecutor(max_workers=len(targets) or 1) as pool:
        return tuple(pool.map(timed, targets))


def write_artifacts(
    state: CourseState, made: tuple[TimedArtifact, ...], out: Path
) -> tuple[Outcome, Mapping[str, str]]:
    """Write all artifacts, or none where one has a mistake; return also each file's digest by path.

    Raise ``OSError`` where writing fails.
    """
    faults = tuple(d for one in made for d in one.artifact.diagnostics)
    if has_errors(faults):
        return state.outcome_with(faults), {}
    files = {path: data for one in made for path, data in one.artifact.files.items()}
    changed = write_together(out, files)
    rows = tuple(_row(one, changed) for one in made)
    return state.outcome_with(faults, rows), {path: digest(d) for path, d in files.items()}


def _row(one: TimedArtifact, changed: frozenset[str]) -> ArtifactRow:
    files = one.artifact.files
    size = sum(map(len, files.values()))
    first = next(iter(files), "")
    written = not changed.isdisjoint(files)
    return ArtifactRow(one.target, first, size, one.artifact.summary, one.seconds, written)
