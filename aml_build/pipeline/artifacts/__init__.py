"""The modules that make the artifacts, one for each row of the table ``Target``.

A module has one function, ``make(stage) -> Made``. It is loaded when it is needed, so that a deck
alone starts without the libraries for print.
"""

from collections.abc import Callable
from importlib import import_module

from aml_build.pipeline.build_context import Made, Stage
from aml_build.pipeline.options import Target


def maker(target: Target) -> Callable[[Stage], Made]:
    """Load and return the function that makes the target."""
    make: Callable[[Stage], Made] = import_module(f"{__name__}.{target}_artifact").make
    return make
