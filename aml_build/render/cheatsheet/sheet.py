"""The cheat sheet: measured, packed and printed, in at most three TeX runs."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from aml_build import tex
from aml_build.cache import Cache, digest
from aml_build.diagnostics import Diagnostic
from aml_build.drawing import Drawing
from aml_build.edition import Edition
from aml_build.model import Course, SheetOptions
from aml_build.render.cheatsheet import document
from aml_build.render.cheatsheet.boxes import Rank, bands, boxes, picture_file
from aml_build.render.cheatsheet.choose import Choice, choose
from aml_build.render.cheatsheet.faults import faults
from aml_build.render.cheatsheet.grey import grey
from aml_build.render.cheatsheet.measure import HEIGHTS_FILE, Heights, Wanted, probe
from aml_build.render.cheatsheet.paper import SP, page
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
from aml_build.render.cheatsheet.report import Cost, costs, report
from aml_build.render.cheatsheet.sizes import Grid
from aml_build.render.cheatsheet.variant import COLOUR, Variant, selected

_MOST_PAGES = 40
"""A sheet of more pages is a book."""


@dataclass(frozen=True)
class SheetResult:
    """What came of a sheet."""

    pdf: bytes | None
    """Nothing where TeX failed."""
    tex: str
    """The LaTeX that was printed."""
    report: str
    """What fits, what was left out and why, what each box costs."""
    diagnostics: tuple[Diagnostic, ...]
    summary: str
    """A few words for the build's table."""
    left_out: tuple[tuple[str, float], ...]
    """What is not on the sheet, with its cost in mm of column."""
    costs: tuple[Cost, ...]
    """Every box with the height it takes, or would take."""
    plan: Plan
    runs: int
    """How often TeX ran."""


def sheet(
    course: Course,
    drawings: Mapping[str, Drawing],
    edition: Edition,
    cache: Cache,
    variant: Variant = COLOUR,
    options: SheetOptions | None = None,
) -> SheetResult:
    """Return the sheet of a course; raise ``ToolMissing`` where there is no TeX."""
    press = _Press(course, drawings, edition, cache, variant)
    return press.sheet(variant.options(options or course.sheet))


def shows_anything(
    course: Course, drawings: Mapping[str, Drawing], variant: Variant = COLOUR
) -> bool:
    """Return whether the variant has a box: a course may have no formula, or no such lesson."""
    return bool(selected(boxes(course, drawings), variant))


def box_costs(
    course: Course,
    drawings: Mapping[str, Drawing],
    edition: Edition,
    cache: Cache,
    variant: Variant = COLOUR,
) -> tuple[Cost, ...] | None:
    """Return what each box of the sheet costs, in the order of the course, without printing it.

    TeX measures what the cache does not know, most often nothing. Return ``None`` where it fails;
    raise ``ToolMissing`` where it is wanted and not there.
    """
    if not shows_anything(course, drawings, variant):
        return ()
    press = _Press(course, drawings, edition, cache, variant)
    return press.costs(variant.options(course.sheet))


class _TexError(Exception):
    """A run gave no heights: the sheet cannot be laid out."""

    def __init__(self, problems: Sequence[tex.TexProblem]) -> None:
        super().__init__("TeX failed")
        self.problems = tuple(problems)


@dataclass
class _Press:
    """One sheet in the making: what TeX was asked and what it said."""

    course: Course
    drawings: Mapping[str, Drawing]
    edition: Edition
    cache: Cache
    variant: Variant
    runs: int = 0

    def sheet(self, options: SheetOptions) -> SheetResult:
        """Return the sheet with these options."""
        stock, heights = self._begin(options)
        try:
            return self._print(stock, heights)
        except _TexError as failed:
            return self._failed(stock, failed.problems)

    def costs(self, options: SheetOptions) -> tuple[Cost, ...] | None:
        """Return what each box costs; ``None`` where TeX failed."""
        stock, heights = self._begin(options)
        try:
            stock, _, plan = self._measured(stock, heights)
        except _TexError:
            return None
        heights.save(self.cache, self.variant.name)
        return costs(stock, plan, heights.at)

    def _begin(self, options: SheetOptions) -> tuple[Stock, Heights]:
        """Return all boxes and what is remembered of their heights."""
        stock = Stock(
            selected(boxes(self.course, self.drawings), self.variant),
            bands(self.course),
            page(options),
            Grid(options.min_size, max(options.min_size, options.max_size)),
        )
        parts = dict(stock.parts())
        setup = digest(
            document.document(stock.page, grey=self.variant.grey, body=""),
            *document.styles().values(),
            *(digest(d.pdf, d.image) for _, d in sorted(self.drawings.items())),
        )
        heights = Heights(parts, setup)
        heights.load(self.cache, self.variant.name)
        return stock, heights

    def _print(self, stock: Stock, heights: Heights) -> SheetResult:
        """Lay out with what is known, else with a guess that the same run proves, else measure."""
        guess = self._guess(stock, heights)
        if guess is not None:
            stock, choice, plan, wanted = guess
            body = self._pages(stock, plan, heights.guessed)
            missing = heights.lacking(wanted)
            if not missing:
                return self._finish(stock, heights, choice, plan, self._run(stock, body))
            run = self._run(stock, body, heights, missing)
            proof = self._guess(stock, heights)
            if proof is not None and proof[2] == plan and not heights.lacking(proof[3]):
                return self._finish(stock, heights, proof[1], plan, run)
        stock, choice, plan = self._measured(stock, heights)
        body = self._pages(stock, plan, heights.at)
        return self._finish(stock, heights, choice, plan, self._run(stock, body))

    def _guess(
        self, stock: Stock, heights: Heights
    ) -> tuple[Stock, Choice, Plan, tuple[Wanted, ...]] | None:
        """Return what the remembered heights lead to and all heights used, if they suffice."""
        try:
            stock = self._paged(stock, heights.guessed)
            choice = choose(stock, heights.guessed)
            near = self._near(stock, choice.shown, heights.guessed)
            index = largest(stock, choice.shown, near, heights.guessed)
            if index is None:
                return None
            plan = arrange(stock, choice.shown, index, near, heights.guessed)
        except KeyError:
            return None
        return stock, choice, plan, self._coarse(stock) + self._fine(stock, choice.shown, near)

    def _measured(self, stock: Stock, heights: Heights) -> tuple[Stock, Choice, Plan]:
        """Measure roughly, choose, measure closely, arrange."""
        self._measure(stock, heights, self._coarse(stock))
        stock = self._paged(stock, heights.at)
        choice = choose(stock, heights.at)
        near = self._near(stock, choice.shown, heights.at)
        while True:
            self._measure(stock, heights, self._fine(stock, choice.shown, near))
            index = largest(stock, choice.shown, near, heights.at)
            if index is not None:
                return stock, choice, arrange(stock, choice.shown, index, near, heights.at)
            # The estimate was too hopeful; the smallest size always fits.
            near = stock.grid.around(max(0, near[0] - 1))

    def _paged(self, stock: Stock, height: Height) -> Stock:
        """Add pages until everything fits at the smallest size, if the variant may."""
        if self.variant.grows:
            for pages in range(1, _MOST_PAGES + 1):
                stock = replace(stock, page=replace(stock.page, pages=pages))
                if roomy(stock, stock.everything(), 0, height):
                    break
        return stock

    def _near(self, stock: Stock, shown: Shown, height: Height) -> tuple[int, ...]:
        """Return the sizes around the best one that the coarse heights let us expect."""
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
        best = bisect_left(
            range(1, grid.top + 1), True, key=lambda k: not roomy(stock, shown, k, between)
        )
        return grid.around(best)

    def _coarse(self, stock: Stock) -> tuple[Wanted, ...]:
        sizes = [stock.grid.size(index) for index in stock.grid.coarse()]
        return tuple(
            (name, size)
            for name, part in stock.parts()
            if part.rank is not Rank.FILLER
            for size in sizes
        )

    def _fine(self, stock: Stock, shown: Shown, near: tuple[int, ...]) -> tuple[Wanted, ...]:
        """Return the heights that arranging needs: of all parts that are or may be shown."""
        sizes = [stock.grid.size(index) for index in near]
        here = {slot(box, part) for box in stock.present(shown) for part in box.parts}
        names = [name for name, _ in stock.parts() if name in shown or name in here]
        return tuple((name, size) for name in names for size in sizes)

    def _measure(self, stock: Stock, heights: Heights, wanted: tuple[Wanted, ...]) -> None:
        missing = heights.lacking(wanted)
        if missing:
            self._run(stock, "", heights, missing)

    def _run(
        self,
        stock: Stock,
        body: str,
        heights: Heights | None = None,
        wanted: tuple[Wanted, ...] = (),
    ) -> tuple[str, tex.TexResult]:
        """Let TeX print the body and measure what is wanted, in one run."""
        commands, order = probe(wanted, heights.parts) if heights else ("", ())
        text = self._document(stock, body)
        # Measuring comes after the pages: what it loads must not change a byte of them.
        asked = self._document(stock, body + document.measuring(commands)) if commands else text
        inputs = document.styles() | self._pictures()
        self.runs += 1
        result = tex.run(asked, inputs=inputs, epoch=self.edition.epoch, collect=(HEIGHTS_FILE,))
        if heights and order:
            heights.learn(order, result.files.get(HEIGHTS_FILE, b""))
            if heights.lacking(wanted):
                raise _TexError(result.problems)
        return text, result

    def _document(self, stock: Stock, body: str) -> str:
        before = document.metadata(self.course)
        return document.document(stock.page, grey=self.variant.grey, before=before, body=body)

    def _pictures(self) -> dict[str, bytes]:
        """Return what TeX includes; raster images stay as they are, printers see to them."""
        files = dict(picture_file(drawing) for drawing in self.drawings.values())
        if self.variant.grey:
            return {n: grey(data) if n.endswith(".pdf") else data for n, data in files.items()}
        return files

    def _pages(self, stock: Stock, plan: Plan, height: Height) -> str:
        kinds = tuple(dict.fromkeys(box.kind for box in stock.present(plan.shown)))
        head = document.header(self.course, self.edition, self.variant.note, kinds, plan.size)
        body = document.pages(stock, plan, height, head)
        return body + document.outline(self.course, plan, stock) + "\\clearpage\n"

    def _finish(
        self,
        stock: Stock,
        heights: Heights,
        choice: Choice,
        plan: Plan,
        run: tuple[str, tex.TexResult],
    ) -> SheetResult:
        heights.save(self.cache, self.variant.name)
        text, result = run
        all_costs = costs(stock, plan, heights.at)
        return SheetResult(
            pdf=result.pdf,
            tex=text,
            report=report(stock, choice, plan, heights.at, all_costs),
            diagnostics=faults(result, stock),
            summary=_summary(stock, plan, choice),
            left_out=tuple(
                (f"{p.box.id} {p.part}".strip(), round(p.cost / SP * 25.4 / 72.27, 1))
                for p in choice.left_out
            ),
            costs=all_costs,
            plan=plan,
            runs=self.runs,
        )

    def _failed(self, stock: Stock, problems: Sequence[tex.TexProblem]) -> SheetResult:
        result = tex.TexResult(None, "", tuple(problems), {})
        empty = Plan(0, 0.0, (), frozenset(), (), 0, 0.0)
        return SheetResult(None, "", "", faults(result, stock), "failed", (), (), empty, self.runs)


def _summary(stock: Stock, plan: Plan, choice: Choice) -> str:
    boxes_in = len(stock.present(plan.shown))
    out = sum(not piece.part for piece in choice.left_out)
    left = f", {_counted(out, 'box', 'boxes')} left out" if out else ""
    pages = _counted(stock.page.pages, "page", "pages")
    return f"{pages}, {_counted(boxes_in, 'box', 'boxes')}{left}, {plan.size:.2f} pt"


def _counted(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"
