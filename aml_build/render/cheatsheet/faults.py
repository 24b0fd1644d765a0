"""What TeX found wrong with a sheet, said to the author of the concept."""

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.diagnostic import Diagnostic, diagnose
from aml_build.diagnostics.source import Span
from aml_build.engines.pdflatex import ProblemKind, TexProblem, TexResult, type3_fonts
from aml_build.render.cheatsheet.plan import Stock
from aml_build.render.missing_glyphs import missing_characters

_TOLERANCE = 0.6
"""Points that a line may stick out before anybody sees it."""


def faults(result: TexResult, stock: Stock) -> tuple[Diagnostic, ...]:
    """Return everything that must not be printed as it is."""
    found = [said for problem in result.problems if (said := _said(problem, stock))]
    everything = "\n".join(part.tex for _, part in stock.parts())
    if stock.finder:
        everything += f"\n{stock.finder.part.tex}"
    found += missing_characters(everything, _anywhere(stock))
    if result.pdf is not None:
        fonts = type3_fonts(result.pdf)
        if fonts:
            found.append(
                diagnose(
                    _anywhere(stock),
                    Code.PRINT_TEX,
                    f"The sheet has {len(fonts)} bitmap (Type 3) fonts, which print badly.",
                    "Install the TeX package lmodern, and run `aml-build doctor`.",
                )
            )
    elif not found:
        found.append(
            diagnose(
                _anywhere(stock),
                Code.PRINT_TEX,
                "TeX made no cheat sheet and did not say why.",
                "Run `aml-build doctor` and report this with the notes that caused it.",
            )
        )
    return tuple(dict.fromkeys(found))


def _anywhere(stock: Stock) -> Span:
    return stock.boxes[0].span if stock.boxes else Span("course.yaml", 0, 1)


def _said(problem: TexProblem, stock: Stock) -> Diagnostic | None:
    place = problem.place or _anywhere(stock)
    match problem.kind:
        case ProblemKind.OVERFULL:
            if problem.amount <= _TOLERANCE:
                return None
            return diagnose(
                place,
                Code.SHEET_OVERFULL,
                f"A line runs {problem.amount:.1f} pt out of its column on the cheat sheet.",
                "Write a shorter word or formula, or break the formula into two.",
            )
        case ProblemKind.MISSING_GLYPH:
            return diagnose(
                place,
                Code.PRINT_GLYPH,
                f"The cheat sheet cannot show a character: {problem.message}",
                "Write it as math, or with another character.",
            )
        case ProblemKind.REFERENCE:
            return None
        case ProblemKind.ERROR | ProblemKind.TIMEOUT:
            return diagnose(
                place,
                Code.PRINT_TEX,
                f"TeX cannot set this on the cheat sheet: {problem.message}",
                "Look at the formulas and figures here; `aml-build check` tells which commands work.",
            )
