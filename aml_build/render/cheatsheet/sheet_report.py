"""The report of a sheet: what fits, what was left out and why, the cost of each box."""

from collections.abc import Iterator
from dataclasses import dataclass

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


def _counted(number: int, one: str, more: str) -> str:
    """Return the number with its word: one page, or more pages."""
    return f"{number} {one if number == 1 else more}"


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
    boxes = _counted(len(candidates.present(plan.shown)), "box", "boxes")
    out = sum(not piece.part for piece in layout.selection.left_out)
    left = f", {_counted(out, 'box', 'boxes')} left out" if out else ""
    pages = _counted(candidates.page.pages, "page", "pages")
    return f"{pages}, {boxes}{left}, {plan.size:.2f} pt"


def _text(layout: Layout, rows: tuple[Cost, ...]) -> str:
    candidates, plan = layout.candidates, layout.plan
    page = candidates.page
    at_most = " (the largest allowed)" if plan.index >= candidates.sizes.top else ""
    lines = [
        f"Cheat sheet: {_counted(page.pages, 'page', 'pages')} of {_counted(page.columns, 'column', 'columns')}, each "
        f"{millimetres(round(page.column_width * 65536)):.1f} mm wide and "
        f"{millimetres(max(column.height for column in plan.columns)):.1f} mm high.",
        f"Base size {plan.size:.2f} pt{at_most}; {plan.fill:.1%} of the columns is filled.",
        f"{sum(row.shown for row in rows)} of {len(candidates.boxes)} boxes are on it.",
        _finder(layout),
        "",
        *_left_out(layout),
        "What each box costs, in mm of column:",
        *(
            f"{row.millimetres:8.1f}  {row.concept}{'' if row.shown else '  (left out)'}"
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
        on = "pages" if len(pages) > 1 else "page"
        foot = f"at the foot of {on} {' and '.join(pages)}"
        where = "in the last column" if candidates.finder_in_column else foot
        reduced = candidates.finder == short != full
        names = ", without other names, for which there is no room" if reduced else ""
        return f"The finder of terms stands {where}{names}."
    found = candidates.with_finder(layout.finders[-1], in_column=False)
    strips = sum(strip_height(lines, size) for lines in found.strip_lines(size))
    units, limits = candidates.unit_heights(layout.selection.shown, size), candidates.limits(size)
    gaps = spacing(size).between_boxes * (len(units) - len(limits))
    left = sum(limits) - sum(units) - gaps
    share = STEP**layout.finder_steps - 1
    return (
        f"No finder of terms: it would take {millimetres(strips * candidates.page.columns):.1f} mm of column, "
        f"of which the boxes leave {millimetres(left):.1f} mm, and it may not make the type smaller by more "
        f"than {share:.1%}."
    )


def _left_out(layout: Layout) -> list[str]:
    candidates, shown = layout.candidates, layout.plan.shown
    # A part that was left out may be shown after all, where it fills a column.
    gone = [piece for piece in layout.selection.left_out if not piece.slots <= shown]
    if not gone:
        return ["Nothing was left out.", ""]
    everything = pieces(candidates)
    absent = {piece.box.id for piece in gone if not piece.part}
    smallest = candidates.sizes.size(0)
    lines = [f"Left out at {smallest:.2f} pt, the smallest allowed; the most important first:"]
    for piece in gone:
        if piece.part and piece.box.id in absent:
            continue
        what = _name(piece) if piece.part else f"{piece.box.id} (the whole box)"
        lines.append(
            f"{millimetres(piece.cost):8.1f}  {what}, priority {piece.box.priority}; "
            f"to keep it, {_price(price(piece, everything, shown))}"
        )
    return [*lines, ""]


def _name(piece: Piece) -> str:
    return piece.box.id + (f": {piece.part}" if piece.part else "")


def _price(given: tuple[Piece, ...]) -> str:
    if not given:
        return "add a page"
    more = f" and {len(given) - 3} more" if len(given) > 3 else ""
    freed = millimetres(sum(piece.cost for piece in given))
    return f"leave out {', '.join(map(_name, given[:3]))}{more} ({freed:.1f} mm)"
