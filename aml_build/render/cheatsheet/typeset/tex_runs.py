"""The TeX runs of one sheet: they measure parts and print pages, if possible both in one run."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from aml_build.engines.pdflatex import TexResult, run
from aml_build.engines.tex_log import TexProblem
from aml_build.model import Course
from aml_build.model.drawing import Drawing
from aml_build.model.edition import Edition
from aml_build.render.cheatsheet.content.variant import Variant
from aml_build.render.cheatsheet.layout.heights import Request, missing
from aml_build.render.cheatsheet.layout.layout_search import Layout
from aml_build.render.cheatsheet.layout.paper import Page
from aml_build.render.cheatsheet.typeset.greyscale import grey
from aml_build.render.cheatsheet.typeset.sheet_document import (
    SheetDocument,
    measuring,
    styles,
)
from aml_build.render.cheatsheet.typeset.sheet_pages import SheetRenderer
from aml_build.render.print_commands import Node


class HeightsMissingError(Exception):
    """A run gave no heights, so the sheet cannot be laid out."""

    def __init__(self, problems: Sequence[TexProblem]) -> None:
        super().__init__("TeX failed")
        self.problems = tuple(problems)


@dataclass
class TexRuns:
    """Runs TeX for one sheet, and counts the runs."""

    course: Course
    drawings: Mapping[str, Drawing]
    edition: Edition
    variant: Variant
    count: int = 0

    def measure(self, requests: Iterable[Request]) -> None:
        """Measure the requested heights that are unknown; raise ``HeightsMissingError``."""
        if lacking := missing(requests):
            self._run(lacking[0][0].page, [], lacking)

    def print(self, layout: Layout, requests: Iterable[Request] = ()) -> tuple[str, TexResult]:
        """Print the layout and measure the requested heights that are unknown, in one run.

        Return the document without what measures. Raise ``HeightsMissingError``.
        """
        renderer = SheetRenderer(self.course, self.edition, self.variant, layout)
        return self._run(layout.candidates.page, list(renderer.body()), missing(requests))

    def _run(
        self, page: Page, body: Sequence[Node], requests: Sequence[Request]
    ) -> tuple[str, TexResult]:
        document = SheetDocument(page, grey=self.variant.grey, shown=(self.course, self.edition))
        document.extend(body)
        printed = document.latex()
        # Measuring comes after the pages: the fonts that it loads must not change a byte of them.
        orders = {}
        for number, (heights, wanted) in enumerate(requests):
            file = f"{number}-heights.txt"
            commands, order = measuring(wanted, heights, file)
            document.extend(commands)
            orders[file] = heights, order
        self.count += 1
        result = run(
            document.latex(),
            inputs=styles() | self._pictures(printed),
            epoch=self.edition.epoch,
            collect=tuple(orders),
        )
        for file, (heights, order) in orders.items():
            heights.learn(order, result.files.get(file, b""))
        if missing(requests):
            raise HeightsMissingError(result.problems)
        return printed, result

    def _pictures(self, text: str) -> dict[str, bytes]:
        """Return the files that TeX includes in a text; printers turn raster images into grey."""
        files = (drawing.print_file for drawing in self.drawings.values())
        shown = {name: data for name, data in files if f"\\amlfigure{{{name}}}" in text}
        if self.variant.grey:
            return {n: grey(data) if n.endswith(".pdf") else data for n, data in shown.items()}
        return shown
