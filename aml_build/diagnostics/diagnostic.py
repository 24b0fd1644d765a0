"""What is wrong with a course, said to its author."""

from collections.abc import Collection, Iterable, Iterator
from enum import StrEnum

import msgspec

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.source import Span


class Severity(StrEnum):
    """How bad it is."""

    ERROR = "error"
    """Nothing is built from a course that has one."""
    WARNING = "warning"
    """Built all the same; can be switched off in ``course.yaml``."""


class Diagnostic(msgspec.Struct, frozen=True, gc=False):
    """One mistake, where it is, and what to type instead."""

    span: Span
    code: str
    severity: Severity
    message: str
    """One sentence: what is wrong, naming what the author wrote."""
    hint: str
    """One sentence: what to type instead."""

    def __str__(self) -> str:
        return f"{self.span}: {self.severity} [{self.code}] {self.message}"


def error(span: Span, code: Code, message: str, hint: str) -> Diagnostic:
    """Return a mistake that stops the build."""
    return Diagnostic(span, code.value, Severity.ERROR, message, hint)


def warning(span: Span, code: Code, message: str, hint: str) -> Diagnostic:
    """Return a mistake that does not."""
    return Diagnostic(span, code.value, Severity.WARNING, message, hint)


def without_disabled(
    diagnostics: Iterable[Diagnostic], disabled: Collection[str]
) -> Iterator[Diagnostic]:
    """Yield all but the warnings whose codes the author has switched off."""
    return (d for d in diagnostics if d.severity is Severity.ERROR or d.code not in disabled)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Return whether artifacts may not be made."""
    return any(d.severity is Severity.ERROR for d in diagnostics)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sort by place, then code, and drop what is said twice."""
    return tuple(
        sorted(
            dict.fromkeys(diagnostics),
            key=lambda d: (d.span.path, d.span.line, d.span.column, d.code, d.message),
        )
    )
