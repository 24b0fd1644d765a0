"""`aml-build stats` without its command line: counts of the notes and of the cheat sheet."""

from pathlib import Path

import msgspec

from aml_build.engines.git import edition
from aml_build.engines.install_hints import ToolMissingError
from aml_build.model import Course
from aml_build.pipeline.build import prepare
from aml_build.pipeline.course_state import CourseState
from aml_build.pipeline.outcome import Outcome
from aml_build.pipeline.request import BuildRequest, Progress
from aml_build.render.cheatsheet import SheetBuilder
from aml_build.stats.counts import Box, Stats, largest_first, stats
from aml_build.storage.cache import Cache
from aml_build.storage.source_paths import CACHE

_MISTAKES = "The notes have mistakes: fix first what `aml-build check` lists."
_FAILED = "TeX cannot set it: `aml-build check` shows where it fails."


class StatsResult(msgspec.Struct, frozen=True):
    """The counts, with the diagnostics of the notes."""

    outcome: Outcome
    stats: Stats | None = None
    """``None`` if there is no course."""


def count(
    root: Path, out: Path, new_a_day: int, on_progress: Progress = lambda _: None
) -> StatsResult:
    """Count a course; of notes with mistakes, count the part that can be read."""
    cache = Cache(out / CACHE)
    # `check` reports formulas that TeX cannot print.
    state = prepare(BuildRequest(root, out), cache, on_progress, tex=False)
    outcome, course = state.outcome, state.course
    if course is None:
        return StatsResult(outcome)
    on_progress("measuring the cheat sheet")
    boxes, why = None, " ".join(state.missing)
    # Without its figures, a box would be measured too small.
    if not state.missing:
        try:
            boxes, why = _boxes(root, course, state, cache)
        except ToolMissingError as lack:
            why = str(lack)
            outcome = msgspec.structs.replace(outcome, missing=(why,))
    counted = stats(course, state.items, new_a_day)
    return StatsResult(outcome, msgspec.structs.replace(counted, sheet=boxes, unmeasured=why))


def _boxes(
    root: Path, course: Course, state: CourseState, cache: Cache
) -> tuple[tuple[Box, ...] | None, str]:
    """Return the height of each box, or why it is not known."""
    if state.diff is None:
        return None, _MISTAKES
    lessons = {c.id: lesson.number for lesson in course.lessons for c in lesson.concepts}
    if not lessons:
        return (), ""
    found = SheetBuilder(course, state.drawings, edition(root), cache).costs()
    if found is None:
        return None, _FAILED
    boxes = (Box(c.concept, lessons[c.concept], c.millimetres, c.shown) for c in found)
    return largest_first(boxes), ""
