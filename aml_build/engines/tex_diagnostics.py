"""From problems of TeX to diagnostics, in the same way for every artifact."""

from collections.abc import Iterable, Iterator

import msgspec

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.diagnostic import Diagnostic, diagnose
from aml_build.diagnostics.source import Span
from aml_build.engines.tex_log import TexProblem
from aml_build.engines.tex_messages import ProblemKind

_UNSEEN, _UGLY = 2.0, 10.0
"""How far a line may stick out unreported, and with no more than a warning, pt."""


class TexPolicy(msgspec.Struct, frozen=True):
    """What an artifact tolerates, and how it words what it does not."""

    hint: str = "Correct the formula or figure here; `aml-build check` tells which commands work."
    """For an error whose message has no hint of its own."""
    code: Code = Code.PRINT_TEX
    """Of an error."""
    prefix: str = ""
    """Before each message: names the artifact."""
    timeout_hint: str = ""
    """For a run that was killed."""
    overfull: Code = Code.PRINT_OVERFULL
    """Of a line that sticks out so far that it cannot be printed."""
    overfull_hint: str = ""


def tex_diagnostics(
    problems: Iterable[TexProblem], policy: TexPolicy, anywhere: Span
) -> tuple[Diagnostic, ...]:
    """Return the diagnostics of a run, each at its place in the notes or at ``anywhere``.

    Of the lines that stick out at one place, only the widest is reported.
    """
    found = (tex_diagnostic(each, policy, each.place or anywhere) for each in _widest(problems))
    return tuple(diagnostic for diagnostic in found if diagnostic)


def _widest(problems: Iterable[TexProblem]) -> Iterator[TexProblem]:
    """Return the problems without the lines at whose place another one sticks out further."""
    given = tuple(problems)
    widest: dict[Span | None, TexProblem] = {}
    for problem in given:
        known = widest.get(problem.place)
        if problem.kind is ProblemKind.OVERFULL and (not known or known.amount < problem.amount):
            widest[problem.place] = problem
    kept = set(widest.values())
    return (one for one in given if one.kind is not ProblemKind.OVERFULL or one in kept)


def tex_diagnostic(problem: TexProblem, policy: TexPolicy, span: Span) -> Diagnostic | None:
    """Return the diagnostic for a problem at a place in the notes, or nothing if it is tolerated."""
    code, hint = policy.code, problem.hint or policy.hint
    match problem.kind:
        case ProblemKind.REFERENCE:
            # The tool writes the references: a missing one is printed as text.
            return None
        case ProblemKind.OVERFULL:
            if problem.amount < _UNSEEN:
                return None
            code = policy.overfull if problem.amount > _UGLY else Code.PRINT_OVERFULL
            hint = policy.overfull_hint
        case ProblemKind.MISSING_GLYPH:
            code, hint = Code.PRINT_GLYPH, "Write it as math, or with another character."
        case ProblemKind.TIMEOUT | ProblemKind.OUTPUT:
            hint = policy.timeout_hint or policy.hint
        case ProblemKind.ERROR | ProblemKind.UNBALANCED:
            pass
    return diagnose(span, code, policy.prefix + problem.message, hint)
