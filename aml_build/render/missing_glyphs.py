"""Characters that no print font has, found in finished LaTeX by the marks above them."""

import re
from collections.abc import Iterable

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.diagnostic import Diagnostic, diagnose
from aml_build.diagnostics.source import Span
from aml_build.engines.tex_log import places

_MISSING = re.compile(r"\\amlmissing\{([0-9A-F]+)\}")


def missing_characters(document: str, anywhere: Span) -> tuple[Diagnostic, ...]:
    """Return a diagnostic for each place and character that print can only show as a code.

    The place is that of the mark above, or ``anywhere`` if there is none.
    """
    if "\\amlmissing{" not in document:
        return ()
    marks = dict(places(document))
    found: list[Diagnostic] = []
    place = anywhere
    for number, line in enumerate(document.split("\n"), start=1):
        place = marks.get(number, place)
        found += [_diagnostic(chr(int(code, 16)), code, place) for code in _MISSING.findall(line)]
    return tuple(dict.fromkeys(found))


def first_places(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the first diagnostic of each character: a document that repeats text repeats it too."""
    first: dict[str, Diagnostic] = {}
    for diagnostic in found:
        first.setdefault(diagnostic.message, diagnostic)
    return tuple(first.values())


def _diagnostic(char: str, code: str, place: Span) -> Diagnostic:
    return diagnose(
        place,
        Code.PRINT_GLYPH,
        f"The print fonts have no character for `{char}` (U+{code}).",
        "Write it with other letters, or as math.",
    )
