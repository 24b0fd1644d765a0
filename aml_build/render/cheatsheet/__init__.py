"""The cheat sheet: the largest type at which the whole course fits on its pages."""

from aml_build.render.cheatsheet.sheet import NothingToShow, SheetResult, box_costs, sheet
from aml_build.render.cheatsheet.sheet_report import Cost
from aml_build.render.cheatsheet.variant import (
    COLOUR,
    FORMULAS,
    GREY,
    LARGE,
    Variant,
    one_lesson,
)

__all__ = [
    "COLOUR",
    "FORMULAS",
    "GREY",
    "LARGE",
    "Cost",
    "NothingToShow",
    "SheetResult",
    "Variant",
    "box_costs",
    "one_lesson",
    "sheet",
]
