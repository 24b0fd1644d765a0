"""Formula nodes: macros are expanded, faults reported where the author wrote them."""

from collections.abc import Callable

from aml_build import texmath
from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.source import Span
from aml_build.model import Math, MathBlock
from aml_build.parse.parse_context import ParseContext

Locate = Callable[[int, int], Span]
"""From an offset in the LaTeX and a length to the span in the file."""


def inline_math(context: ParseContext, tex: str, locate: Locate) -> Math:
    """Make a formula within a line from LaTeX without white space around it."""
    expanded = _expanded(context, tex, locate)
    return Math(expanded, locate(0, len(tex)), tex if expanded != tex else "")


def display_math(context: ParseContext, tex: str, locate: Locate) -> MathBlock:
    """Make a formula on lines of its own from LaTeX without white space around it."""
    expanded = _expanded(context, tex, locate)
    return MathBlock(expanded, locate(0, len(tex)), tex if expanded != tex else "")


def _expanded(context: ParseContext, tex: str, locate: Locate) -> str:
    for offset, length in texmath.highlights(tex):
        context.report(
            locate(offset, length),
            Code.MISPLACED_CLOZE,
            "A formula cannot have a highlight in it.",
            "Write the highlight around the whole formula: `==$a^2$=={.c1}`.",
        )
    expanded, found = context.formulas.read(tex)
    for offset, length, message, hint in found:
        context.report(locate(offset, length), Code.BAD_MATH, message, hint)
    return expanded
