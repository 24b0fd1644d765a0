"""The last two passes: artifacts are made side by side, then written together."""

import time
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor

import msgspec
from msgspec.structs import replace

from aml_build.diagnostics.codes import Code, Severity
from aml_build.engines.install_hints import ToolMissingError
from aml_build.pipeline.artifacts import load
from aml_build.pipeline.build_context import ArtifactFiles, BuildContext
from aml_build.pipeline.course_state import CourseState
from aml_build.pipeline.note_dates import record_path, write_record
from aml_build.pipeline.options import Target
from aml_build.pipeline.outcome import ArtifactRow, Outcome
from aml_build.pipeline.request import BuildRequest, Progress
from aml_build.release.note_times import Record
from aml_build.storage.files import describe, digest
from aml_build.storage.output import write_together

_NO_RECORD = (
    "the times of the notes cannot be kept ({reason}), so Anki may not accept the next correction"
)
_TOOL_MISSING = "not made, because a tool is missing"


class TimedArtifact(msgspec.Struct, frozen=True):
    """One artifact and how long it took to make."""

    target: Target
    artifact: ArtifactFiles
    seconds: float
    missing: str = ""
    """The tool without which it was not made, and how to get it."""
    skipped: bool = False
    """Whether it was not made, because of what was found before or for want of a tool."""

    @property
    def errors(self) -> set[Code]:
        """Return the codes of the errors found while it was made."""
        return {d.code for d in self.artifact.diagnostics if d.severity is Severity.ERROR}


def make_artifacts(
    targets: tuple[Target, ...], context: BuildContext, on_progress: Progress
) -> tuple[TimedArtifact, ...]:
    """Make the targets side by side: TeX runs in processes of its own.

    A target whose medium is withheld, or whose tool is missing, has no files and says why.
    """
    wanted = tuple(dict.fromkeys(targets))
    on_progress("making " + ", ".join(wanted))
    reasons = {target: _reason(target, context.state) for target in wanted}
    # Imported one after another: circular imports of libraries fail when threads run them together.
    make = {target: load(target) for target in wanted if not reasons[target]}

    def timed(target: Target) -> TimedArtifact:
        if reason := reasons[target]:
            return TimedArtifact(target, ArtifactFiles({}, reason), 0.0, skipped=True)
        began = time.perf_counter()
        try:
            artifact, missing = make[target](context), ""
        except ToolMissingError as lack:
            artifact, missing = ArtifactFiles({}, _TOOL_MISSING), str(lack)
        return TimedArtifact(
            target, artifact, time.perf_counter() - began, missing, skipped=bool(missing)
        )

    with ThreadPoolExecutor(max_workers=len(wanted) or 1) as pool:
        return tuple(pool.map(timed, wanted))


def outcome_of_making(state: CourseState, made: tuple[TimedArtifact, ...]) -> Outcome:
    """Return what was found up to now, and while the artifacts were made."""
    faults = tuple(d for one in made for d in one.artifact.diagnostics)
    return state.outcome_with(faults, missing=tuple(one.missing for one in made if one.missing))


def write_artifacts(
    state: CourseState, made: tuple[TimedArtifact, ...], request: BuildRequest
) -> tuple[Outcome, Mapping[str, str]]:
    """Write the artifacts without errors; return also each file's digest by path.

    The last good files of the others stay. A release is written as a whole or not at all. Raise
    ``OSError`` where writing fails, with all files as they were.
    """
    outcome = outcome_of_making(state, made)
    if request.version and any(one.missing or one.errors for one in made):
        return outcome, {}
    good = {one.target: one.artifact for one in made if not one.errors}
    files = {path: data for artifact in good.values() for path, data in artifact.files.items()}
    record: Mapping[str, str] = {}
    if Target.DECK in good and good[Target.DECK].files:
        record, notices = _write_record(request, state.record)
        outcome = replace(outcome, import_summary=state.import_summary, notices=notices)
    changed = write_together(request.out, files)
    outcome = replace(outcome, rows=tuple(_row(one, changed) for one in made))
    return outcome, {path: digest(data) for path, data in files.items()} | dict(record)


def _write_record(
    request: BuildRequest, record: Record
) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """Write the build record before the deck: a text that reached Anki is never without a time.

    Return the digest of the record by path, and a notice where it cannot be written.
    """
    path = record_path(request.root)
    try:
        data = write_record(path, record)
    except OSError as error:
        return {}, (_NO_RECORD.format(reason=describe(error)),)
    return {path.absolute().as_posix(): digest(data)}, ()


def _reason(target: Target, state: CourseState) -> str:
    """Return why a target cannot be made; empty if it can."""
    codes = {found.code for found in state.findings if target.medium & found.withholds}
    if codes:
        return _withheld(codes)
    return _TOOL_MISSING if state.missing and target.needs_tex else ""


def _withheld(codes: Iterable[Code]) -> str:
    return f"not made, because of {', '.join(sorted(codes))}"


def _row(one: TimedArtifact, changed: frozenset[str]) -> ArtifactRow:
    if one.errors:
        return ArtifactRow(one.target, "", 0, _withheld(one.errors), one.seconds, False)
    files = one.artifact.files
    size = sum(map(len, files.values()))
    first = next(iter(files), "")
    written = not changed.isdisjoint(files)
    summary = one.artifact.summary
    return ArtifactRow(one.target, first, size, summary, one.seconds, written, tuple(files))
