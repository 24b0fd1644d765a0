"""The pipeline: from a folder of notes to a folder of artifacts."""

import functools
import os
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from itertools import chain
from pathlib import Path

import msgspec

from aml_build.check import check
from aml_build.check.formulas import Verdict, check_math, warm
from aml_build.check.quality import check_quality
from aml_build.diagnostics.diagnostic import Diagnostic, in_order, without_disabled
from aml_build.diagnostics.source import Source
from aml_build.engines.git import edition
from aml_build.engines.pdflatex import ToolMissing
from aml_build.figures.draw import draw_files
from aml_build.items.derive import derive
from aml_build.items.item import Item, booklet_numbers
from aml_build.model import Course
from aml_build.model.drawing import Drawing
from aml_build.model.edition import Edition
from aml_build.parse.course import parse_course
from aml_build.pipeline.artifacts import maker
from aml_build.pipeline.build_context import Made, Stage
from aml_build.pipeline.lesson_summary import Survey, formulas, pictures, survey
from aml_build.pipeline.options import Target
from aml_build.pipeline.outcome import Outcome, Progress, Request, Row, stops
from aml_build.pipeline.publication import Publication, contents, mtimes, publication, read_lock
from aml_build.release.lock import Lock
from aml_build.storage.cache import Cache, digest
from aml_build.storage.output import write_together


class Checked(msgspec.Struct, frozen=True, dict=True):
    """A course that was read and checked."""

    course: Course | None
    lock: Lock
    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, Source]
    missing: tuple[str, ...] = ()
    surveys: tuple[Survey, ...] = ()
    """One a lesson."""
    numbers: Mapping[str, int] = {}
    """The booklet numbers of all items, by published_id."""

    @functools.cached_property
    def items(self) -> tuple[Item, ...]:
        """Return everything that the course asks, derived when it is first asked for."""
        return derive(self.course, self.numbers) if self.course is not None else ()

    @property
    def sound(self) -> bool:
        """Return whether artifacts may be made of it."""
        return self.course is not None and not stops(self.diagnostics)


class Prepared(msgspec.Struct, frozen=True):
    """A course about to be rendered, or the reasons why it is not."""

    checked: Checked
    diagnostics: tuple[Diagnostic, ...]
    missing: tuple[str, ...]
    drawings: Mapping[str, Drawing] = {}
    publication: Publication | None = None
    """Nothing where mistakes are in the way."""


def build(
    request: Request, on_progress: Progress = lambda _: None
) -> tuple[Outcome, Mapping[str, str]]:
    """Build the targets; return what came of it and the digest of each file by path.

    Raise ``OSError`` where writing fails, ``NoSuchLessonError`` for one that the course does not have.
    """
    cache = Cache(request.memory)
    ready = prepare(request, cache, on_progress)
    if ready.publication is None:
        outcome = Outcome(ready.diagnostics, missing=ready.missing, sources=ready.checked.sources)
        return outcome, {}
    stage = _stage(ready, request, edition(request.root), cache)
    request.options.check_lessons([lesson.number for lesson in stage.course.lessons])
    wanted = tuple(dict.fromkeys(request.targets))
    makeable = tuple(t for t in wanted if not (ready.missing and t.needs_tex))
    rows, outputs, faults = _make(makeable, stage, request.out, on_progress)
    faults = without_disabled(faults, stage.course.disabled_checks)
    diagnostics = in_order((*ready.diagnostics, *faults))
    return Outcome(diagnostics, rows, ready.missing, sources=ready.checked.sources), outputs


def read(
    root: Path, cache: Cache, on_progress: Progress = lambda _: None, *, tex: bool = True
) -> Checked:
    """Read the notes and check all that can be checked without rendering.

    Without ``tex``, formulas are checked for cards alone, which takes no time to speak of.
    """
    with ThreadPoolExecutor(max_workers=1) as aside:
        checked, judged = _read(root, cache, on_progress, aside, tex=tex)
        return _judged(checked, judged)


def _read(
    root: Path, cache: Cache, on_progress: Progress, aside: Executor, *, tex: bool
) -> tuple[Checked, Future[Verdict]]:
    """Read and check the notes; what the engines say of the formulas will come from aside."""
    on_progress("reading the notes")
    parsed = parse_course(root, cache=cache)
    lock, faults = read_lock(root)
    found = (*parsed.diagnostics, *faults)
    course = parsed.course
    if course is None:
        nothing: Future[Verdict] = aside.submit(lambda: ((), ()))
        return Checked(None, lock, in_order(found), parsed.sources), nothing
    on_progress("checking")
    if any("$" in source.text for source in parsed.sources.values()):
        aside.submit(warm, cache)
    surveys = tuple(survey(course.lessons, cache))
    judged = aside.submit(check_math, course.lessons, formulas(surveys), cache, tex=tex)
    found += check(course, parsed.names)
    found += tuple(check_quality(lesson.quality for lesson in surveys))
    slots = chain.from_iterable(lesson.slots for lesson in surveys)
    numbers = booklet_numbers(slots, lock.numbers)
    diagnostics = in_order(without_disabled(found, course.disabled_checks))
    return Checked(course, lock, diagnostics, parsed.sources, (), surveys, numbers), judged


def _judged(checked: Checked, judged: Future[Verdict]) -> Checked:
    """Add what the engines say of the formulas."""
    found, missing = judged.result()
    diagnostics = in_order((*checked.diagnostics, *found))
    return msgspec.structs.replace(checked, diagnostics=diagnostics, missing=missing)


def prepare(
    request: Request, cache: Cache, on_progress: Progress = lambda _: None, *, tex: bool = True
) -> Prepared:
    """Read, check and draw; hold the notes against those last published. For ``tex`` see ``read``."""
    with ThreadPoolExecutor(max_workers=1) as aside:
        checked, judged = _read(request.root, cache, on_progress, aside, tex=tex)
        course = checked.course
        if not checked.sound or course is None:
            checked = _judged(checked, judged)
            return Prepared(checked, checked.diagnostics, checked.missing)
        # Figures and notes do not wait for the formulas to be found sound, though in vain if they
        # are not: they are what takes the time.
        on_progress("drawing figures, checking formulas")
        drawings: dict[str, Drawing] = {}
        faults: tuple[Diagnostic, ...] = ()
        lacks: tuple[str, ...] = ()
        try:
            places = pictures(checked.surveys)
            drawings, faults = draw_files(request.root, places, course.macros, cache)
        except ToolMissing as lack:
            lacks = (str(lack),)
        written = contents(course, checked.surveys, checked.numbers, drawings, cache)
        checked = _judged(checked, judged)
    diagnostics = in_order((*checked.diagnostics, *faults))
    missing = tuple(dict.fromkeys((*checked.missing, *lacks)))
    if stops(diagnostics):
        return Prepared(checked, diagnostics, missing)
    published = publication(written, checked.lock, course.retired)
    return Prepared(checked, diagnostics, missing, drawings, published)


def _stage(ready: Prepared, request: Request, made_from: Edition, cache: Cache) -> Stage:
    course, published = ready.checked.course, ready.publication
    assert course is not None
    assert published is not None
    version = request.version or published.lock.version
    content = Path(os.path.relpath(request.root, request.out / "preview")).as_posix()
    return Stage(
        course,
        lambda: ready.checked.items,
        published.contents,
        ready.drawings,
        msgspec.structs.replace(made_from, version=version),
        mtimes(published.lock, published.contents, made_from.epoch),
        cache,
        request.options,
        content,
    )


def _make(
    targets: tuple[Target, ...], stage: Stage, out: Path, on_progress: Progress
) -> tuple[tuple[Row, ...], dict[str, str], tuple[Diagnostic, ...]]:
    """Make the targets side by side (TeX runs in processes of its own), then write them."""
    on_progress("making " + ", ".join(targets))
    # Loaded here, one after another: libraries that import each other must not meet in threads.
    makers = [maker(target) for target in targets]
    with ThreadPoolExecutor(max_workers=len(targets) or 1) as pool:
        timed = list(pool.map(lambda make: _timed(make, stage), makers))
    faults = tuple(d for made, _ in timed for d in made.diagnostics)
    if stops(faults):
        return (), {}, faults
    files = {path: data for made, _ in timed for path, data in made.files.items()}
    changed = write_together(out, files)
    rows = []
    for target, (made, seconds) in zip(targets, timed, strict=True):
        written = not changed.isdisjoint(made.files)
        size = sum(map(len, made.files.values()))
        first = next(iter(made.files), "")
        rows.append(Row(target, first, size, made.summary, seconds, written))
    return tuple(rows), {path: digest(data) for path, data in files.items()}, faults


def _timed(make: Callable[[Stage], Made], stage: Stage) -> tuple[Made, float]:
    began = time.perf_counter()
    return make(stage), time.perf_counter() - began
