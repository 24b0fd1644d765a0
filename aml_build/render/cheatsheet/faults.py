"""The problems of a sheet's TeX run as diagnostics at the author's place."""

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.diagnostic import Diagnostic, diagnose
from aml_build.diagnostics.source import Span
from aml_build.engines.pdflatex import ProblemKind, TexProblem, TexResult, type3_fonts
from aml_build.render.cheatsheet.layout.candidates import Candidates
from aml_build.render.missing_glyphs import missing_characters

_TOLERANCE = 0.6
"""Points by which a line may stick out unnoticed."""


def faults(result: TexResult, candidates: Candidates) -> tuple[Diagnostic, ...]:
    """Return a diagnostic for everything that must not be printed as it is."""
    found = [d for problem in result.problems if (d := _diagnostic(problem, candidates))]
    everything = "\n".join(part.tex for part in candidates.parts())
    if candidates.finder:
        everything += f"\n{candidates.finder.tex}"
    found += missing_characters(everything, _anywhere(candidates))
    if result.pdf is not None:
        fonts = type3_fonts(result.pdf)
        if fonts:
            found.append(
                diagnose(
                    _anywhere(candidates),
                    Code.PRINT_TEX,
                    f"The sheet has {len(fonts)} bitmap (Type 3) fonts, which print badly.",
                    "Install the TeX package lmodern, and run `aml-build doctor`.",
                )
            )
    elif not found:
        found.append(
            diagnose(
                _anywhere(candidates),
                Code.PRINT_TEX,
                "TeX made no cheat sheet and did not say why.",
                "Run `aml-build doctor` and report this with the notes that caused it.",
            )
        )
    return tuple(dict.fromkeys(found))


def _anywhere(candidates: Candidates) -> Span:
    return candidates.boxes[0].span if candidates.boxes else Span("course.yaml", 0, 1)


def _diagnostic(problem: TexProblem, candidates: Candidates) -> Diagnostic | None:
    place = problem.place or _anywhere(candidates)
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
