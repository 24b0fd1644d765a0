"""Uses of macros that could not be declared: the mistake is where the macro is declared."""

import re
from collections.abc import Iterable, Mapping

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.diagnostic import Diagnostic
from aml_build.diagnostics.source import Source
from aml_build.model import Course
from aml_build.texmath import could_be_macro

_COMMAND = re.compile(r"\\[A-Za-z]+")
_KEY = re.compile(r"(\\[A-Za-z]+)[\"']?\s*:(?:\s|$)", re.MULTILINE)
_DEFINED = re.compile(
    r"\\(?:(?:re)?newcommand|providecommand|g?def|let|DeclareMathOperator)\*?\s*\{?\s*"
    r"(\\[A-Za-z]+)"
)


def without_lost_macros(
    diagnostics: Iterable[Diagnostic],
    sources: Mapping[str, Source],
    settings: Source | None,
    course: Course | None,
) -> list[Diagnostic]:
    """Drop the unknown commands that ``course.yaml`` or a formula was meant to declare.

    ``course`` is what could be read of ``settings``. If nothing could be read, any command may be
    a macro.
    """
    found = list(diagnostics)
    unknown = {
        d: name
        for d in found
        if d.code is Code.BAD_MATH and (name := _at(d, sources)) and could_be_macro(name)
    }
    if not unknown:
        return found
    lost = set(_KEY.findall(settings.text)) if settings is not None else set()
    for path in {d.span.path for d in unknown}:
        lost.update(_DEFINED.findall(sources[path].text))
    everything = settings is not None and course is None
    return [d for d in found if d not in unknown or not (everything or unknown[d] in lost)]


def _at(diagnostic: Diagnostic, sources: Mapping[str, Source]) -> str:
    """Return the command at the place of a diagnostic; nothing if something else is there."""
    span = diagnostic.span
    line = sources[span.path].line(span.line)
    text = line[span.column - 1 : span.column - 1 + span.length]
    return text if _COMMAND.fullmatch(text) else ""
