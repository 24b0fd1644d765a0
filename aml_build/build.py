"""The pipeline: from a folder of notes to a folder of artifacts."""

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

from aml_build.cache import Cache, digest, write_atomically
from aml_build.check import check
from aml_build.check.quality import check_quality
from aml_build.check.typeset import check_math
from aml_build.derive import derive
from aml_build.diagnostics import Diagnostic, Severity, in_order
from aml_build.drawing import Drawing
from aml_build.edition import Edition
from aml_build.figures import draw
from aml_build.fingerprint import Stamp, inputs_digest, intact
from aml_build.items import Item
from aml_build.model import Course
from aml_build.options import Options, Target
from aml_build.parse.course import parse_course
from aml_build.provenance import edition
from aml_build.publish import Publication, mtimes, publication, read_lock
from aml_build.release.lock import Lock
from aml_build.source import Source
from aml_build.targets import MAKERS, PRINTED, Made, Stage
from aml_build.tex import ToolMissing

Say = Callable[[str], None]
"""Told each step of long work as it begins."""


class Request(msgspec.Struct, frozen=True):
    """What to build, from where to where."""

    root: Path
    """The folder with ``course.yaml``."""
    out: Path
    targets: tuple[Target, ...] = tuple(Target)
    options: Options = Options()
    version: str = ""
    """Of the release that this build is for; empty: the last one."""
    use_cache: bool = True


class Row(msgspec.Struct, frozen=True):
    """One artifact in the report."""

    target: str
    path: str
    """Relative to the output folder; the first file where there are several."""
    size: int
    """Bytes, all files together."""
    summary: str
    seconds: float
    """Spent making it."""
    written: bool
    """Whether any byte differs from what lay there."""


class Outcome(msgspec.Struct, frozen=True):
    """What came of a build."""

    diagnostics: tuple[Diagnostic, ...]
    rows: tuple[Row, ...] = ()
    missing: tuple[str, ...] = ()
    """Tools that are not installed: what lacks, and the command that installs it."""
    unchanged: bool = False
    """Nothing had to be done."""
    sources: Mapping[str, Source] = {}
    """By path, for showing the lines at fault; read anew where nothing was parsed."""

    @property
    def exit_code(self) -> int:
        """Return 2 for a missing tool, 1 for mistakes in the content, else 0."""
        if _stops(self.diagnostics):
            return 1
        return 2 if self.missing else 0


class Checked(msgspec.Struct, frozen=True):
    """A course that was read and checked."""

    course: Course | None
    items: tuple[Item, ...]
    lock: Lock
    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, Source]
    missing: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Return whether artifacts may be made of it."""
        return self.course is not None and not _stops(self.diagnostics)


class Prepared(msgspec.Struct, frozen=True):
    """A course about to be rendered, or the reasons why it is not."""

    checked: Checked
    diagnostics: tuple[Diagnostic, ...]
    missing: tuple[str, ...]
    drawings: Mapping[str, Drawing] = {}
    publication: Publication | None = None
    """Nothing where mistakes are in the way."""


def build(request: Request, say: Say = lambda _: None) -> Outcome:
    """Build the targets and return what came of it; raise ``OSError`` where writing fails."""
    place = request.out / ".cache"
    cache = Cache(place if request.use_cache else None)
    made_from = edition(request.root)
    wanted = tuple(dict.fromkeys(request.targets))
    inputs = inputs_digest(
        request.root, *wanted, repr(request.options), request.version, repr(made_from)
    )
    if request.use_cache and (last := _last_outcome(place, request.out, inputs)):
        return last

    ready = prepare(request, cache, say)
    if ready.publication is None:
        return Outcome(ready.diagnostics, missing=ready.missing, sources=ready.checked.sources)
    stage = _stage(ready, request, made_from, cache)
    missing = ready.missing

    makeable = tuple(t for t in wanted if not (missing and t in PRINTED))
    rows, outputs, faults = _make(makeable, stage, request.out, say)
    diagnostics = in_order((*ready.diagnostics, *faults))
    outcome = Outcome(diagnostics, rows, missing, sources=ready.checked.sources)
    if outcome.exit_code == 0:
        _remember(place, inputs, outputs, outcome)
    return outcome


def read(root: Path, cache: Cache, say: Say = lambda _: None) -> Checked:
    """Read the notes and check all that can be checked without rendering."""
    say("reading the notes")
    parsed = parse_course(root, cache=cache)
    lock, faults = read_lock(root)
    course = parsed.course
    if course is None:
        return Checked(None, (), lock, in_order((*parsed.diagnostics, *faults)), parsed.sources)
    say("checking")
    items = derive(course, lock.numbers)
    found = (*parsed.diagnostics, *faults, *check(course, parsed.names))
    found += check_quality(course, items)
    say("checking formulas")
    math, missing = check_math(course, cache)
    diagnostics = in_order(_wanted((*found, *math), course))
    return Checked(course, items, lock, diagnostics, parsed.sources, missing)


def _stops(diagnostics: Iterable[Diagnostic]) -> bool:
    return any(d.severity is Severity.ERROR for d in diagnostics)


def _wanted(found: tuple[Diagnostic, ...], course: Course) -> Iterator[Diagnostic]:
    """Leave out the warnings that the author has switched off."""
    off = frozenset(course.disabled_checks)
    return (d for d in found if d.severity is Severity.ERROR or d.code not in off)


def prepare(request: Request, cache: Cache, say: Say = lambda _: None) -> Prepared:
    """Read, check and draw; hold the notes against those last published."""
    checked = read(request.root, cache, say)
    if not checked.sound or checked.course is None:
        return Prepared(checked, checked.diagnostics, checked.missing)
    say("drawing figures")
    drawings: dict[str, Drawing] = {}
    faults: tuple[Diagnostic, ...] = ()
    missing = checked.missing
    try:
        drawings, faults = draw(request.root, checked.course, cache)
    except ToolMissing as lack:
        missing = tuple(dict.fromkeys((*missing, str(lack))))
    diagnostics = in_order((*checked.diagnostics, *faults))
    if _stops(faults):
        return Prepared(checked, diagnostics, missing)
    published = publication(checked.course, checked.items, drawings, checked.lock)
    return Prepared(checked, diagnostics, missing, drawings, published)


def _stage(ready: Prepared, request: Request, made_from: Edition, cache: Cache) -> Stage:
    course, published = ready.checked.course, ready.publication
    assert course is not None
    assert published is not None
    version = request.version or published.lock.version
    content = Path(os.path.relpath(request.root, request.out / "preview")).as_posix()
    return Stage(
        course,
        ready.checked.items,
        ready.drawings,
        msgspec.structs.replace(made_from, version=version),
        mtimes(published.lock, published.present, made_from.epoch),
        cache,
        request.options,
        content,
    )


def _make(
    targets: tuple[Target, ...], stage: Stage, out: Path, say: Say
) -> tuple[tuple[Row, ...], dict[str, str], tuple[Diagnostic, ...]]:
    """Make the targets side by side (TeX runs in processes of its own), then write them."""
    say("making " + ", ".join(targets))
    with ThreadPoolExecutor(max_workers=len(targets) or 1) as pool:
        timed = list(pool.map(lambda target: _timed(target, stage), targets))
    faults = tuple(d for made, _ in timed for d in made.diagnostics)
    if _stops(faults):
        return (), {}, faults
    rows, outputs = [], {}
    for target, (made, seconds) in zip(targets, timed, strict=True):
        written = False
        for path, data in made.files.items():
            written |= _write_if_new(out / path, data)
            outputs[path] = digest(data)
        size = sum(map(len, made.files.values()))
        first = next(iter(made.files), "")
        rows.append(Row(target, first, size, made.summary, seconds, written))
    return tuple(rows), outputs, faults


def _timed(target: Target, stage: Stage) -> tuple[Made, float]:
    began = time.perf_counter()
    return MAKERS[target](stage), time.perf_counter() - began


def _write_if_new(path: Path, data: bytes) -> bool:
    """Write only what differs, so that nobody's viewer or printer is told for nothing."""
    try:
        if path.read_bytes() == data:
            return False
    except OSError:
        pass
    write_atomically(path, data)
    return True


def _last_outcome(place: Path, out: Path, inputs: str) -> Outcome | None:
    """Return the outcome of the last build if doing it again would change nothing."""
    try:
        stamp = msgspec.json.decode((place / "stamp.json").read_bytes(), type=Stamp)
        last = msgspec.json.decode(stamp.report, type=Outcome)
    except (OSError, msgspec.MsgspecError):
        return None
    if stamp.inputs != inputs or not intact(out, stamp):
        return None
    return msgspec.structs.replace(last, unchanged=True)


def _remember(place: Path, inputs: str, outputs: dict[str, str], outcome: Outcome) -> None:
    # Only the sources that a warning points to are needed to tell it again.
    pointed = {d.span.path for d in outcome.diagnostics}
    kept = {path: source for path, source in outcome.sources.items() if path in pointed}
    report = msgspec.json.encode(msgspec.structs.replace(outcome, sources=kept))
    try:
        write_atomically(place / "stamp.json", msgspec.json.encode(Stamp(inputs, outputs, report)))
    except OSError:
        # A cache that cannot be written costs time, never a build.
        return
