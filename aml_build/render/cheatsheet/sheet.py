"""The cheat sheet: measured, packed and printed, in at most three TeX runs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from aml_build.diagnostics.diagnostic import Diagnostic
from aml_build.engines import pdflatex as tex
from aml_build.model import Course, SheetOptions
from aml_build.model.drawing import Drawing
from aml_build.model.edition import Edition
from aml_build.render.cheatsheet import sheet_document as document
from aml_build.render.cheatsheet.boxes import bands, boxes, picture_file
from aml_build.render.cheatsheet.faults import faults
from aml_build.render.cheatsheet.greyscale import grey
from aml_build.render.cheatsheet.layout_trial import Draft, Layout, Trial, best, promising
from aml_build.render.cheatsheet.measure import HEIGHTS_FILE, Heights, Wanted, probe
from aml_build.render.cheatsheet.paper import SP, page
from aml_build.render.cheatsheet.plan import Height, Plan, Stock
from aml_build.render.cheatsheet.selection import Choice
from aml_build.render.cheatsheet.sheet_report import Cost, costs, counted, report
from aml_build.render.cheatsheet.sizes import Grid
from aml_build.render.cheatsheet.variant import COLOUR, Variant, selected
from aml_build.storage.cache import Cache, digest


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


class NothingToShow(Exception):  # noqa: N818 - it names what is wrong with the request
    """The variant has no box: a course may have no formula, or no such lesson."""


def sheet(
    course: Course,
    drawings: Mapping[str, Drawing],
    edition: Edition,
    cache: Cache,
    variant: Variant = COLOUR,
    options: SheetOptions | None = None,
) -> SheetResult:
    """Return the sheet of a course.

    Raise ``NothingToShow`` where the variant has no box, ``ToolMissing`` where there is no TeX.
    """
    press = _Press(course, drawings, edition, cache, variant)
    return press.sheet(variant.options(options or course.sheet))


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
    press = _Press(course, drawings, edition, cache, variant)
    try:
        return press.costs(variant.options(course.sheet))
    except NothingToShow:
        return ()


class _TexError(Exception):
    """A run gave no heights: the sheet cannot be laid out."""

    def __init__(self, problems: Sequence[tex.TexProblem]) -> None:
        super().__init__("TeX failed")
        self.problems = tuple(problems)


_Trials = tuple[Trial, ...]
_Asked = tuple[tuple[Trial, tuple[Wanted, ...]], ...]
"""Heights."""


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
        trials = self._trials(options)
        try:
            return self._print(trials)
        except _TexError as failed:
            return self._failed(trials[0].stock, failed.problems)

    def costs(self, options: SheetOptions) -> tuple[Cost, ...] | None:
        """Return what each box costs; ``None`` where TeX failed."""
        trials = self._trials(options)
        try:
            trial, layout = self._measured(trials)
        except _TexError:
            return None
        self._save(trials)
        return costs(layout.stock, layout.plan, trial.heights.at)

    def _trials(self, options: SheetOptions) -> tuple[Trial, ...]:
        """Return the numbers of columns to be tried, with what is remembered of the heights."""
        found = selected(boxes(self.course, self.drawings), self.variant)
        if not found:
            raise NothingToShow
        largest = max(options.min_size, options.max_size)
        trials = []
        for columns in self.variant.columns(options, len(found)):
            stock = Stock(
                found,
                bands(self.course),
                replace(page(options), columns=columns),
                Grid(options.min_size, largest),
            )
            setup = digest(
                document.document(stock.page, grey=self.variant.grey, body=""),
                *document.styles().values(),
                *(digest(d.pdf, d.image) for _, d in sorted(self.drawings.items())),
            )
            heights = Heights(dict(stock.parts()), setup)
            heights.load(self.cache, self.variant.name)
            trials.append(Trial(stock, heights, self.variant.grows, self.variant.given_up))
        return tuple(trials)

    def _save(self, trials: _Trials) -> None:
        for trial in trials:
            trial.heights.save(self.cache, self.variant.name)

    def _print(self, trials: _Trials) -> SheetResult:
        """Lay out with what is known, else with a guess that the same run proves, else measure."""
        guess = self._guess(trials)
        if guess is not None:
            trial, layout, asked = guess
            body = self._pages(layout, trial.heights.guessed)
            run = self._run(layout.stock, body, asked)
            proof = self._guess(trials)
            if proof is not None and _same(proof[1], layout) and not _lacking(proof[2]):
                return self._finish(trials, trial, proof[1], run)
        trial, layout = self._measured(trials)
        body = self._pages(layout, trial.heights.at)
        return self._finish(trials, trial, layout, self._run(layout.stock, body))

    def _guess(self, trials: _Trials) -> tuple[Trial, Layout, _Asked] | None:
        """Return what the remembered heights lead to and all heights used, if they suffice."""
        try:
            drafts = _drafts(trials, lambda trial: trial.heights.guessed)
            found = _best((trial, draft.layout(trial.heights.guessed)) for trial, draft in drafts)
        except KeyError:
            return None
        asked = *((t, t.coarse()) for t in trials), *((t, draft.fine()) for t, draft in drafts)
        return found and (*found, asked)

    def _measured(self, trials: _Trials) -> tuple[Trial, Layout]:
        """Measure roughly, choose, measure closely, arrange."""
        self._measure(tuple((trial, trial.coarse()) for trial in trials))
        drafts = _drafts(trials, lambda trial: trial.heights.at)
        while True:
            self._measure(tuple((trial, draft.fine()) for trial, draft in drafts))
            layouts = [(trial, draft.layout(trial.heights.at)) for trial, draft in drafts]
            found = _best(layouts)
            if found:
                return found
            # Some estimate was too hopeful; the smallest size always fits.
            drafts = [
                (trial, draft if layout else draft.smaller())
                for (trial, draft), (_, layout) in zip(drafts, layouts, strict=True)
            ]

    def _measure(self, asked: _Asked) -> None:
        if _lacking(asked):
            self._run(asked[0][0].stock, "", asked)

    def _run(self, stock: Stock, body: str, asked: _Asked = ()) -> tuple[str, tex.TexResult]:
        """Let TeX print the body and measure what of the asked is unknown, in one run."""
        text, orders = self._document(stock, body), {}
        # Measuring comes after the pages: what it loads must not change a byte of them.
        for number, (trial, missing) in enumerate(_lacking(asked)):
            file = f"{number}-{HEIGHTS_FILE}"
            commands, order = probe(missing, trial.heights.parts)
            body += document.measuring(commands, file, trial.stock.page.column_width)
            orders[file] = trial.heights, order
        self.runs += 1
        result = tex.run(
            self._document(stock, body),
            inputs=document.styles() | self._pictures(text),
            epoch=self.edition.epoch,
            collect=tuple(orders),
        )
        for file, (heights, order) in orders.items():
            heights.learn(order, result.files.get(file, b""))
        if _lacking(asked):
            raise _TexError(result.problems)
        return text, result

    def _document(self, stock: Stock, body: str) -> str:
        before = document.metadata(self.course)
        return document.document(stock.page, grey=self.variant.grey, before=before, body=body)

    def _pictures(self, text: str) -> dict[str, bytes]:
        """Return what TeX includes in a text; raster images stay as they are, printers see to them."""
        files = map(picture_file, self.drawings.values())
        shown = {name: data for name, data in files if f"\\amlfigure{{{name}}}" in text}
        if self.variant.grey:
            return {n: grey(data) if n.endswith(".pdf") else data for n, data in shown.items()}
        return shown

    def _pages(self, layout: Layout, height: Height) -> str:
        stock, plan = layout.stock, layout.plan
        head = document.header(self.course, self.edition, self.variant.note, stock, plan)
        body = document.pages(stock, plan, height, head)
        return body + document.outline(self.course, plan, stock) + "\\clearpage\n"

    def _finish(
        self, trials: _Trials, trial: Trial, layout: Layout, run: tuple[str, tex.TexResult]
    ) -> SheetResult:
        self._save(trials)
        text, result = run
        stock, choice, plan, height = layout.stock, layout.choice, layout.plan, trial.heights.at
        all_costs = costs(stock, plan, height)
        return SheetResult(
            pdf=result.pdf,
            tex=text,
            report=report(layout, height, all_costs),
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
        empty = Plan(0, 0.0, (), frozenset(), (), (), 0.0)
        return SheetResult(None, "", "", faults(result, stock), "failed", (), (), empty, self.runs)


def _drafts(trials: _Trials, height: Callable[[Trial], Height]) -> list[tuple[Trial, Draft]]:
    """Return what rough heights lead to, without what is clearly worse than another."""
    drafts = [trial.draft(height(trial)) for trial in trials]
    kept = zip(trials, drafts, promising(drafts), strict=True)
    return [(trial, draft) for trial, draft, good in kept if good]


def _best(found: Iterable[tuple[Trial, Layout | None]]) -> tuple[Trial, Layout] | None:
    """Return the best layout; nothing where one was not found."""
    by_trial = list(found)
    layouts = [layout for _, layout in by_trial if layout]
    if len(layouts) < len(by_trial):
        return None
    chosen = best(layouts)
    return by_trial[layouts.index(chosen)][0], chosen


def _lacking(asked: _Asked) -> _Asked:
    """Return what must still be measured."""
    missing = ((trial, trial.heights.lacking(wanted)) for trial, wanted in asked)
    return tuple((trial, wanted) for trial, wanted in missing if wanted)


def _same(one: Layout, other: Layout) -> bool:
    """Return whether two layouts print the same."""
    return one.plan == other.plan and one.stock == other.stock


def _summary(stock: Stock, plan: Plan, choice: Choice) -> str:
    boxes_in = len(stock.present(plan.shown))
    out = sum(not piece.part for piece in choice.left_out)
    left = f", {counted(out, 'box', 'boxes')} left out" if out else ""
    pages = counted(stock.page.pages, "page", "pages")
    return f"{pages}, {counted(boxes_in, 'box', 'boxes')}{left}, {plan.size:.2f} pt"
