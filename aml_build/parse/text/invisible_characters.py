"""Characters that cannot be seen and mean nothing: in the text itself, or written as an escape in YAML."""

import re

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.source import Span
from aml_build.parse.parse_context import Desk

# Lone surrogates are half a character, which no file can hold: only an escape makes one.
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u2028\u2029\ufeff\ud800-\udfff]"
)


def report_invisible(desk: Desk) -> None:
    """Report the invisible characters of a file."""
    for index, line in enumerate(desk.source.text.split("\n")):
        if line.isprintable():
            continue
        for found in _INVISIBLE.finditer(line):
            _report(desk, Span(desk.path, index + 1, found.start() + 1), found[0])


def without_escaped(desk: Desk, value: str, span: Span) -> str:
    """Return a value of YAML that stands in double quotes with its invisible characters replaced and reported."""
    if found := _INVISIBLE.search(value):
        _report(desk, span, found[0])
    return _INVISIBLE.sub("\ufffd", value)


def _report(desk: Desk, span: Span, character: str) -> None:
    desk.report(
        span,
        Code.CONTROL_CHARACTER,
        f"There is an invisible character here (U+{ord(character):04X}).",
        "Delete it.",
    )
