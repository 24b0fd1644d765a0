"""LaTeX math as authors write it: tokens, course macros, and what is allowed."""

from aml_build.texmath.check_formula import Violation, violations
from aml_build.texmath.macros import ExpansionError, expand
from aml_build.texmath.math_tokens import Token, TokenKind, tokenize

__all__ = [
    "ExpansionError",
    "Token",
    "TokenKind",
    "Violation",
    "expand",
    "tokenize",
    "violations",
]
