"""Arrange the pages of a booklet on sheets that are printed on both sides, folded and stapled."""

from collections.abc import Iterator, Mapping
from io import BytesIO

import msgspec
import pikepdf

from aml_build.model import Paper

MM = 72 / 25.4
"""Points in a millimetre."""

LANDSCAPE: dict[Paper, tuple[float, float]] = {
    Paper.A4: (297 * MM, 210 * MM),
    Paper.LETTER: (11 * 72.0, 8.5 * 72.0),
}
"""Width and height of the printed sheet, bp."""

_FOLDS_WELL = 12
"""Sheets that can be folded, and stapled, all at once."""
_USUAL = 8
"""Sheets in a signature by default, if there are more than that."""


class Side(msgspec.Struct, frozen=True):
    """One side of a sheet: the 0-based pages left and right of the fold; ``None`` is blank."""

    left: int | None
    right: int | None
    depth: int
    """How many sheets lie around this one in its signature."""


def signatures(sheets: int, signature: int | None) -> tuple[int, ...]:
    """Return how many sheets each signature has: as even as can be, none above the given number."""
    if signature is None or signature >= sheets:
        return (sheets,)
    count = -(-sheets // signature)
    return tuple(sheets // count + (index < sheets % count) for index in range(count))


def usual_signature(pages: int) -> int | None:
    """Return the default number of sheets to fold into one another; ``None`` for all."""
    return None if -(-pages // 4) <= _FOLDS_WELL else _USUAL


def page_order(pages: int, signature: int | None = None) -> tuple[Side, ...]:
    """Return the sides in printing order, front and back of each sheet in turn.

    ``signature`` is the number of sheets that are folded into one another; without it, all are.
    Blank pages come before the last page, so that the back cover stays outside.
    Raise ``ValueError`` for a signature of less than one sheet or a booklet without pages.
    """
    if pages < 1:
        raise ValueError("a booklet has at least one page")
    if signature is not None and signature < 1:
        raise ValueError("a signature has at least one sheet")
    sheets = -(-pages // 4)
    blanks = 4 * sheets - pages
    order = [*range(pages - 1), *[None] * blanks, pages - 1]
    sides: list[Side] = []
    start = 0
    for size in signatures(sheets, signature):
        sides.extend(_nested(order[start : start + 4 * size]))
        start += 4 * size
    return tuple(sides)


def _nested(pages: list[int | None]) -> Iterator[Side]:
    """Yield the sides of one signature, from its outermost sheet inwards."""
    last = len(pages) - 1
    for depth in range(len(pages) // 4):
        first = 2 * depth
        yield Side(pages[last - first], pages[first], depth)
        yield Side(pages[first + 1], pages[last - first - 1], depth)


def impose(
    pdf: bytes, *, paper: Paper = Paper.A4, signature: int | None = None, creep_mm: float = 0.0
) -> bytes:
    """Return the booklet two-up on landscape sheets, for duplex printing over the short edge.

    ``signature`` is a number of sheets (see ``page_order`` and, for the default, ``usual_signature``);
    where there are several, each begins with a mark on its fold. ``creep_mm`` is how much further each
    sheet's pages are drawn to the fold than those of the sheet around it, mm: about the thickness
    of the paper. Pages keep their size unless the sheet is too small for them. The same input
    gives the same bytes. Raise ``ValueError`` for a signature of less than one sheet and
    ``pikepdf.PdfError`` for what is no PDF.
    """
    width, height = LANDSCAPE[paper]
    with pikepdf.open(BytesIO(pdf)) as source, pikepdf.new() as target:
        pages = [_form(target, page) for page in source.pages]
        usual = usual_signature(len(pages)) if signature is None else signature
        sides = page_order(len(pages), usual)
        marks = _marks(sides, width, height)
        for number, side in enumerate(sides):
            target.add_blank_page(page_size=(width, height))
            sheet = target.pages[-1]
            shift = side.depth * creep_mm * MM
            drawn = [marks[number]] if number in marks else []
            for page, place in ((side.left, -1), (side.right, 1)):
                if page is None:
                    continue
                form = pages[page]
                # Our own name: that of pikepdf is random, and the bytes must not be.
                name = pikepdf.Name("/Left" if place < 0 else "/Right")
                sheet.add_resource(form, pikepdf.Name.XObject, name)
                drawn.append(_placed(name, form, place, shift, width, height))
            sheet.contents_add(target.make_stream("\n".join(drawn).encode()))
        _describe(source, target)
        out = BytesIO()
        target.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
        )
        return out.getvalue()


def _form(target: pikepdf.Pdf, page: pikepdf.Page) -> pikepdf.Object:
    """Return the page as a form that a sheet can draw."""
    return target.copy_foreign(page.as_form_xobject())


def _placed(
    name: pikepdf.Name,
    form: pikepdf.Object,
    place: int,
    shift: float,
    width: float,
    height: float,
) -> str:
    """Return the operators that draw a page left (-1) or right (1) of the fold, centred."""
    left, bottom, right, top = (float(edge) for edge in form.BBox.as_list())
    scale = min(1.0, width / 2 / (right - left), height / (top - bottom))
    wide, high = (right - left) * scale, (top - bottom) * scale
    x = width / 2 + (-shift if place > 0 else shift - wide) - left * scale
    y = (height - high) / 2 - bottom * scale
    return f"q {scale:.5f} 0 0 {scale:.5f} {x:.3f} {y:.3f} cm {name} Do Q"


_MARK, _MARK_TOP, _MARK_STEP = (3 * MM, 6 * MM), 15 * MM, 7 * MM
"""Width and height of a mark on the fold, where the first begins, and how far one is below another."""


def _marks(sides: tuple[Side, ...], width: float, height: float) -> Mapping[int, str]:
    """Return a bar on the fold of the side that begins each signature, where there are several.

    In the right order, the bars make a staircase down the back of the stack.
    """
    starts = [number for number in range(0, len(sides), 2) if sides[number].depth == 0]
    if len(starts) < 2:
        return {}
    wide, high = _MARK
    left = (width - wide) / 2
    steps = int((height - 2 * _MARK_TOP) / _MARK_STEP)
    bottoms = [height - _MARK_TOP - high - (n % steps) * _MARK_STEP for n in range(len(starts))]
    bars = [f"q 0 g {left:.3f} {bottom:.3f} {wide:.3f} {high:.3f} re f Q" for bottom in bottoms]
    return dict(zip(starts, bars, strict=True))


def _describe(source: pikepdf.Pdf, target: pikepdf.Pdf) -> None:
    """Copy title, language and dates, and ask the print dialogue for duplex at full size."""
    for key, value in source.docinfo.items():
        target.docinfo[key] = target.copy_foreign(value) if value.is_indirect else value
    if "/Lang" in source.Root:
        target.Root.Lang = str(source.Root.Lang)
    target.Root.ViewerPreferences = pikepdf.Dictionary(
        DisplayDocTitle=True,
        Duplex=pikepdf.Name.DuplexFlipShortEdge,
        PrintScaling=pikepdf.Name("/None"),
    )
