"""The cheat sheet: the whole course in the largest type at which it fits on its pages."""

from aml_build.render.cheatsheet.content.variant import (
    COLOUR,
    FORMULAS,
    GREY,
    LARGE,
    Variant,
    one_lesson,
)
from aml_build.render.cheatsheet.sheet import (
    NothingToShowError,
    SheetBuilder,
    SheetResult,
    largest_picture,
    sheet,
)
from aml_build.render.cheatsheet.sheet_report import Cost

__all__ = [
    "COLOUR",
    "FORMULAS",
    "GREY",
    "LARGE",
    "Cost",
    "NothingToShowError",
    "SheetBuilder",
    "SheetResult",
    "Variant",
    "largest_picture",
    "one_lesson",
    "sheet",
]
