"""The pipeline: from a folder of notes to a folder of artifacts.

read → parse → link → check → number items → draw → make notes → compare → date notes → artifacts → write
"""

from collections.abc import Mapping
from pathlib import Path

from msgspec.structs import replace

from aml_build.model.edition import Edition
from aml_build.pipeline.build_context import build_context
from aml_build.pipeline.course_state import CourseState
from aml_build.pipeline.formula_check import FormulaCheck
from aml_build.pipeline.making import make_artifacts, outcome_of_making, write_artifacts
from aml_build.pipeline.note_dates import date_contents
from aml_build.pipeline.options import Target
from aml_build.pipeline.outcome import NotLookedAt, Outcome
from aml_build.pipeline.passes import (
    Amend,
    add_verdict,
    check_characters,
    check_course,
    compare_with_release,
    draw_figures,
    make_notes,
    read_course,
    read_picture_files,
)
from aml_build.pipeline.request import BuildRequest, Progress
from aml_build.storage.cache import Cache


def check_notes(
    root: Path, cache: Cache, on_progress: Progress = lambda _: None, *, tex: bool = True
) -> CourseState:
    """Read the notes and check all that can be checked without drawing and rendering.

    Without ``tex``, formulas are checked for cards alone, which takes a fraction of the time.
    """
    with FormulaCheck(cache, tex=tex) as formulas:
        return add_verdict(_checked(root, cache, formulas, on_progress), formulas)


def check_with_figures(
    root: Path, cache: Cache, on_progress: Progress = lambda _: None, *, most: int
) -> CourseState:
    """Check the notes, and draw the figures; of those without a cached drawing at most so many."""
    with FormulaCheck(cache) as formulas:
        state = _checked(root, cache, formulas, on_progress)
        on_progress("drawing figures, checking formulas")
        return add_verdict(draw_figures(state, root, cache, most=most), formulas)


def prepare(
    request: BuildRequest,
    cache: Cache,
    on_progress: Progress = lambda _: None,
    *,
    tex: bool = True,
    amend: Amend = lambda parsed, _: parsed,
) -> CourseState:
    """Read, check and draw; compare the notes with the last release.

    For ``tex`` see ``check_notes``, for ``amend`` ``read_course``.
    """
    with FormulaCheck(cache, tex=tex) as formulas:
        state = _checked(request.root, cache, formulas, on_progress, amend)
        # Drawing takes the longest, so it does not wait for the verdict on the formulas.
        on_progress("drawing figures, checking formulas")
        state = draw_figures(state, request.root, cache)
        state = make_notes(state, cache)
        state = add_verdict(state, formulas)
        return compare_with_release(state)


def _checked(
    root: Path,
    cache: Cache,
    formulas: FormulaCheck,
    on_progress: Progress,
    amend: Amend = lambda parsed, _: parsed,
) -> CourseState:
    on_progress("reading the notes")
    state = read_course(root, cache, amend)
    on_progress("checking")
    state = check_course(state, cache, formulas)
    return check_characters(read_picture_files(state, root, cache))


def check_print(
    request: BuildRequest, made_from: Edition, on_progress: Progress = lambda _: None
) -> Outcome:
    """Make the targets of the request and write none: return what a build would find."""
    cache = Cache(request.cache_folder)
    state = prepare(request, cache, on_progress)
    if not state.readable:
        return replace(state.outcome, not_looked_at=NotLookedAt(state.not_drawn, request.targets))
    made = make_artifacts(
        request.targets, build_context(state, request, made_from, cache), on_progress
    )
    skipped = tuple(one.target for one in made if one.skipped)
    left = NotLookedAt(state.not_drawn, skipped)
    return replace(outcome_of_making(state, made), not_looked_at=left)


def run_pipeline(
    request: BuildRequest, made_from: Edition, on_progress: Progress = lambda _: None
) -> tuple[Outcome, Mapping[str, str]]:
    """Make the targets that mistakes and missing tools allow; return also each file's digest by path.

    Raise ``OSError`` where writing fails, ``EpochError`` for a SOURCE_DATE_EPOCH that is no time,
    ``LessonNotFoundError`` for a lesson that the course does not have.
    """
    cache = Cache(request.cache_folder)
    state = prepare(request, cache, on_progress)
    if not state.readable:
        return state.outcome, {}
    if Target.DECK in request.targets:
        state = date_contents(state, request)
    context = build_context(state, request, made_from, cache)
    made = make_artifacts(request.targets, context, on_progress)
    return write_artifacts(state, made, request)
