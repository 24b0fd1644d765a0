"""The artifacts: one visible table, target to maker.

A maker is a module with one function, ``make(stage) -> Made``. It is loaded when it is needed: a
deck alone starts without what prints.
"""

from collections.abc import Callable, Mapping
from importlib import import_module

from aml_build.makers.stage import Made, Stage
from aml_build.options import Target

MAKERS: Mapping[Target, str] = {
    Target.DECK: "aml_build.makers.deck",
    Target.SHEET: "aml_build.makers.sheet",
    Target.BOOKLET: "aml_build.makers.booklet",
    Target.PREVIEW: "aml_build.makers.preview",
    Target.MODEL: "aml_build.makers.model",
}

#: What cannot be made without TeX.
PRINTED = frozenset({Target.SHEET, Target.BOOKLET})


def maker(target: Target) -> Callable[[Stage], Made]:
    """Load and return the function that makes the target."""
    make: Callable[[Stage], Made] = import_module(MAKERS[target]).make
    return make
