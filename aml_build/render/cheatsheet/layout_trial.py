"""One way to divide the page: what has to be measured for it, and what the heights lead to."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from aml_build.render.cheatsheet.boxes import Rank
from aml_build.render.cheatsheet.finder import Finder, entries, finder
from aml_build.render.cheatsheet.measure import Heights, Wanted
from aml_build.render.cheatsheet.plan import (
    Height,
    Plan,
    Shown,
    Stock,
    arrange,
    largest,
    roomy,
    slot,
)
from aml_build.render.cheatsheet.selection import Choice, choose

_MOST_PAGES = 40
"""A sheet of more pages is a book."""
_MANY_PAGES = 3
"""One more is little to these, if it fills them better or has room for a finder."""
_LINE = 36.0
"""Em: a longer line, of some eighty letters, is hard to read."""
FULL = 0.95
"""Share of the columns that a sheet should fill."""


@dataclass(frozen=True)
class Layout:
    """A sheet laid out: what could be on it, what was chosen, where it stands."""

    stock: Stock
    """With the finder, if there is one."""
    choice: Choice
    plan: Plan
    finders: tuple[Finder, ...]
    """Of all names and of only those that boxes bear, whether there was room for one or not."""
    given_up: int
    """Steps of size that it may cost."""

    @property
    def at_best(self) -> bool:
        """Return whether the columns are full or the type is the largest allowed."""
        return self.plan.fill >= FULL or self.plan.index >= self.stock.grid.top


def best(layouts: Iterable[Layout]) -> Layout:
    """Return the best of layouts of the same boxes.

    Lines that can be read come first, then few pages, full columns, and large type; a finder is worth
    what it may cost.
    """

    def merit(layout: Layout) -> tuple[bool, int, bool, float, float]:
        stock, plan = layout.stock, layout.plan
        index = plan.index + layout.given_up * bool(stock.finder)
        return (
            _legible(stock, plan.index),
            -stock.page.pages,
            layout.at_best,
            index,
            plan.fill,
        )

    return max(layouts, key=merit)


def _legible(stock: Stock, index: int) -> bool:
    """Return whether the columns are narrow enough for type of this size."""
    return stock.page.column_width <= _LINE * stock.grid.size(index)


@dataclass(frozen=True)
class Draft:
    """What rough heights lead to: which boxes, how many pages, about which size."""

    stock: Stock
    choice: Choice
    expected: int
    """Index of the size that the rough heights let us expect."""
    near: tuple[int, ...]
    """Indices of the sizes to look at closely."""
    finders: tuple[Finder, ...]
    """Of all names, and of only those that boxes bear."""
    given_up: int
    """Steps of size that a finder may cost."""
    roomier: "Draft | None" = None
    """The same on a page more."""

    def fine(self) -> tuple[Wanted, ...]:
        """Return the heights that arranging needs: of all parts that are or may be shown."""
        sizes = [self.stock.grid.size(index) for index in self.near]
        shown = self.choice.shown
        here = {slot(box, part) for box in self.stock.present(shown) for part in box.parts}
        names = [name for name, _ in self.stock.parts() if name in shown or name in here]
        names += [finder.slot for finder in self.finders]
        wanted = tuple((name, size) for name in dict.fromkeys(names) for size in sizes)
        return wanted + self.roomier.fine() if self.roomier else wanted

    def layout(self, height: Height) -> Layout | None:
        """Return the largest layout, or nothing where sizes are all too large."""
        own = self._layout(height)
        if own is None or self.roomier is None:
            return own
        more = self.roomier.layout(height)
        return more and max(own, more, key=lambda one: (one.at_best, bool(one.stock.finder)))

    def _layout(self, height: Height) -> Layout | None:
        stock, shown = self.stock, self.choice.shown
        index = largest(stock, shown, self.near, height)
        if index is None:
            return None
        full, short = self.finders
        # Other names are worth half of what the finder is, and all of it where they fill the columns.
        tries = ((full, self.given_up // 2), (short, self.given_up), (full, self.given_up))
        found = [self._with(one, index - worth, height) for one, worth in tries]
        layouts = [layout for layout in found if layout]
        return next(
            (layout for layout in layouts if layout.at_best),
            layouts[0] if layouts else self._arranged(stock, index, height),
        )

    def _with(self, one: Finder, lowest: int, height: Height) -> Layout | None:
        """Return the better layout with this finder at one of its places, not below a size."""
        sizes = [k for k in self.near if k >= lowest]
        places = [self.stock.with_finder(one, in_column=in_column) for in_column in (True, False)]
        found = [(stock, largest(stock, self.choice.shown, sizes, height)) for stock in places]
        layouts = [self._arranged(stock, k, height) for stock, k in found if k is not None]
        return best(layouts) if layouts else None

    def _arranged(self, stock: Stock, index: int, height: Height) -> Layout:
        plan = arrange(stock, self.choice.shown, index, self.near, height)
        return Layout(stock, self.choice, plan, self.finders, self.given_up)

    def smaller(self) -> "Draft":
        """Return the draft that looks at smaller sizes too."""
        below = self.stock.grid.around(max(0, self.near[0] - 1), self.given_up)
        near = tuple(sorted({*below, *self.near}))
        return replace(self, near=near, roomier=self.roomier and self.roomier.smaller())


def promising(drafts: Sequence[Draft]) -> tuple[bool, ...]:
    """Return which of drafts for the same boxes may become the best: those that come near to it."""

    def merit(draft: Draft) -> tuple[bool, int, int]:
        legible = _legible(draft.stock, draft.expected)
        return legible, -draft.stock.page.pages, draft.expected

    legible, pages, index = max(map(merit, drafts))
    near = [(legible, pages, index - draft.given_up) for draft in drafts]
    return tuple(merit(draft) >= least for draft, least in zip(drafts, near, strict=True))


@dataclass
class Trial:
    """A number of columns in the making."""

    stock: Stock
    heights: Heights
    grows: bool
    """Whether it takes as many pages as it needs."""
    given_up: int
    """Steps of size that a finder may cost."""

    def coarse(self) -> tuple[Wanted, ...]:
        """Return the heights that say what fits at all, and about how large."""
        sizes = [self.stock.grid.size(index) for index in self.stock.grid.coarse()]
        return tuple(
            (name, size)
            for name, part in self.stock.parts()
            if part.rank is not Rank.FILLER
            for size in sizes
        )

    def draft(self, height: Height) -> Draft:
        """Return what the coarse heights lead to; raise ``KeyError`` where they are unknown."""
        stock = self._paged(height)
        choice = choose(stock, height)
        draft, page = self._draft(stock, choice, height), stock.page
        if self.grows and page.pages >= _MANY_PAGES:
            more = replace(stock, page=replace(page, pages=page.pages + 1))
            return replace(draft, roomier=self._draft(more, choice, height))
        return draft

    def _draft(self, stock: Stock, choice: Choice, height: Height) -> Draft:
        expected = _expected(stock, choice.shown, height)
        near = stock.grid.around(expected, self.given_up)
        present = stock.present(choice.shown)
        finders = tuple(
            finder(entries(present, titles_only=titles_only), stock.page)
            for titles_only in (False, True)
        )
        self.heights.add({one.slot: one.part for one in finders})
        return Draft(stock, choice, expected, near, finders, self.given_up)

    def _paged(self, height: Height) -> Stock:
        """Add pages until everything fits at the smallest size, if the sheet may."""
        stock = self.stock
        if self.grows:
            for pages in range(1, _MOST_PAGES + 1):
                stock = replace(stock, page=replace(stock.page, pages=pages))
                if roomy(stock, stock.everything(), 0, height):
                    break
        return stock


def _expected(stock: Stock, shown: Shown, height: Height) -> int:
    """Return the index of the best size that the coarse heights let us expect."""
    grid, coarse = stock.grid, stock.grid.coarse()

    def between(name: str, size: float) -> int:
        above = next((k for k in coarse if grid.size(k) >= size), coarse[-1])
        below = max((k for k in coarse if grid.size(k) <= size), default=coarse[0])
        low, high = height(name, grid.size(below)), height(name, grid.size(above))
        if above == below:
            return low
        span = grid.size(above) - grid.size(below)
        return low + round((high - low) * (size - grid.size(below)) / span)

    # Estimated heights only grow with the size, so the best one is found by halving.
    return bisect_left(
        range(1, grid.top + 1), True, key=lambda k: not roomy(stock, shown, k, between)
    )
