"""The contents of the page's panel, as data."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

import msgspec

from aml_build.diagnostics.diagnostic import Diagnostic
from aml_build.diagnostics.source import Source


class Printing(StrEnum):
    """The state of the background build."""

    WAITING = "waiting"
    """Not started yet, or not started because the notes have mistakes."""
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Problem(msgspec.Struct, frozen=True):
    """A diagnostic with its source line."""

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
    """The state of the preview, for the page."""

    problems: tuple[Problem, ...] = ()
    stale: bool = False
    """Whether all cards are older than the notes."""
    stale_lessons: tuple[str, ...] = ()
    """Paths of the lessons whose cards are older than the notes, while others are up to date."""
    stale_sections: tuple[str, ...] = ()
    """Their sections of the page."""
    unwritten: int = 0
    """Ids that are missing in the notes."""
    doing: str = ""
    """The current step of a rebuild; empty if there is none."""
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
