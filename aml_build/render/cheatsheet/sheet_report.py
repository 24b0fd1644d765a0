"""The report of a sheet: what fits, what was left out and why, what each box costs."""

from dataclasses import dataclass

from aml_build.render.cheatsheet.finder import strip_height
from aml_build.render.cheatsheet.layout_trial import Layout
from aml_build.render.cheatsheet.paper import millimetres
from aml_build.render.cheatsheet.plan import (
    Height,
    Plan,
    Stock,
    box_height,
    slot,
    strip_lines,
    unit_heights,
)
from aml_build.render.cheatsheet.selection import Choice, Piece, instead, pieces
from aml_build.render.cheatsheet.sizes import STEP, room


@dataclass(frozen=True, slots=True)
class Cost:
    """The room that one box takes, or would take."""

    concept: str
    """Id."""
    millimetres: float
    """Of column, at the sheet's size; at the smallest size for what was left out."""
    shown: bool


def counted(number: int, one: str, more: str) -> str:
    """Return the number with its word: one page, or more pages."""
    return f"{number} {one if number == 1 else more}"


def costs(stock: Stock, plan: Plan, height: Height) -> tuple[Cost, ...]:
    """Return the cost of every box, in the order of the course."""
    found = []
    smallest, everything = stock.grid.size(0), stock.everything()
    for box in stock.boxes:
        there = slot(box, box.title) in plan.shown
        if there:
            cost = box_height(box, plan.shown, plan.size, height)
        else:
            cost = box_height(box, everything, smallest, height)
        found.append(Cost(box.id, round(millimetres(cost), 1), there))
    return tuple(found)


def report(layout: Layout, height: Height, rows: tuple[Cost, ...]) -> str:
    """Return the report as plain text."""
    stock, plan = layout.stock, layout.plan
    page = stock.page
    at_most = " (the largest allowed)" if plan.index >= stock.grid.top else ""
    lines = [
        f"Cheat sheet: {counted(page.pages, 'page', 'pages')} of {counted(page.columns, 'column', 'columns')}, each "
        f"{millimetres(round(page.column_width * 65536)):.1f} mm wide and "
        f"{millimetres(max(plan.heights)):.1f} mm high.",
        f"Base size {plan.size:.2f} pt{at_most}; {plan.fill:.1%} of the columns is filled.",
        f"{len(stock.present(plan.shown))} of {len(stock.boxes)} boxes are on it.",
        _finder(layout, height),
        "",
        *_left_out(stock, layout.choice, plan, height),
        "What each box costs, in mm of column:",
        *(
            f"{row.millimetres:8.1f}  {row.concept}{'' if row.shown else '  (left out)'}"
            for row in sorted(rows, key=lambda row: (-row.millimetres, row.concept))
        ),
    ]
    return "\n".join(lines) + "\n"


def _finder(layout: Layout, height: Height) -> str:
    """Return where the finder is, or why there is none."""
    stock, plan = layout.stock, layout.plan
    if stock.finder:
        full, short = layout.finders
        pages = [number for number, n in enumerate(strip_lines(stock, plan.size, height), 1) if n]
        on = "pages" if len(pages) > 1 else "page"
        foot = f"at the foot of {on} {' and '.join(map(str, pages))}"
        where = "in the last column" if stock.in_column else foot
        names = (
            ", without other names, for which there is no room"
            if stock.finder == short != full
            else ""
        )
        return f"The finder of terms stands {where}{names}."
    size, page = plan.size, stock.page
    found = stock.with_finder(layout.finders[-1], in_column=False)
    cost = sum(strip_height(n, size) for n in strip_lines(found, size, height)) * page.columns
    units = unit_heights(stock, layout.choice.shown, size, height)
    gaps = room(size).between_boxes * (len(units) - page.total)
    left = page.column_height * page.total - sum(units) - gaps
    share = STEP**layout.given_up - 1
    return (
        f"No finder of terms: it would take {millimetres(cost):.1f} mm of column, of which the boxes leave "
        f"{millimetres(left):.1f} mm, and it may not make the type smaller by more than {share:.1%}."
    )


def _left_out(stock: Stock, choice: Choice, plan: Plan, height: Height) -> list[str]:
    # A part that was left out may have come back to fill what a column had to spare.
    gone = [piece for piece in choice.left_out if not piece.slots <= plan.shown]
    if not gone:
        return ["Nothing was left out.", ""]
    everything = pieces(stock, height)
    absent = {piece.box.id for piece in gone if not piece.part}
    lines = [
        f"Left out at {stock.grid.size(0):.2f} pt, the smallest allowed; the most important first:"
    ]
    for piece in gone:
        if piece.part and piece.box.id in absent:
            continue
        what = piece.box.id + (f": {piece.part}" if piece.part else " (the whole box)")
        lines.append(
            f"{millimetres(piece.cost):8.1f}  {what}, priority {piece.box.priority}; "
            f"to keep it, {_instead(piece, everything, plan)}"
        )
    return [*lines, ""]


def _instead(piece: Piece, everything: tuple[Piece, ...], plan: Plan) -> str:
    given = instead(piece, everything, plan.shown)
    if not given:
        return "add a page"
    names = [f"{p.box.id}{': ' + p.part if p.part else ''}" for p in given]
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    freed = millimetres(sum(p.cost for p in given))
    return f"leave out {', '.join(names[:3])}{more} ({freed:.1f} mm)"
