"""LaTeX math as authors write it: tokens, course macros, and what is allowed."""

from aml_build.texmath.check_formula import (
    Violation as Violation,
    violations as violations,
)
from aml_build.texmath.formula_hints import could_be_macro as could_be_macro
from aml_build.texmath.highlights import highlights as highlights
from aml_build.texmath.loose_words import loose_words as loose_words
from aml_build.texmath.macros import (
    ExpansionError as ExpansionError,
    expand as expand,
)
from aml_build.texmath.math_tokens import (
    Token as Token,
    TokenKind as TokenKind,
    tokenize as tokenize,
)
