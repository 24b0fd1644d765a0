"""The faults of a formula, found before an engine gets it."""

from collections.abc import Mapping
from typing import NamedTuple

from aml_build.model import Macro
from aml_build.texmath.fault_causes import causes
from aml_build.texmath.formula_grammar import parse
from aml_build.texmath.macros import ExpansionError, expand_tokens
from aml_build.texmath.math_tokens import tokenize
from aml_build.texmath.token_reader import Fault


class Violation(NamedTuple):
    """A part of a formula that the engines refuse, or that must not reach them."""

    offset: int
    """0-based, in code points, from the start of the formula."""
    length: int
    """Code points to underline."""
    message: str
    """One sentence: what is wrong."""
    hint: str
    """One sentence: what to write instead."""


def violations(tex: str, macros: Mapping[str, Macro]) -> tuple[Violation, ...]:
    """Return the faults of a formula, in its order; empty for a good one.

    ``macros`` are the course's, by name with the backslash. A fault within a macro's body is
    reported where the macro is used.
    """
    try:
        tokens = expand_tokens(tokenize(tex), macros)
    except ExpansionError as fault:
        return (Violation(fault.offset, fault.length, fault.message, fault.hint),)
    found = (_violation(fault) for fault in causes(parse(tokens, frozenset(macros))))
    return tuple(sorted(dict.fromkeys(found)))


def _violation(fault: Fault) -> Violation:
    """Return the fault with its place in the formula."""
    return Violation(fault.token.offset, fault.token.extent, fault.message, fault.hint)
