"""Figures in grey: their colours replaced by greys of the same lightness."""

import io
from decimal import Decimal
from typing import TypeAlias

import pikepdf

_Instruction: TypeAlias = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage
_GREY = {"rg": "g", "RG": "G", "k": "g", "K": "G"}


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
    return pikepdf.unparse_content_stream(
        [_grey_instruction(one) for one in pikepdf.parse_content_stream(content)]
    )


def _grey_instruction(one: _Instruction) -> _Instruction:
    name = str(one.operator)
    if isinstance(one, pikepdf.ContentStreamInlineImage) or name not in _GREY:
        return one
    numbers = [float(value) for value in one.operands]
    lightness = _of_rgb(*numbers) if len(numbers) == 3 else _of_cmyk(*numbers)
    return pikepdf.ContentStreamInstruction([lightness], pikepdf.Operator(_GREY[name]))


def _of_rgb(red: float, green: float, blue: float) -> Decimal:
    # Rec. 601 luma: what greyscale printers do.
    return Decimal(f"{0.299 * red + 0.587 * green + 0.114 * blue:.3f}")


def _of_cmyk(cyan: float, magenta: float, yellow: float, black: float) -> Decimal:
    return _of_rgb(*((1 - ink) * (1 - black) for ink in (cyan, magenta, yellow)))
