"""Checks that need the whole course."""

from collections.abc import Callable

from aml_build.check.cycles import cycles
from aml_build.check.references import references
from aml_build.check.unique_ids import unique_ids
from aml_build.diagnostics.diagnostic import Diagnostic
from aml_build.model import Course
from aml_build.model.symbols import SymbolTable

Rule = Callable[[Course, tuple[SymbolTable, ...]], tuple[Diagnostic, ...]]

RULES: tuple[Rule, ...] = (unique_ids, references, cycles)
"""The checks, one module each."""


def check(course: Course, symbols: tuple[SymbolTable, ...]) -> tuple[Diagnostic, ...]:
    """Return the mistakes that only the whole course shows."""
    return tuple(found for rule in RULES for found in rule(course, symbols))
