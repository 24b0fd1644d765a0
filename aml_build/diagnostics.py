"""What is wrong with a course, said to its author."""

from enum import StrEnum

import msgspec

from aml_build.source import Span


class Severity(StrEnum):
    """How bad it is."""

    ERROR = "error"
    """Nothing is built from a course that has one."""
    WARNING = "warning"
    """Built all the same; can be switched off in ``course.yaml``."""


class Code(StrEnum):
    """Every mistake the tool can name. The value is what people see and switch off."""


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
