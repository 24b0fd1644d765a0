"""The problems of a sheet's TeX run as diagnostics at the author's place."""

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.diagnostic import Diagnostic, diagnose
from aml_build.diagnostics.source import Span
from aml_build.engines.pdflatex import TexResult, type3_fonts
from aml_build.engines.tex_diagnostics import TexPolicy, tex_diagnostics
from aml_build.render.cheatsheet.layout.candidates import Candidates
from aml_build.storage.source_paths import SETTINGS

_POLICY = TexPolicy(
    prefix="On the cheat sheet: ",
    overfull=Code.SHEET_OVERFULL,
    overfull_hint="Write it shorter or as two formulas; or let course.yaml set fewer `columns`.",
)


def faults(result: TexResult, candidates: Candidates) -> tuple[Diagnostic, ...]:
    """Return a diagnostic for everything that must not be printed as it is."""
    anywhere = candidates.boxes[0].span if candidates.boxes else Span(SETTINGS, 0, 1)
    found = [*tex_diagnostics(result.problems, _POLICY, anywhere)]
    if result.pdf is not None:
        fonts = type3_fonts(result.pdf)
        if fonts:
            found.append(
                diagnose(
                    anywhere,
                    Code.PRINT_TEX,
                    f"The sheet has {len(fonts)} bitmap (Type 3) fonts, which print badly.",
                    "Install the TeX package lmodern, and run `aml-build doctor`.",
                )
            )
    elif not found:
        found.append(
            diagnose(
                anywhere,
                Code.PRINT_TEX,
                "TeX made no cheat sheet and did not say why.",
                "Run `aml-build doctor` and report this with the notes that caused it.",
            )
        )
    return tuple(dict.fromkeys(found))
