"""What the page's panel says, as data."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

import msgspec

from aml_build.diagnostics.diagnostic import Diagnostic
from aml_build.diagnostics.source import Source


class Printing(StrEnum):
    """How far the artifacts behind the cards are."""

    WAITING = "waiting"
    """Not yet begun, or not begun because of mistakes."""
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Problem(msgspec.Struct, frozen=True):
    """A diagnostic with the line that it is about."""

    severity: str
    place: str
    """``path:line:column``."""
    path: str
    line: int
    column: int
    length: int
    code: str
    message: str
    hint: str
    text: str
    """The source line."""


class Status(msgspec.Struct, frozen=True):
    """How things stand, for the page."""

    problems: tuple[Problem, ...] = ()
    stale: bool = False
    """The cards shown are older than the notes."""
    doing: str = ""
    """What the command is at, while new cards are being made."""
    trouble: str = ""
    missing: tuple[str, ...] = ()
    printing: Printing = Printing.WAITING
    artifacts: tuple[str, ...] = ()
    """Names of the artifacts that can be opened, relative to the output folder."""


def problems(found: Iterable[Diagnostic], sources: Mapping[str, Source]) -> tuple[Problem, ...]:
    """Return the diagnostics as the page shows them."""
    return tuple(
        Problem(
            severity=one.severity.value,
            place=str(one.span),
            path=one.span.path,
            line=one.span.line,
            column=one.span.column,
            length=one.span.length,
            code=one.code,
            message=one.message,
            hint=one.hint,
            text=sources[one.span.path].line(one.span.line) if one.span.path in sources else "",
        )
        for one in found
    )
