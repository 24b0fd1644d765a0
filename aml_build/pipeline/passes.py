"""The passes from a folder of notes to a course that can be rendered.

``read_course`` makes a ``CourseState``; each other pass returns it with its own part added.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

import msgspec
from msgspec.structs import replace

from aml_build.check import check
from aml_build.check.quality import check_quality
from aml_build.engines.install_hints import ToolMissingError
from aml_build.figures.draw import draw_files, new_figures
from aml_build.figures.figure_check import check_figures
from aml_build.figures.picture_files import read_pictures
from aml_build.items.derive import lesson_items, numbered
from aml_build.items.item import booklet_numbers
from aml_build.model import Picture
from aml_build.parse.course import ParseResult, parse_course
from aml_build.pipeline.course_state import CourseState
from aml_build.pipeline.formula_check import FormulaCheck
from aml_build.pipeline.lesson_summary import formulas_of, pictures_of, summarise
from aml_build.pipeline.release_files import read_lock, read_texts
from aml_build.release.compare import compare
from aml_build.release.lock import Lock
from aml_build.release.text_changes import with_texts
from aml_build.render.anki import NoteContent
from aml_build.render.anki.note_context import note_context
from aml_build.render.anki.note_types import schema
from aml_build.render.anki.notes import lesson_notes
from aml_build.render.missing_glyphs import (
    course_characters,
    missing_glyphs,
    picture_characters,
)
from aml_build.storage.cache import Cache, recall_or_compute

Amend = Callable[[ParseResult, Lock], ParseResult]
"""Completes parsed notes before they are checked."""


def read_course(root: Path, cache: Cache, amend: Amend = lambda parsed, _: parsed) -> CourseState:
    """Read, parse and link the notes; read the release lock."""
    lock, faults = read_lock(root)
    parsed = amend(parse_course(root, cache=cache), lock)
    findings = (*parsed.diagnostics, *faults)
    return CourseState(parsed.course, parsed.symbols, lock, parsed.sources, findings)


def check_course(state: CourseState, cache: Cache, formulas: FormulaCheck) -> CourseState:
    """Check ids, references, order, quality, figures; number the items; start the check of formulas."""
    course = state.course
    if course is None:
        return state
    if any("$" in source.text for source in state.sources.values()):
        formulas.warm_up()
    summaries = tuple(summarise(course.lessons, cache))
    formulas.start(course.lessons, formulas_of(summaries))
    findings = (*check(course, state.symbols), *check_quality(s.quality for s in summaries))
    if state.settings_sound:
        # Figures use the macros of the course.
        shown = pictures_of(summaries)
        findings += check_figures(state.sources, shown, course.macros, cache)
    slots = chain.from_iterable(lesson.slots for lesson in summaries)
    return replace(
        state,
        findings=(*state.findings, *findings),
        summaries=summaries,
        numbers=booklet_numbers(slots, state.lock.numbers),
    )


def read_picture_files(state: CourseState, root: Path, cache: Cache) -> CourseState:
    """Read the photographs and other picture files that the lessons show."""
    drawings, faults = read_pictures(root, pictures_of(state.summaries), cache)
    return replace(state, drawings=drawings, findings=(*state.findings, *faults))


def check_characters(state: CourseState) -> CourseState:
    """Find the characters that no print font has."""
    if state.course is None:
        return state
    pictures = pictures_of(state.summaries)
    found = (
        *course_characters(state.course),
        *chain.from_iterable(lesson.missing for lesson in state.summaries),
        *(
            one
            for path, drawing in state.drawings.items()
            for one in picture_characters(pictures[path], drawing.text)
        ),
    )
    return replace(state, findings=(*state.findings, *missing_glyphs(found, state.sources)))


def draw_figures(
    state: CourseState, root: Path, cache: Cache, *, most: int | None = None
) -> CourseState:
    """Draw the figures that the lessons show, of those without a cached drawing at most so many."""
    if state.course is None or not state.settings_sound:
        return state
    pictures, macros = pictures_of(state.summaries), state.course.macros
    left: tuple[str, ...] = ()
    missing = state.missing
    if most is not None:
        left = new_figures(root, pictures, macros, cache)[most:]
    try:
        drawings, faults = draw_files(root, _without(pictures, left), macros, cache)
    except ToolMissingError as lack:
        missing = (*missing, str(lack))
        left = new_figures(root, pictures, macros, cache)
        drawings, faults = draw_files(root, _without(pictures, left), macros, cache)
    everything = dict(sorted({**state.drawings, **drawings}.items()))
    findings = (*state.findings, *faults)
    return replace(state, drawings=everything, findings=findings, missing=missing, not_drawn=left)


def _without(pictures: Mapping[str, Picture], left: Collection[str]) -> dict[str, Picture]:
    return {path: picture for path, picture in pictures.items() if path not in left}


class _LessonNotes(msgspec.Struct, frozen=True):
    """What the notes of a lesson are made of, beside what is common to all lessons."""

    digest: str
    numbers: tuple[int, ...]
    """Booklet numbers of its items, in study order."""


def make_notes(
    state: CourseState, cache: Cache, *, only: Collection[str] | None = None
) -> CourseState:
    """Make the notes of the deck; make those of changed lessons again.

    ``only`` are the paths of the lessons without mistakes, where others have some. Raise
    ``InvalidNoteError`` for a note that Anki cannot show.
    """
    course, numbers = state.course, state.numbers
    if course is None or (only is None and not state.readable):
        return state
    context = note_context(course, state.drawings)
    chosen = [
        (known, lesson)
        for known, lesson in zip(state.summaries, course.lessons, strict=True)
        if only is None or lesson.span.path in only
    ]
    parts = [
        _LessonNotes(known.digest, tuple([numbers[slot.published_id] for slot in known.slots]))
        for known, _ in chosen
    ]
    lessons = {part.digest: lesson for part, (_, lesson) in zip(parts, chosen, strict=True)}

    def make(new: Sequence[_LessonNotes]) -> Iterator[tuple[NoteContent, ...]]:
        for part in new:
            lesson = lessons[part.digest]
            yield lesson_notes(context, lesson.number, numbered(lesson_items(lesson), numbers))

    notes = recall_or_compute(cache, "notes", context, parts, make, tuple[NoteContent, ...])
    return replace(state, contents=tuple(chain.from_iterable(notes)))


def add_verdict(state: CourseState, formulas: FormulaCheck) -> CourseState:
    """Wait for what the engines say of the formulas, and add it."""
    found, missing = formulas.result()
    return replace(
        state,
        findings=(*state.findings, *found),
        missing=tuple(dict.fromkeys((*missing, *state.missing))),
    )


def compare_with_release(state: CourseState) -> CourseState:
    """Compare the notes with those last released, unless there are errors in them."""
    if state.course is None or not state.sound:
        return state
    diff = compare(state.lock, state.contents, state.course.retired, schema())
    return replace(state, diff=diff)


def compare_texts(state: CourseState, root: Path) -> CourseState:
    """Add to the comparison the old and new text of each updated note; raise ``OSError``.

    A file of released texts that cannot be read is an error, and leaves no comparison.
    """
    if state.diff is None:
        return state
    texts, faults = read_texts(root)
    if faults:
        return replace(state, diff=None, findings=(*state.findings, *faults))
    return replace(state, texts=texts, diff=with_texts(state.diff, texts, state.contents))
