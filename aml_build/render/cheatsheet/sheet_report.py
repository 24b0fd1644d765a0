"""The report of a sheet: what fits, what was left out and why, the cost of each box."""

from collections.abc import Iterator
from dataclasses import dataclass

from aml_build.phrases import counted, phrase
from aml_build.render.cheatsheet.layout.finder import strip_height
from aml_build.render.cheatsheet.layout.layout_search import Layout
from aml_build.render.cheatsheet.layout.paper import millimetres
from aml_build.render.cheatsheet.layout.selection import Piece, pieces, price
from aml_build.render.cheatsheet.layout.sizes import STEP, spacing


@dataclass(frozen=True, slots=True)
class Cost:
    """The height that one box takes, or would take."""

    concept: str
    """Id."""
    millimetres: float
    """Of column, at the sheet's size; at the smallest size for what was left out."""
    shown: bool


@dataclass(frozen=True, slots=True)
class SheetReport:
    """What there is to say about a finished layout."""

    text: str
    summary: str
    """Pages, boxes and size in a few words."""
    left_out: tuple[tuple[str, float], ...]
    """What is not on the sheet, with its cost in mm of column."""
    costs: tuple[Cost, ...]
    """Every box, in the order of the course."""


def report(layout: Layout) -> SheetReport:
    """Return the report of a layout."""
    costs = tuple(_costs(layout))
    left_out = (
        (f"{piece.box.id} {piece.part}".strip(), round(millimetres(piece.cost), 1))
        for piece in layout.selection.left_out
    )
    return SheetReport(_text(layout, costs), _summary(layout), tuple(left_out), costs)


def _costs(layout: Layout) -> Iterator[Cost]:
    candidates, plan = layout.candidates, layout.plan
    smallest, everything = candidates.sizes.size(0), candidates.everything()
    for box in candidates.boxes:
        on_sheet = box.title.slot in plan.shown
        shown, size = (plan.shown, plan.size) if on_sheet else (everything, smallest)
        cost = millimetres(candidates.box_height(box, shown, size))
        yield Cost(box.id, round(cost, 1), on_sheet)


def _summary(layout: Layout) -> str:
    candidates, plan = layout.candidates, layout.plan
    pages = counted("report.page", candidates.page.pages)
    boxes = counted("report.box", len(candidates.present(plan.shown)))
    size = f"{plan.size:.2f}"
    if out := sum(not piece.part for piece in layout.selection.left_out):
        left = counted("report.box", out)
        return phrase("report.summary-left-out", pages=pages, boxes=boxes, left=left, size=size)
    return phrase("report.summary", pages=pages, boxes=boxes, size=size)


def _text(layout: Layout, rows: tuple[Cost, ...]) -> str:
    candidates, plan = layout.candidates, layout.plan
    page = candidates.page
    size, fill = f"{plan.size:.2f}", f"{plan.fill:.1%}"
    largest = plan.index >= candidates.sizes.top
    lines = [
        phrase(
            "report.head",
            pages=counted("report.page", page.pages),
            columns=counted("report.column", page.columns),
            width=f"{millimetres(round(page.column_width * 65536)):.1f}",
            height=f"{millimetres(max(column.height for column in plan.columns)):.1f}",
        ),
        phrase("report.largest-size", size=size, fill=fill)
        if largest
        else phrase("report.size", size=size, fill=fill),
        phrase("report.boxes", shown=sum(row.shown for row in rows), all=len(candidates.boxes)),
        _finder(layout),
        "",
        *_left_out(layout),
        phrase("report.costs"),
        *(
            f"{row.millimetres:8.1f}  "
            + (row.concept if row.shown else phrase("report.unseen", concept=row.concept))
            for row in sorted(rows, key=lambda row: (-row.millimetres, row.concept))
        ),
    ]
    return "\n".join(lines) + "\n"


def _finder(layout: Layout) -> str:
    """Return where the finder is, or why there is none."""
    candidates, size = layout.candidates, layout.plan.size
    if candidates.finder:
        full, short = layout.finders
        pages = [str(number) for number, n in enumerate(candidates.strip_lines(size), 1) if n]
        foot = phrase("report.foot", page=pages[0]) if len(pages) == 1 else ""
        foot = foot or phrase("report.feet", pages=phrase("list.and").join(pages))
        where = phrase("report.in-column") if candidates.finder_in_column else foot
        if candidates.finder == short != full:
            return phrase("report.short-finder", where=where)
        return phrase("report.finder", where=where)
    found = candidates.with_finder(layout.finders[-1], in_column=False)
    strips = sum(strip_height(lines, size) for lines in found.strip_lines(size))
    units, limits = candidates.unit_heights(layout.selection.shown, size), candidates.limits(size)
    gaps = spacing(size).between_boxes * (len(units) - len(limits))
    left = sum(limits) - sum(units) - gaps
    share = STEP**layout.finder_steps - 1
    cost = millimetres(strips * candidates.page.columns)
    return phrase(
        "report.no-finder",
        cost=f"{cost:.1f}",
        left=f"{millimetres(left):.1f}",
        share=f"{share:.1%}",
    )


def _left_out(layout: Layout) -> list[str]:
    candidates, shown = layout.candidates, layout.plan.shown
    # A part that was left out may be shown after all, where it fills a column.
    gone = [piece for piece in layout.selection.left_out if not piece.slots <= shown]
    if not gone:
        return [phrase("report.nothing-left-out"), ""]
    everything = pieces(candidates)
    absent = {piece.box.id for piece in gone if not piece.part}
    smallest = candidates.sizes.size(0)
    lines = [phrase("report.left-out-head", size=f"{smallest:.2f}")]
    for piece in gone:
        if piece.part and piece.box.id in absent:
            continue
        whole = phrase("report.whole-box", box=piece.box.id)
        what = _name(piece) if piece.part else whole
        priority, instead = piece.box.priority, _price(price(piece, everything, shown))
        line = phrase("report.left-out", what=what, priority=priority, instead=instead)
        lines.append(f"{millimetres(piece.cost):8.1f}  {line}")
    return [*lines, ""]


def _name(piece: Piece) -> str:
    return piece.box.id + (f": {piece.part}" if piece.part else "")


def _price(given: tuple[Piece, ...]) -> str:
    if not given:
        return phrase("report.add-page")
    freed = f"{millimetres(sum(piece.cost for piece in given)):.1f}"
    names, more = phrase("list.separator").join(map(_name, given[:3])), len(given) - 3
    if more > 0:
        return phrase("report.leave-out-more", names=names, more=more, freed=freed)
    return phrase("report.leave-out", names=names, freed=freed)
