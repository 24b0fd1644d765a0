"""Figures in grey: their colours replaced by greys of the same lightness."""

import io
from decimal import Decimal

import pikepdf

_RGB = {"rg": "g", "RG": "G"}
_CMYK = {"k": "g", "K": "G"}


def grey(pdf: bytes) -> bytes:
    """Return a one-page PDF without colour, byte for byte the same for the same input."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            page.Contents = document.make_stream(_greyed(page))
        for thing in document.objects:
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Form":
                thing.write(_greyed(thing))
        out = io.BytesIO()
        document.save(out, deterministic_id=True)
    return out.getvalue()


def _greyed(content: pikepdf.Page | pikepdf.Object) -> bytes:
    instructions: list[tuple[list[pikepdf.Object | Decimal], pikepdf.Operator]] = []
    for operands, operator in pikepdf.parse_content_stream(content):
        name = str(operator)
        if name in _RGB:
            lightness = _of_rgb(*(float(value) for value in operands))
            instructions.append(([lightness], pikepdf.Operator(_RGB[name])))
        elif name in _CMYK:
            lightness = _of_cmyk(*(float(value) for value in operands))
            instructions.append(([lightness], pikepdf.Operator(_CMYK[name])))
        else:
            instructions.append((list(operands), operator))
    return pikepdf.unparse_content_stream(instructions)


def _of_rgb(red: float, green: float, blue: float) -> Decimal:
    # Rec. 601 luma: what greyscale printers do.
    return Decimal(f"{0.299 * red + 0.587 * green + 0.114 * blue:.3f}")


def _of_cmyk(cyan: float, magenta: float, yellow: float, black: float) -> Decimal:
    return _of_rgb(*((1 - ink) * (1 - black) for ink in (cyan, magenta, yellow)))
