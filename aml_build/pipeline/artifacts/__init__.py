"""The artifacts: one visible table, target to maker.

A maker is a module with one function, ``make(context) -> Made``. It is loaded when it is needed: a
deck alone starts without what prints.
"""

from collections.abc import Callable, Mapping
from importlib import import_module

from aml_build.pipeline.build_context import BuildContext, Made
from aml_build.pipeline.options import Target

MAKERS: Mapping[Target, str] = {
    Target.DECK: "aml_build.pipeline.artifacts.deck_artifact",
    Target.SHEET: "aml_build.pipeline.artifacts.sheet_artifact",
    Target.BOOKLET: "aml_build.pipeline.artifacts.booklet_artifact",
    Target.PREVIEW: "aml_build.pipeline.artifacts.preview_artifact",
    Target.MODEL: "aml_build.pipeline.artifacts.model_artifact",
}

#: What cannot be made without TeX.
PRINTED = frozenset({Target.SHEET, Target.BOOKLET})


def maker(target: Target) -> Callable[[BuildContext], Made]:
    """Load and return the function that makes the target."""
    make: Callable[[BuildContext], Made] = import_module(MAKERS[target]).make
    return make
