"""The LaTeX documents of a sheet: one that measures, one that prints."""

from collections.abc import Sequence

from pylatex.base_classes.command import Command
from pylatex.document import Document
from pylatex.package import Package
from pylatex.utils import NoEscape

from aml_build.model import Course
from aml_build.model.edition import Edition
from aml_build.render import latex
from aml_build.render.cheatsheet.boxes import Box
from aml_build.render.cheatsheet.finder import Finder, labels, places, strip_height
from aml_build.render.cheatsheet.finder import box_height as finder_height
from aml_build.render.cheatsheet.measure import HEIGHTS_FILE
from aml_build.render.cheatsheet.packing import Stretch, spread
from aml_build.render.cheatsheet.paper import MM, SP, Page
from aml_build.render.cheatsheet.plan import Height, Plan, Stock, column_used, slot, strip_lines
from aml_build.render.cheatsheet.plan import columns as spans
from aml_build.render.cheatsheet.sizes import Room, room
from aml_build.resources import template

_SMALLEST_HEADER, _LARGEST_HEADER = 6.2, 8.0
"""pt"""
STYLES = ("common.sty", "cheatsheet.sty")


def styles() -> dict[str, bytes]:
    """Return the style files that every document of a sheet reads."""
    return {name: template(f"latex/{name}").encode() for name in STYLES}


def document(page: Page, *, grey: bool, body: str, before: Sequence[str] = ()) -> str:
    """Return a whole document on paper of this size; ``before`` goes into the preamble."""
    made = Document(
        documentclass="article",
        document_options=None,
        fontenc=None,
        inputenc=None,
        font_size="normalsize",
        lmodern=False,
        textcomp=False,
        microtype=None,
        page_numbers=False,
        indent=True,
        geometry_options=_geometry(page),
    )
    made.packages.append(Package("cheatsheet"))
    lengths = {
        "amlcolumnwidth": page.column_width,
        "amlpagewidth": page.text_width,
        "amlgutter": page.gutter,
        "amlheaderheight": page.header,
    }
    for name, value in lengths.items():
        made.preamble.append(NoEscape(f"\\newlength\\{name}\\setlength\\{name}{{{value:.5f}pt}}"))
    made.preamble.append(Command("amlgreys" if grey else "amlcolours"))
    made.preamble.extend(NoEscape(line) for line in before)
    made.append(NoEscape(body))
    return str(made.dumps()) + "\n"


def _geometry(page: Page) -> dict[str, str]:
    lengths = {
        "paperwidth": page.width,
        "paperheight": page.height,
        "margin": page.margin,
    }
    return {name: f"{value:.5f}pt" for name, value in lengths.items()} | {
        "nohead": "true",
        "nofoot": "true",
    }


def metadata(course: Course) -> tuple[str, ...]:
    """Return the preamble lines that tell readers and search engines what this is."""
    fields = (
        f"{course.title}: cheat sheet",
        ", ".join(course.authors),
        course.description,
        course.language,
    )
    return ("\\amlmetadata" + "".join(f"{{{latex.escape(text)}}}" for text in fields),)


def measuring(commands: str, file: str = HEIGHTS_FILE, width: float | None = None) -> str:
    """Return what measures, in columns of the document's width or another, pt."""
    column = f"\\setlength\\amlcolumnwidth{{{width:.5f}pt}}" if width else ""
    return f"{column}\\immediate\\openout\\amlheights={file}\n{commands}\\immediate\\closeout\\amlheights\n"


def outline(course: Course, plan: Plan, stock: Stock) -> str:
    """Return the bookmarks: lessons that are on the sheet, their boxes below."""
    present = stock.present(plan.shown)
    lines = []
    for lesson in course.lessons:
        own = [box for box in present if box.lesson == lesson.number]
        if own:
            title = latex.escape(f"{lesson.label}: {lesson.title}")
            lines.append(f"\\amloutline{{c-{own[0].id}}}{{{-len(own)}}}{{{title}}}\n")
            lines += [f"\\amloutline{{c-{b.id}}}{{0}}{{{latex.escape(b.term)}}}\n" for b in own]
    if stock.finder:
        lines.append("\\amloutline{c-finder}{0}{Finder}\n")
    return "".join(lines)


def pages(stock: Stock, plan: Plan, height: Height, header: str) -> str:
    """Return the pages: a line above, columns of one height below, the finder at the end."""
    boxes = stock.present(plan.shown)
    bands = {band.lesson: band for band in stock.bands}
    columns, lesson = [], None
    for limit, size, (start, end) in zip(plan.heights, plan.sizes, spans(plan.breaks), strict=True):
        own, space = boxes[start:end], room(size)
        slack = limit - column_used(stock, plan.shown, size, height, start, end)
        stretch, notes = _ending(slack, end - start - 1, sum(_gaps(b, plan) for b in own), space)
        lines = [f"\\amlcolumn{{{limit}sp}}{{{size:.3f}}}%\n"]
        for number, box in enumerate(own):
            if number:
                lines.append(f"\\amlgap{{{space.between_boxes + stretch.between_boxes}}}%\n")
            if box.lesson != lesson and box.lesson in bands:
                lines.append(f"{bands[box.lesson].part.tex}%\n\\kern{space.after_band}sp\n")
            lesson = box.lesson
            lines.append(_box(box, plan, space, stretch.between_parts))
        if end > len(boxes) and stock.finder:
            gap = space.between_boxes + stretch.between_boxes if own else 0
            # Alone in its column it has no gap that could grow.
            grown = 0 if own or notes else slack
            high = finder_height(height(stock.finder.slot, size), size) + grown
            lines.append(f"\\amlgap{{{gap}}}%\n{_finder_box(stock.finder, high)}")
        if notes:
            lines.append(f"\\amlgap{{{slack - notes}}}%\n{_notes(notes)}")
        columns.append("".join(lines) + "\\amlcolumnend")
    page, sheets = stock.page, []
    for number, strip in enumerate(strip_lines(stock, plan.size, height)):
        own_columns = columns[number * page.columns : (number + 1) * page.columns]
        body = "\\hskip\\amlgutter%\n".join(own_columns)
        head = header.replace("@PAGE@", f"{number + 1}/{page.pages}")
        below = _strip(strip, page, plan.size)
        sheets.append(
            f"\\amlpage{{%\n{head}}}%\n{_labels(page, number + 1)}"
            f"\\amlcolumns%\n{body}\\amlcolumnsend\n{below}"
        )
    return _finder(stock, plan) + "\\newpage\n".join(sheets)


def _finder(stock: Stock, plan: Plan) -> str:
    """Return where the boxes stand, and the finder's text, ready to be broken into strips."""
    if stock.finder is None:
        return ""
    found = places(stock.present(plan.shown), plan.breaks, stock.page)
    known = "".join(f"\\amlplace{{{box}}}{{{place}}}%\n" for box, place in found.items())
    if stock.in_column:
        return known
    text = stock.finder.part.tex
    return f"{known}\\amlsize{{{plan.size:.3f}}}\\setbox\\amlfinder{text}%\n"


def _finder_box(finder: Finder, high: int) -> str:
    """Return the finder as it stands in a column, so high, sp."""
    return f"\\setbox\\amlfinder{finder.part.tex}\\amlfinderbox{{{high}}}%\n"


def _strip(count: int, page: Page, size: float) -> str:
    """Return a strip of the finder with so many lines."""
    if not count:
        return ""
    gap = room(size).between_boxes
    high = strip_height(count, size) - gap
    return f"\\amlgap{{{gap}}}%\n\\amlstrip{{{high}}}{{{count}}}{{{page.columns}}}\n"


def _labels(page: Page, number: int) -> str:
    """Return the line that names the columns of a page, where a finder refers to them."""
    if not page.labelled:
        return ""
    names = "".join(f"\\amllabel{{{label}}}" for label in labels(page, number))
    return f"\\amllabels{{{page.labels:.2f}}}{{{names}}}%\n"


_LINE = round(6 * MM * SP)
"""Between two lines to write on, sp."""
_FEWEST_LINES = 2


def _ending(slack: int, box_gaps: int, part_gaps: int, space: Room) -> tuple[Stretch, int]:
    """Return how a column comes to its foot: gaps that grow, or lines for notes so high, sp.

    Gaps grow as long as no box looks torn; where more is left there are lines to write on.
    """
    stretch = spread(slack, box_gaps, part_gaps, space.growth)
    left = slack - stretch.between_boxes * box_gaps - stretch.between_parts * part_gaps
    if left <= box_gaps * 3 + part_gaps:
        return stretch, 0
    notes = slack - space.between_boxes
    if notes >= _FEWEST_LINES * _LINE:
        return Stretch(0, 0), notes
    return spread(slack, box_gaps, part_gaps, slack), 0


def _notes(height: int) -> str:
    lines = height // _LINE
    return f"\\amlnotes{{{lines}}}{{{height // lines}}}"


def _gaps(box: Box, plan: Plan) -> int:
    """Return how many gaps a body has that can be stretched: those between parts, and its edges."""
    inner = sum(slot(box, part) in plan.shown for part in box.parts)
    return inner + 1 if inner else 0


def _box(box: Box, plan: Plan, space: Room, stretch: int) -> str:
    lines = [f"\\amlgoal{{{box.id}}}%\n", box.title.tex, "%\n"]
    inner = [part for part in box.parts if slot(box, part) in plan.shown]
    if inner:
        between = f"\\kern{space.between_parts + stretch}sp\n"
        lines.append(f"\\amlbodybegin{{{box.kind}}}\\kern{space.above_body + stretch}sp\n")
        lines.append(between.join(f"\\amlpart\n{part.tex}\\amlpartend\n" for part in inner))
        lines.append(f"\\kern{space.below_body + stretch}sp\\amlbodyend\n")
    return "".join(lines)


def header(course: Course, edition: Edition, note: str, stock: Stock, plan: Plan) -> str:
    """Return the line above the columns: title, what the marks mean, which edition.

    It is as large as the sheet's base size, within what it has room for.
    """
    size = min(max(plan.size, _SMALLEST_HEADER), _LARGEST_HEADER)
    kinds = dict.fromkeys(box.kind for box in stock.present(plan.shown))
    if any("/pitfall " in name for name in plan.shown):
        kinds["Pitfall"] = None
    keys = "".join(f"\\amlkey{{{kind}}}{{{kind.lower()}}}" for kind in kinds)
    title = latex.escape(course.title + (f" · {note}" if note else ""))
    state = " · ".join(
        text for text in (edition.version, edition.date, edition.commit, "@PAGE@") if text
    )
    return f"\\amlheader{{{size:.2f}}}{{{title}}}{{{keys}}}{{{latex.escape(state)}}}"
