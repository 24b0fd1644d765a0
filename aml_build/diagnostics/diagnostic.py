"""One mistake in a course, as its author reads it."""

from collections.abc import Collection, Iterable, Mapping

import msgspec

from aml_build.diagnostics.codes import NOTHING, Code, Medium, Severity
from aml_build.diagnostics.source import Span


class Diagnostic(msgspec.Struct, frozen=True, gc=False):
    """One mistake, where it is, and what to type instead."""

    span: Span
    code: Code
    severity: Severity
    message: str
    """One sentence: what is wrong, naming what the author wrote."""
    hint: str
    """One sentence: what to type instead."""

    @property
    def withholds(self) -> Medium:
        """Return the media whose artifacts cannot be made; none for a warning."""
        return self.code.withholds if self.severity is Severity.ERROR else NOTHING

    def __str__(self) -> str:
        return f"{self.span}: {self.severity} [{self.code}] {self.message}"


def diagnose(span: Span, code: Code, message: str, hint: str) -> Diagnostic:
    """Return a diagnostic with the severity of its code."""
    return Diagnostic(span, code, code.severity, message, hint)


def without_disabled(
    diagnostics: Iterable[Diagnostic], disabled: Collection[str]
) -> tuple[Diagnostic, ...]:
    """Return the diagnostics without the warnings whose codes are disabled; errors stay."""
    return tuple(d for d in diagnostics if d.severity is Severity.ERROR or d.code not in disabled)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Return whether artifacts may not be made."""
    return any(d.severity is Severity.ERROR for d in diagnostics)


_CONSEQUENCES: Mapping[Code, Code] = {
    # Only the file tells whether the picture has labels.
    Code.FIGURE_WITHOUT_MASKS: Code.IMAGE_MISSING,
}
"""By code, the code that explains it at the same place.

Most consequences of a mistake do not arise, because what cannot be read is read as it was meant.
"""


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sort by place, then code; drop duplicates and what follows from another mistake.

    Settings come before the notes, which rest on them.
    """
    found = dict.fromkeys(diagnostics)
    places = {(d.code, d.span) for d in found}
    return tuple(
        sorted(
            (d for d in found if (_CONSEQUENCES.get(d.code), d.span) not in places),
            key=lambda d: (not d.span.path.endswith(".yaml"), d.span, d.code, d.message),
        )
    )
