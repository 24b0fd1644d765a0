"""The LaTeX documents of a sheet: one that measures, one that prints."""

from collections.abc import Sequence

from pylatex.base_classes.command import Command
from pylatex.document import Document
from pylatex.package import Package
from pylatex.utils import NoEscape

from aml_build.edition import Edition
from aml_build.model import Course
from aml_build.render import latex
from aml_build.render.cheatsheet.boxes import Box
from aml_build.render.cheatsheet.measure import HEIGHTS_FILE
from aml_build.render.cheatsheet.pack import spread
from aml_build.render.cheatsheet.paper import Page
from aml_build.render.cheatsheet.plan import Height, Plan, Stock, column_slack, slot
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


def measuring(commands: str) -> str:
    """Return the body of a document that only measures."""
    return f"\\newwrite\\amlheights\\immediate\\openout\\amlheights={HEIGHTS_FILE}\n{commands}"


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
    return "".join(lines)


def pages(stock: Stock, plan: Plan, height: Height, header: str) -> str:
    """Return the pages: a line above, columns of one height below."""
    boxes = stock.present(plan.shown)
    bands = {band.lesson: band for band in stock.bands}
    columns, start, lesson = [], 0, None
    for end, size in zip(plan.breaks, plan.sizes, strict=True):
        own = boxes[start:end]
        slack = column_slack(stock, plan.shown, size, height, start, end, plan.height)
        inner = sum(_gaps(box, plan) for box in own)
        space = room(size)
        stretch = spread(slack, end - start - 1, inner, space.growth)
        lines = [f"\\amlcolumn{{{plan.height}sp}}{{{size:.3f}}}%\n"]
        for number, box in enumerate(own):
            if number:
                lines.append(f"\\amlgap{{{space.between_boxes + stretch.between_boxes}}}%\n")
            if box.lesson != lesson and box.lesson in bands:
                lines.append(f"{bands[box.lesson].part.tex}%\n\\kern{space.after_band}sp\n")
            lesson = box.lesson
            lines.append(_box(box, plan, space, stretch.between_parts))
        columns.append("".join(lines) + "\\amlcolumnend")
        start = end
    per_page = stock.page.columns
    sheets = []
    for first in range(0, max(1, stock.page.total), per_page):
        number = first // per_page + 1
        body = "\\hskip\\amlgutter%\n".join(columns[first : first + per_page])
        head = header.replace("@PAGE@", f"{number}/{stock.page.pages}")
        sheets.append(f"\\amlpage{{%\n{head}}}%\n\\amlcolumns%\n{body}\\amlcolumnsend\n")
    return "\\newpage\n".join(sheets)


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


def header(course: Course, edition: Edition, note: str, kinds: Sequence[str], base: float) -> str:
    """Return the line above the columns: title, what the marks mean, which edition.

    ``base`` is the sheet's base size in pt; the line is as large within what it has room for.
    """
    size = min(max(base, _SMALLEST_HEADER), _LARGEST_HEADER)
    names = (*kinds, "Pitfall")
    keys = "".join(f"\\amlkey{{{kind}}}{{{kind.lower()}}}" for kind in names)
    title = latex.escape(course.title + (f" · {note}" if note else ""))
    state = " · ".join(
        text for text in (edition.version, edition.date, edition.commit, "@PAGE@") if text
    )
    return f"\\amlheader{{{size:.2f}}}{{{title}}}{{{keys}}}{{{latex.escape(state)}}}"
