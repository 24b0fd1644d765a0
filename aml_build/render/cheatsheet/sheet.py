"""The cheat sheet from boxes to report, in at most three TeX runs."""

from collections.abc import Mapping
from dataclasses import dataclass

from msgspec import structs

from aml_build.diagnostics.diagnostic import Diagnostic
from aml_build.engines.pdflatex import TexResult
from aml_build.model import Course, SheetOptions
from aml_build.model.drawing import Drawing
from aml_build.model.edition import Edition
from aml_build.render.cheatsheet.content.boxes import bands, boxes
from aml_build.render.cheatsheet.content.variant import COLOUR, Variant, selected
from aml_build.render.cheatsheet.faults import faults
from aml_build.render.cheatsheet.layout.arrangement import Plan
from aml_build.render.cheatsheet.layout.heights import Heights, missing
from aml_build.render.cheatsheet.layout.layout_search import Layout, LayoutSearch
from aml_build.render.cheatsheet.layout.paper import Page, page
from aml_build.render.cheatsheet.sheet_report import Cost, SheetReport, report
from aml_build.render.cheatsheet.typeset.sheet_document import setup_digest
from aml_build.render.cheatsheet.typeset.tex_runs import HeightsMissingError, TexRuns
from aml_build.storage.cache import Cache


@dataclass(frozen=True)
class SheetResult:
    """A sheet with its report, or the diagnostics of why there is none."""

    pdf: bytes | None
    """``None`` where TeX failed."""
    tex: str
    """The LaTeX that was printed."""
    report: SheetReport
    diagnostics: tuple[Diagnostic, ...]
    plan: Plan
    runs: int
    """How often TeX ran."""


class NothingToShowError(Exception):
    """The variant has no box: the course has no formula, or no such lesson."""


def sheet(
    course: Course,
    drawings: Mapping[str, Drawing],
    edition: Edition,
    cache: Cache,
    variant: Variant = COLOUR,
    options: SheetOptions | None = None,
) -> SheetResult:
    """Return the sheet of a course.

    Raise ``NothingToShowError`` where the variant has no box, ``ToolMissingError`` where there is no TeX.
    """
    return SheetBuilder(course, drawings, edition, cache, variant, options).build()


_PICTURE_WIDTH, _PICTURE_HEIGHT = 0.8, 11.5
"""What ``\\amlfigure`` allows: a share of the column, and a multiple of the base size."""


def largest_picture(options: SheetOptions, variant: Variant = COLOUR) -> tuple[float, float]:
    """Return the width and the height, pt, that a picture takes at most."""
    chosen = variant.options(options)
    fewest = variant.columns(chosen, 0)[-1]
    column = page(structs.replace(chosen, columns=fewest)).column_width
    return _PICTURE_WIDTH * column, _PICTURE_HEIGHT * chosen.max_size


class SheetBuilder:
    """Builds one sheet: boxes → measure → select and choose the size → arrange → print → report."""

    def __init__(
        self,
        course: Course,
        drawings: Mapping[str, Drawing],
        edition: Edition,
        cache: Cache,
        variant: Variant = COLOUR,
        options: SheetOptions | None = None,
    ) -> None:
        shown = selected(boxes(course, drawings), variant)
        if not shown:
            raise NothingToShowError
        self._cache = cache
        self._name = variant.name
        self._runs = TexRuns(course, drawings, edition, variant)

        def heights(page: Page) -> Heights:
            known = Heights(setup_digest(page, drawings, grey=variant.grey), page)
            known.load(cache, variant.name)
            return known

        chosen = variant.options(options or course.sheet)
        self._search = LayoutSearch.start(shown, bands(course), chosen, variant, heights)

    def build(self) -> SheetResult:
        """Return the sheet; raise ``ToolMissingError`` where there is no TeX."""
        try:
            layout, (tex, result) = self._printed()
        except HeightsMissingError as failed:
            return self._failed(TexResult(None, "", failed.problems, {}))
        self._save()
        found = faults(result, layout.candidates)
        return SheetResult(result.pdf, tex, report(layout), found, layout.plan, self._runs.count)

    def costs(self) -> tuple[Cost, ...] | None:
        """Return the cost of each box without printing the sheet; ``None`` where TeX fails.

        TeX runs only for heights that the cache does not know. Raise ``ToolMissingError`` where it is
        needed and not installed.
        """
        try:
            layout = self._search.measured(self._runs.measure)
        except HeightsMissingError:
            return None
        self._save()
        return report(layout).costs

    def _printed(self) -> tuple[Layout, tuple[str, TexResult]]:
        """Print by the heights of the last build if the same run confirms them, else measure first."""
        if guess := self._search.guess():
            layout, requests = guess
            printed = self._runs.print(layout, requests)
            proof = self._search.guess()
            if proof and proof[0] == layout and not missing(proof[1]):
                return proof[0], printed
        layout = self._search.measured(self._runs.measure)
        return layout, self._runs.print(layout)

    def _save(self) -> None:
        for trial in self._search.trials:
            trial.heights.save(self._cache, self._name)

    def _failed(self, result: TexResult) -> SheetResult:
        found = faults(result, self._search.trials[0].candidates)
        nothing, plan = SheetReport("", "failed", (), ()), Plan(0, 0.0, frozenset(), (), 0.0)
        return SheetResult(None, "", nothing, found, plan, self._runs.count)
