"""The modules that make the artifacts, one for each row of the table ``Target``.

A module has one function, ``make(context) -> ArtifactFiles``. It is loaded when it is needed, so that a deck
alone starts without the libraries for print.
"""

from collections.abc import Callable
from importlib import import_module

from aml_build.pipeline.build_context import ArtifactFiles, BuildContext
from aml_build.pipeline.options import Target


def make_function(target: Target) -> Callable[[BuildContext], ArtifactFiles]:
    """Load and return the function that makes the target."""
    make: Callable[[BuildContext], ArtifactFiles] = import_module(
        f"{__name__}.{target}_artifact"
    ).make
    return make
