"""The body of a sheet in LaTeX: header, columns and finder of each page, bookmarks."""

from collections.abc import Iterator

from aml_build.model import Course
from aml_build.model.edition import Edition
from aml_build.phrases import phrase
from aml_build.render import latex
from aml_build.render.cheatsheet.content.box import Box, Part
from aml_build.render.cheatsheet.content.variant import Variant
from aml_build.render.cheatsheet.layout.arrangement import Column
from aml_build.render.cheatsheet.layout.finder import finder_height, labels, places, strip_height
from aml_build.render.cheatsheet.layout.layout_search import Layout
from aml_build.render.cheatsheet.layout.packing import Stretch, spread
from aml_build.render.cheatsheet.layout.paper import MM, SP
from aml_build.render.cheatsheet.layout.sizes import Spacing, spacing
from aml_build.render.latex_phrases import latex_phrase
from aml_build.render.print_commands import Block, Node, macro

_SMALLEST_HEADER, _LARGEST_HEADER = 6.2, 8.0
"""pt"""
_LINE = round(6 * MM * SP)
"""Distance of two lines to write on, sp."""
_FEWEST_LINES = 2


class SheetRenderer:
    """Renders one layout as LaTeX."""

    def __init__(self, course: Course, edition: Edition, variant: Variant, layout: Layout) -> None:
        self._course = course
        self._edition = edition
        self._note = f" · {phrase('sheet.formulas')}" if variant.formulas else ""
        self._candidates, self._plan = layout.candidates, layout.plan
        self._page = layout.candidates.page
        self._boxes = layout.candidates.present(layout.plan.shown)
        self._first = {box.lesson: box.id for box in reversed(self._boxes)}

    def body(self) -> Iterator[Node]:
        """Return everything that is printed, page by page, and the bookmarks."""
        yield from self._places()
        header = self._header()
        columns = list(map(self._column, self._plan.columns))
        gap = spacing(self._plan.size).between_boxes
        for number, lines in enumerate(self._candidates.strip_lines(self._plan.size)):
            if number:
                yield macro("newpage")
            yield macro("amlpage", header.replace("@PAGE@", f"{number + 1}/{self._page.pages}"))
            if self._page.labelled:
                names = "".join(f"\\amllabel{{{x}}}" for x in labels(self._page, number + 1))
                yield macro("amllabels", f"{self._page.label_height:.2f}", names)
            start = number * self._page.columns
            row: list[Node] = []
            for column in columns[start : start + self._page.columns]:
                row += ["\\hskip\\amlgutter"] * bool(row) + [column]
            yield Block("amlcolumns", row)
            if lines:
                height = strip_height(lines, self._plan.size) - gap
                yield macro("amlgap", gap)
                yield macro("amlstrip", height, lines, self._page.columns)
        yield from self._bookmarks()
        yield macro("clearpage")

    def _places(self) -> Iterator[Node]:
        """Return the place of each box, and the finder's text, to be split into strips."""
        candidates, plan = self._candidates, self._plan
        if candidates.finder is None:
            return
        breaks = [column.end for column in plan.columns]
        for box, place in places(self._boxes, breaks, self._page).items():
            yield macro("amlplace", box, place)
        if not candidates.finder_in_column:
            yield macro("amlsize", f"{plan.size:.3f}")
            yield f"\\setbox\\amlfinder{candidates.finder.tex}"

    def _column(self, column: Column) -> Block:
        own, space = self._boxes[column.start : column.end], spacing(column.size)
        # The gaps in a body that can grow: between its parts, above and below them.
        part_gaps = sum(len(inner) + 1 for box in own if (inner := self._parts(box)))
        stretch, notes = _ending(column, part_gaps, space)
        between = space.between_boxes + stretch.between_boxes
        content: list[Node] = []
        for number, box in enumerate(own):
            if number:
                content.append(macro("amlgap", between))
            if self._first[box.lesson] == box.id:
                band = self._candidates.bands[box.lesson]
                content += [band.tex, macro("amlgap", space.after_band)]
            content += self._box(box, space, stretch.between_parts)
        finder = self._candidates.finder
        if column.end > len(self._boxes) and finder:
            height = self._candidates.heights(column.size)[finder.slot]
            # A finder alone in its column has no gap that could grow, so it grows itself.
            grown = 0 if own or notes else column.slack
            content.append(macro("amlgap", between if own else 0))
            content.append(f"\\setbox\\amlfinder{finder.tex}")
            content.append(macro("amlfinderbox", finder_height(height, column.size) + grown))
        if notes:
            lines = notes // _LINE
            content.append(macro("amlgap", column.slack - notes))
            content.append(macro("amlnotes", lines, notes // lines))
        return Block("amlcolumn", content, f"{column.height}sp", f"{column.size:.3f}")

    def _parts(self, box: Box) -> list[Part]:
        return [part for part in box.parts if part.slot in self._plan.shown]

    def _box(self, box: Box, space: Spacing, stretch: int) -> Iterator[Node]:
        yield macro("amlgoal", box.id)
        yield box.title.tex
        inner: list[Node] = []
        for part in self._parts(box):
            gap = space.between_parts if inner else space.above_body
            inner += [macro("amlgap", gap + stretch), f"\\amlpart\n{part.tex}\\amlpartend"]
        if inner:
            below = macro("amlgap", space.below_body + stretch)
            yield Block("amlbody", [*inner, below], box.kind)

    def _header(self) -> str:
        """Return the line above the columns: title, legend of the marks, edition and page.

        It has the sheet's base size, within limits.
        """
        edition = self._edition
        size = min(max(self._plan.size, _SMALLEST_HEADER), _LARGEST_HEADER)
        kinds = dict.fromkeys(box.kind for box in self._boxes)
        if any("/pitfall " in slot for slot in self._plan.shown):
            kinds["Pitfall"] = None
        keys = "".join(
            f"\\amlkey{{{kind}}}{{{latex_phrase(f'concept.{kind.lower()}')}}}" for kind in kinds
        )
        title = latex.escape(self._course.title + self._note)
        fields = (edition.version, edition.date, edition.commit, "@PAGE@")
        state = latex.escape(" · ".join(filter(None, fields)))
        return str(macro("amlheader", f"{size:.2f}", title, keys, state).dumps())

    def _bookmarks(self) -> Iterator[Node]:
        """Return the bookmarks: lessons that are on the sheet, and their boxes below them."""
        for lesson in self._course.lessons:
            own = [box for box in self._boxes if box.lesson == lesson.number]
            if own:
                name = phrase("lesson.name", label=lesson.label, title=lesson.title)
                yield macro("amloutline", f"c-{own[0].id}", -len(own), latex.escape(name))
            for box in own:
                yield macro("amloutline", f"c-{box.id}", 0, latex.escape(box.term))
        if self._candidates.finder:
            yield macro("amloutline", "c-finder", 0, latex_phrase("sheet.finder"))


def _ending(column: Column, part_gaps: int, space: Spacing) -> tuple[Stretch, int]:
    """Return how a column reaches its foot: the growth of its gaps, and the height of notes, sp.

    The gaps grow up to a limit, beyond which boxes look torn. Where more height is left, it is filled
    with lines for notes, or by the gaps if it is too low for notes.
    """
    slack, box_gaps = column.slack, column.end - column.start - 1
    stretch = spread(slack, box_gaps, part_gaps, space.growth)
    left = slack - stretch.between_boxes * box_gaps - stretch.between_parts * part_gaps
    if left <= box_gaps * 3 + part_gaps:
        return stretch, 0
    notes = slack - space.between_boxes
    if notes >= _FEWEST_LINES * _LINE:
        return Stretch(0, 0), notes
    return spread(slack, box_gaps, part_gaps, slack), 0
