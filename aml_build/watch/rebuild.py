"""One rebuild of the cards: in this process, with what earlier ones left in memory and cache."""

import time
import traceback
from collections.abc import Mapping

import msgspec

from aml_build.diagnostics.diagnostic import Diagnostic, has_errors
from aml_build.diagnostics.source import Source
from aml_build.pipeline.build import prepare
from aml_build.pipeline.course_state import CourseState
from aml_build.pipeline.outcome import Progress, Request
from aml_build.render.preview import Page, companions, lay_out
from aml_build.storage.cache import Cache
from aml_build.watch.card_changes import Delta, delta, edits

#: The way from the served page to the notes.
NOTES = "content"


class Cards(msgspec.Struct, frozen=True):
    """Cards that can be shown."""

    page: Page
    companions: Mapping[str, bytes]
    """The files beside the page, by POSIX path."""
    sources: Mapping[str, Source]
    """The notes that they were made of, by path."""


class RebuildResult(msgspec.Struct, frozen=True):
    """What came of one rebuild."""

    diagnostics: tuple[Diagnostic, ...]
    missing: tuple[str, ...]
    sources: Mapping[str, Source]
    """The notes as they were read, for showing the lines at fault."""
    seconds: float
    cards: Cards | None = None
    """Nothing where mistakes are in the way."""
    delta: Delta | None = None
    """The way from the last good cards; nothing where there are none."""
    trouble: str = ""
    """What kept the notes from being read, or what failed in the tool itself."""
    traceback: str = ""
    """For the report of a bug of ours."""

    @property
    def sound(self) -> bool:
        """Return whether the artifacts can be made."""
        return self.cards is not None and not has_errors(self.diagnostics)


class Rebuilder:
    """Makes the cards again and again, and knows the last good ones."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._cache = Cache(request.memory)
        self._last: Cards | None = None

    def rebuild(self, on_progress: Progress = lambda _: None) -> RebuildResult:
        """Make the cards anew; whatever goes wrong becomes a part of the answer."""
        began = time.perf_counter()
        try:
            state = prepare(self._request, self._cache, on_progress, tex=False)
            cards, change = self._laid_out(state)
        except OSError as problem:
            # A file that vanished or was locked while it was read: its next change wakes us again.
            place = f"{problem.filename}: " if problem.filename else ""
            said = f"The notes cannot be read: {place}{problem.strerror or problem}."
            return RebuildResult((), (), {}, time.perf_counter() - began, trouble=said)
        except Exception as bug:
            # One bug must not end an afternoon's session.
            said = f"The tool itself failed ({type(bug).__name__}); the last cards stay."
            told = traceback.format_exc()
            return RebuildResult(
                (), (), {}, time.perf_counter() - began, trouble=said, traceback=told
            )
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
