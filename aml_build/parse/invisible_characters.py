"""Invisible characters without meaning: in the text itself, or as an escape in YAML."""

import re

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.source import Span
from aml_build.parse.parse_context import ParseContext

# A lone surrogate is half a character: UTF-8 cannot encode it, only an escape produces it.
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028\u2029\ufeff\ud800-\udfff]"
)


def report_invisible(context: ParseContext) -> None:
    """Report the invisible characters of a file."""
    for index, line in enumerate(context.source.text.split("\n")):
        if line.isprintable():
            continue
        for found in _INVISIBLE.finditer(line):
            _report(context, Span(context.path, index + 1, found.start() + 1), found[0])


def without_escaped(context: ParseContext, value: str, span: Span) -> str:
    """Return a double-quoted YAML value with its invisible characters reported and replaced."""
    if found := _INVISIBLE.search(value):
        _report(context, span, found[0])
    return _INVISIBLE.sub("\ufffd", value)


def _report(context: ParseContext, span: Span, character: str) -> None:
    context.report(
        span,
        Code.CONTROL_CHARACTER,
        f"There is an invisible character here (U+{ord(character):04X}).",
        "Delete it.",
    )
