"""LaTeX math as authors write it: tokens, course macros, and what is allowed."""

from aml_build.texmath.check import Violation, violations
from aml_build.texmath.macros import ExpansionError, expand
from aml_build.texmath.tokens import Token, TokenKind, tokenize

__all__ = [
    "ExpansionError",
    "Token",
    "TokenKind",
    "Violation",
    "expand",
    "tokenize",
    "violations",
]
