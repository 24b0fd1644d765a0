"""The rebuild of the cards: in this process, with the caches of earlier rebuilds."""

import time
import traceback
from collections.abc import Mapping

import msgspec
from msgspec.structs import replace

from aml_build.diagnostics.diagnostic import Diagnostic, has_errors
from aml_build.diagnostics.source import Source
from aml_build.items.derive import derive
from aml_build.parse.course import ParseResult
from aml_build.pipeline.build import prepare
from aml_build.pipeline.course_state import CourseState
from aml_build.pipeline.passes import make_notes
from aml_build.pipeline.request import BuildRequest, Progress
from aml_build.release.lock import Lock
from aml_build.render.preview import Page, companions, lay_out
from aml_build.storage.cache import Cache
from aml_build.storage.files import describe
from aml_build.watch.card_changes import Delta, delta, edits
from aml_build.watch.partial_cards import lesson_paths, sound_lessons, with_last
from aml_build.watch.provisional_ids import NOTHING_MISSING, CompletedNotes, complete

NOTES = "content"
"""URL of the notes, relative to the served page."""


class Cards(msgspec.Struct, frozen=True):
    """The page of cards, and the files that it needs."""

    page: Page
    companions: Mapping[str, bytes]
    """The files beside the page, by POSIX path."""
    sources: Mapping[str, Source]
    """The notes that it was made from, by path."""
    stale: tuple[str, ...] = ()
    """Sections of the page whose cards are older than the notes."""


class RebuildResult(msgspec.Struct, frozen=True):
    """The result of one rebuild."""

    diagnostics: tuple[Diagnostic, ...]
    missing: tuple[str, ...]
    sources: Mapping[str, Source]
    """The notes as they were read, by path, for the source lines of diagnostics."""
    seconds: float
    cards: Cards | None = None
    """``None`` if mistakes prevent all cards."""
    stale: tuple[str, ...] = ()
    """Paths of the lessons whose mistakes prevent their cards."""
    unwritten: int = 0
    """Ids that are missing in the notes; the cards have provisional ones."""
    delta: Delta | None = None
    """The changes since the last good cards; ``None`` for the first ones."""
    trouble: str = ""
    """Why the notes could not be read, or which error the tool raised."""
    traceback: str = ""
    """Of an error in the tool, for a bug report."""

    @property
    def sound(self) -> bool:
        """Return whether the artifacts can be made."""
        return self.cards is not None and not has_errors(self.diagnostics)


class Rebuilder:
    """Rebuilds the cards, and keeps the last good ones for comparison."""

    def __init__(self, request: BuildRequest) -> None:
        self._request = request
        self._cache = Cache(request.cache_folder)
        self._last: Cards | None = None

    def rebuild(self, on_progress: Progress = lambda _: None) -> RebuildResult:
        """Rebuild the cards; every error becomes a part of the result."""
        began = time.perf_counter()
        missing = NOTHING_MISSING

        def amend(parsed: ParseResult, lock: Lock) -> ParseResult:
            nonlocal missing
            found = complete(parsed, lock, self._request.root, self._cache)
            missing = found.notes
            return found.parsed

        try:
            state = prepare(self._request, self._cache, on_progress, tex=False, amend=amend)
            cards, stale = self._laid_out(state, missing)
        except OSError as problem:
            # The file vanished or was locked; its next change starts another rebuild.
            return _failure(began, f"The notes cannot be read: {describe(problem)}.")
        except Exception as bug:
            # The session goes on after a bug in the tool.
            text = f"The tool itself failed ({type(bug).__name__}); the last cards stay."
            return _failure(began, text, traceback.format_exc())
        last, self._last = self._last, cards or self._last
        change = None
        if last is not None and cards is not None:
            change = delta(last.page, cards.page, edits(last.sources, cards.sources))
        return RebuildResult(
            diagnostics=missing.in_notes(state.outcome.diagnostics),
            missing=state.missing,
            sources=state.sources,
            seconds=time.perf_counter() - began,
            cards=cards,
            stale=stale,
            unwritten=missing.count,
            delta=change,
        )

    def _laid_out(
        self, state: CourseState, missing: CompletedNotes
    ) -> tuple[Cards | None, tuple[str, ...]]:
        """Return the cards, and the paths of the lessons whose mistakes prevent theirs."""
        course = state.course
        if course is None:
            return None, ()
        if state.diff is not None:
            page = lay_out(course, state.items, state.contents, NOTES)
            return Cards(page, companions(state.contents, state.drawings), state.sources), ()
        sound = sound_lessons(state)
        if not sound:
            return None, ()
        notes = make_notes(state, self._cache, only=sound).contents
        lessons = tuple(lesson for lesson in course.lessons if lesson.span.path in sound)
        shown = replace(course, lessons=lessons)
        items = [
            replace(item, span=missing.place(item.span)) for item in derive(shown, state.numbers)
        ]
        unwritten = {note.id for note in notes if missing.is_provisional(note.id)}
        page = lay_out(shown, items, notes, NOTES, unwritten)
        cards = Cards(page, companions(notes, state.drawings), state.sources)
        broken = lesson_paths(state) - sound
        if broken and self._last is not None:
            page, stale = with_last(page, self._last.page, broken)
            beside = {**self._last.companions, **cards.companions}
            cards = Cards(page, beside, state.sources, stale)
        return cards, tuple(sorted(broken))


def _failure(began: float, trouble: str, trace: str = "") -> RebuildResult:
    seconds = time.perf_counter() - began
    return RebuildResult((), (), {}, seconds, trouble=trouble, traceback=trace)
