"""Search for the best layout of a sheet among its numbers of columns, pages, sizes and finders."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from aml_build.model import SheetOptions
from aml_build.render.cheatsheet.content.box import Box, Part, Rank
from aml_build.render.cheatsheet.content.variant import LARGE, Variant
from aml_build.render.cheatsheet.layout.arrangement import Plan, arrange
from aml_build.render.cheatsheet.layout.candidates import Candidates
from aml_build.render.cheatsheet.layout.finder import finder
from aml_build.render.cheatsheet.layout.heights import Heights, HeightsAt, Request, Wanted
from aml_build.render.cheatsheet.layout.paper import Page, page
from aml_build.render.cheatsheet.layout.selection import Selection, select
from aml_build.render.cheatsheet.layout.sizes import SizeGrid

_MOST_PAGES = 40
"""A sheet of more pages is a book."""
_MANY_PAGES = 3
"""From this many pages on, one more is tried if it fills better or gives space to a finder."""
_LINE = 36.0
"""Em: a longer line, of some eighty letters, is hard to read."""
_FULL = 0.95
"""Share of the columns that a sheet should fill."""

_WORTH_A_PAGE, _WORTH_HALF_A_PAGE = 1.1, 1.25
"""By how much larger the type has to become for one more page, and for one with half its columns empty."""

Measure = Callable[[Sequence[Request]], None]
"""Measures heights that are unknown."""


@dataclass(frozen=True)
class Layout:
    """A finished layout: what may be on the sheet, what was selected, and where it is.

    Two layouts are equal if they print the same.
    """

    candidates: Candidates
    """With the finder, if there is one."""
    plan: Plan
    selection: Selection = field(compare=False)
    finders: tuple[Part, ...] = field(compare=False)
    """Of all names and of titles only, whether there is space for one of them or not."""
    finder_steps: int
    """Size steps that a finder may cost."""

    @property
    def at_best(self) -> bool:
        """Return whether the columns are full or the type is the largest allowed."""
        return self.plan.fill >= _FULL or self.plan.index >= self.candidates.sizes.top

    @property
    def merit(self) -> tuple[bool, int, bool, float, float]:
        """Return what makes a layout better, most important first.

        Legible lines come first, then few pages, full columns, large type; a finder counts as much
        as it may cost.
        """
        return (
            _legible(self.candidates, self.plan.index),
            -self.candidates.page.pages,
            self.at_best,
            self.plan.index + self.finder_steps * bool(self.candidates.finder),
            self.plan.fill,
        )


def _best(layouts: Iterable[Layout]) -> Layout:
    return max(layouts, key=lambda layout: layout.merit)


def _legible(candidates: Candidates, index: int) -> bool:
    """Return whether the columns are narrow enough for type of this size."""
    return candidates.page.column_width <= _LINE * candidates.sizes.size(index)


@dataclass(frozen=True)
class _Draft:
    """The result of the coarse heights: what to show, on how many pages, at about which size."""

    trial: "ColumnTrial"
    candidates: Candidates
    selection: Selection
    expected: int
    """Index of the size to expect."""
    near: tuple[int, ...]
    """Indices of the sizes to measure closely."""
    finders: tuple[Part, ...]
    """Of all names, and of titles only."""
    next_page: "_Draft | None" = None
    """The same on a page more."""

    @property
    def merit(self) -> tuple[bool, int, int]:
        """Return what may make the layout better than others, as far as it is known."""
        legible = _legible(self.candidates, self.expected)
        return legible, -self.candidates.page.pages, self.expected

    def fine(self) -> tuple[Wanted, ...]:
        """Return the heights that arranging needs: of all parts that are or may be shown."""
        sizes = [self.candidates.sizes.size(index) for index in self.near]
        shown = self.selection.shown
        inner = {p.slot for box in self.candidates.present(shown) for p in box.parts}
        names = [p.slot for p in self.candidates.parts() if p.slot in shown or p.slot in inner]
        names += [finder.slot for finder in self.finders]
        wanted = tuple((name, size) for name in dict.fromkeys(names) for size in sizes)
        return wanted + self.next_page.fine() if self.next_page else wanted

    def layout(self) -> Layout | None:
        """Return the largest layout, or nothing where all near sizes are too large."""
        own = self._layout()
        if own is None or self.next_page is None:
            return own
        more = self.next_page.layout()
        return more and max(own, more, key=lambda one: (one.at_best, bool(one.candidates.finder)))

    def _layout(self) -> Layout | None:
        index = self.candidates.largest(self.selection.shown, self.near)
        if index is None:
            return None
        full, short = self.finders
        steps = self.trial.variant.finder_steps
        # Other names may cost half the steps of a finder, and all of them if they fill the columns.
        tries = ((full, steps // 2), (short, steps), (full, steps))
        found = [self._with_finder(one, index - cost) for one, cost in tries]
        layouts = [layout for layout in found if layout]
        return next(
            (layout for layout in layouts if layout.at_best),
            layouts[0] if layouts else self._arranged(self.candidates, index),
        )

    def _with_finder(self, one: Part, lowest: int) -> Layout | None:
        """Return the better layout with this finder in a column or below them, not below a size."""
        sizes = [k for k in self.near if k >= lowest]
        places = [self.candidates.with_finder(one, in_column=inside) for inside in (True, False)]
        found = [(place, place.largest(self.selection.shown, sizes)) for place in places]
        layouts = [self._arranged(place, index) for place, index in found if index is not None]
        return _best(layouts) if layouts else None

    def _arranged(self, candidates: Candidates, index: int) -> Layout:
        plan = arrange(candidates, self.selection.shown, index, self.near)
        return Layout(
            candidates, plan, self.selection, self.finders, self.trial.variant.finder_steps
        )

    def smaller(self) -> "_Draft":
        """Return the draft with smaller sizes added."""
        sizes, steps = self.candidates.sizes, self.trial.variant.finder_steps
        near = tuple(sorted({*sizes.around(max(0, self.near[0] - 1), steps), *self.near}))
        return replace(self, near=near, next_page=self.next_page and self.next_page.smaller())


@dataclass(frozen=True)
class ColumnTrial:
    """One number of columns to try."""

    candidates: Candidates
    heights: Heights
    variant: Variant

    def coarse(self) -> Request:
        """Return the heights that show what fits at all, and at about which size."""
        sizes = self.candidates.sizes.coarse()
        parts = [part for part in self.candidates.parts() if part.rank is not Rank.FILLER]
        return self.heights, tuple((part.slot, size) for part in parts for size in sizes)

    def draft(self, *, guess: bool) -> _Draft:
        """Return the result of the coarse heights; raise ``KeyError`` where they are unknown."""
        candidates = replace(self.candidates, heights=partial(self.heights.at, guess=guess))
        if self.variant.grows:
            for pages in range(1, _MOST_PAGES + 1):
                candidates = candidates.with_pages(pages)
                if candidates.fits(candidates.everything(), 0):
                    break
        elif (fewer := _fewest_pages(candidates)) < candidates.page.pages:
            # A page that is left over is worth as much to a finder as one that is not limited.
            trial = replace(self, variant=replace(self.variant, finder_steps=LARGE.finder_steps))
            candidates = candidates.with_pages(fewer)
            return trial._draft(candidates, select(candidates))
        selection, pages = select(candidates), candidates.page.pages
        draft = self._draft(candidates, selection)
        if self.variant.grows and pages >= _MANY_PAGES:
            more = self._draft(candidates.with_pages(pages + 1), selection)
            return replace(draft, next_page=more)
        return draft

    def _draft(self, candidates: Candidates, selection: Selection) -> _Draft:
        expected = _expected(candidates, selection)
        near = candidates.sizes.around(expected, self.variant.finder_steps)
        present = candidates.present(selection.shown)
        finders = tuple(
            finder(present, candidates.page, titles_only=titles_only)
            for titles_only in (False, True)
        )
        self.heights.add(finders)
        return _Draft(self, candidates, selection, expected, near, finders)


def _fewest_pages(candidates: Candidates) -> int:
    """Return the number of pages, at most that of the candidates, beyond which type hardly grows.

    All pages are needed where not everything fits on fewer.
    """
    page, everything = candidates.page, Selection(candidates.everything(), ())
    if page.pages == 1 or not candidates.fits(everything.shown, 0):
        return page.pages
    largest = candidates.sizes.size(_expected(candidates, everything))
    for pages in range(1, page.pages):
        fewer = candidates.with_pages(pages)
        if fewer.fits(everything.shown, 0):
            growth = largest / candidates.sizes.size(_expected(fewer, everything))
            # A column has at least one box, so few boxes leave columns of the next page empty.
            filled = len(candidates.boxes) >= (pages + 0.5) * page.columns
            if growth <= (_WORTH_A_PAGE if filled else _WORTH_HALF_A_PAGE):
                return pages
    return page.pages


def _expected(candidates: Candidates, selection: Selection) -> int:
    """Return the index of the best size that the coarse heights let us expect."""
    rough = replace(
        candidates, heights=_interpolated(candidates.sizes.coarse(), candidates.heights)
    )
    # Interpolated heights increase with the size, so bisection finds the largest that fits.
    return bisect_left(
        range(1, candidates.sizes.top + 1),
        True,
        key=lambda index: not rough.fits(selection.shown, index),
    )


def _interpolated(sizes: Sequence[float], heights: HeightsAt) -> HeightsAt:
    """Return the heights at any size, interpolated between those at some sizes, ascending."""

    def at(size: float) -> Mapping[str, int]:
        above = next((known for known in sizes if known >= size), sizes[-1])
        below = max((known for known in sizes if known <= size), default=sizes[0])
        low, high = heights(below), heights(above)
        if above == below:
            return low
        return {
            slot: own + round((high[slot] - own) * (size - below) / (above - below))
            for slot, own in low.items()
            if slot in high
        }

    return at


@dataclass(frozen=True)
class LayoutSearch:
    """The search for the best layout of one sheet."""

    trials: tuple[ColumnTrial, ...]

    @classmethod
    def start(
        cls,
        boxes: tuple[Box, ...],
        bands: Mapping[int, Part],
        options: SheetOptions,
        variant: Variant,
        heights_for: Callable[[Page], Heights],
    ) -> "LayoutSearch":
        """Return the search among the numbers of columns that the variant tries.

        ``heights_for`` returns what is known about the heights on a page.
        """
        sizes = SizeGrid(options.min_size, max(options.min_size, options.max_size))
        trials = []
        for columns in variant.columns(options, len(boxes)):
            heights = heights_for(replace(page(options), columns=columns))
            candidates = Candidates(boxes, bands, heights.page, sizes, heights.at)
            heights.add(candidates.parts())
            trials.append(ColumnTrial(candidates, heights, variant))
        return cls(tuple(trials))

    def measured(self, measure: Measure) -> Layout:
        """Return the best layout: measure coarsely, select, measure closely, arrange."""
        measure(self._coarse())
        drafts = self._drafts(guess=False)
        while True:
            measure(_fine(drafts))
            found = [(draft, draft.layout()) for draft in drafts]
            layouts = [layout for _, layout in found if layout]
            if len(layouts) == len(found):
                return _best(layouts)
            # An expected size was too large; the smallest size always fits.
            drafts = [draft if layout else draft.smaller() for draft, layout in found]

    def guess(self) -> tuple[Layout, tuple[Request, ...]] | None:
        """Return the layout by the heights of the last build, and the heights that it relies on.

        Return ``None`` where too few are known.
        """
        try:
            drafts = self._drafts(guess=True)
            layouts = [draft.layout() for draft in drafts]
        except KeyError:
            return None
        found = [layout for layout in layouts if layout]
        if len(found) < len(layouts):
            return None
        return _best(found), (*self._coarse(), *_fine(drafts))

    def _coarse(self) -> tuple[Request, ...]:
        return tuple(trial.coarse() for trial in self.trials)

    def _drafts(self, *, guess: bool) -> list[_Draft]:
        """Return the drafts of the numbers of columns, without those clearly worse than the best."""
        drafts = [trial.draft(guess=guess) for trial in self.trials]
        legible, pages, index = max(draft.merit for draft in drafts)
        return [
            draft
            for draft in drafts
            if draft.merit >= (legible, pages, index - draft.trial.variant.finder_steps)
        ]


def _fine(drafts: Iterable[_Draft]) -> tuple[Request, ...]:
    return tuple((draft.trial.heights, draft.fine()) for draft in drafts)
