"""The rebuild of the cards: in this process, with the caches of earlier rebuilds."""

import time
import traceback
from collections.abc import Mapping

import msgspec

from aml_build.diagnostics.diagnostic import Diagnostic, has_errors
from aml_build.diagnostics.source import Source
from aml_build.pipeline.build import prepare
from aml_build.pipeline.course_state import CourseState
from aml_build.pipeline.request import BuildRequest, Progress
from aml_build.render.preview import Page, companions, lay_out
from aml_build.storage.cache import Cache
from aml_build.storage.files import describe
from aml_build.watch.card_changes import Delta, delta, edits

NOTES = "content"
"""URL of the notes, relative to the served page."""


class Cards(msgspec.Struct, frozen=True):
    """The page of cards, and the files that it needs."""

    page: Page
    companions: Mapping[str, bytes]
    """The files beside the page, by POSIX path."""
    sources: Mapping[str, Source]
    """The notes that it was made from, by path."""


class RebuildResult(msgspec.Struct, frozen=True):
    """The result of one rebuild."""

    diagnostics: tuple[Diagnostic, ...]
    missing: tuple[str, ...]
    sources: Mapping[str, Source]
    """The notes as they were read, by path, for the source lines of diagnostics."""
    seconds: float
    cards: Cards | None = None
    """``None`` if mistakes prevent the cards."""
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
        try:
            state = prepare(self._request, self._cache, on_progress, tex=False)
            cards, change = self._laid_out(state)
        except OSError as problem:
            # The file vanished or was locked; its next change starts another rebuild.
            return _failure(began, f"The notes cannot be read: {describe(problem)}.")
        except Exception as bug:
            # The session goes on after a bug in the tool.
            text = f"The tool itself failed ({type(bug).__name__}); the last cards stay."
            return _failure(began, text, traceback.format_exc())
        seconds = time.perf_counter() - began
        found = state.outcome
        return RebuildResult(
            found.diagnostics, found.missing, found.sources, seconds, cards, change
        )

    def _laid_out(self, state: CourseState) -> tuple[Cards | None, Delta | None]:
        course, notes = state.course, state.contents
        if course is None or state.diff is None:
            return None, None
        page = lay_out(course, state.items, notes, NOTES)
        beside = companions(notes, state.drawings)
        last, cards = self._last, Cards(page, beside, state.sources)
        self._last = cards
        if last is None:
            return cards, None
        return cards, delta(last.page, page, edits(last.sources, cards.sources))


def _failure(began: float, trouble: str, trace: str = "") -> RebuildResult:
    seconds = time.perf_counter() - began
    return RebuildResult((), (), {}, seconds, trouble=trouble, traceback=trace)
