"""What is wrong with the sources of all figures of a course; needs no TeX."""

from collections.abc import Collection, Iterator, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from aml_build.diagnostics.codes import Severity
from aml_build.diagnostics.diagnostic import Diagnostic
from aml_build.diagnostics.source import Source
from aml_build.figures.draw import STYLE
from aml_build.figures.figure_source import check_source
from aml_build.model import Macro
from aml_build.model.drawing import is_tikz
from aml_build.storage.cache import Cache, recall_or_compute

_FOLDER = "figures/"


class _Faults(msgspec.Struct, frozen=True):
    found: tuple[Diagnostic, ...]


def check_figures(
    sources: Mapping[str, Source], shown: Collection[str], macros: Sequence[Macro], cache: Cache
) -> tuple[Diagnostic, ...]:
    """Return forbidden commands and mistakes of form in the style sheet and all figures of a course.

    ``shown`` are the paths of the figures that lessons show. No artifact shows any other, so the first
    mistake of each other figure is returned, as a warning: it may be a sketch, or a file of another tool.
    """
    figures = [
        source
        for path, source in sources.items()
        if is_tikz(path) and (path in shown or path.startswith(_FOLDER))
    ]

    def work(changed: Sequence[Source]) -> Iterator[_Faults]:
        for one in changed:
            yield _Faults(tuple(check_source(one, macros, whole=one.path != STYLE)))

    results = recall_or_compute(cache, "figure sources", tuple(macros), figures, work, _Faults)
    diagnostics: list[Diagnostic] = []
    for one, faults in zip(figures, results, strict=True):
        if one.path in shown or (one.path == STYLE and shown):
            diagnostics += faults.found
        else:
            diagnostics += map(_of_no_lesson, faults.found[:1])
    return tuple(diagnostics)


def _of_no_lesson(found: Diagnostic) -> Diagnostic:
    message = f"{found.message} No lesson shows this figure."
    return replace(found, severity=Severity.WARNING, message=message)
