"""Formulas, checked by the engines that display them: Anki's MathJax and TeX."""

import functools
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.diagnostic import Diagnostic, diagnose
from aml_build.engines.font_characters import NOT_RAW
from aml_build.engines.install_hints import ToolMissingError
from aml_build.engines.mathjax import MathJax
from aml_build.engines.pdflatex import run
from aml_build.engines.tex_log import log_line_number
from aml_build.engines.tex_messages import ERRORS, ProblemKind
from aml_build.model import Lesson, Math, MathBlock
from aml_build.model.walk import formulas
from aml_build.resources import template
from aml_build.storage.cache import Cache, has_results, recall_or_compute
from aml_build.storage.files import digest
from aml_build.texmath import violations

_END = "aml: every formula was read"
_FATAL = ERRORS | {ProblemKind.MISSING_GLYPH}


class FormulaText(NamedTuple):
    """A formula as an engine gets it."""

    tex: str
    display: bool


Verdicts = dict[FormulaText, str]
"""The message of an engine about each formula; empty for a good one."""
Verdict = tuple[tuple[Diagnostic, ...], tuple[str, ...]]
"""A diagnostic for each refused formula in the notes, and the tools that are not installed."""


def distinct_formulas(lessons: Iterable[Lesson]) -> tuple[FormulaText, ...]:
    """Return each formula of the lessons once."""
    return tuple(dict.fromkeys(map(_asked, formulas(lessons))))


def check_math(
    lessons: Sequence[Lesson], asked: tuple[FormulaText, ...], cache: Cache, *, tex: bool = True
) -> Verdict:
    """Return a diagnostic for each refused formula, and the tools that are not installed.

    ``asked`` are the distinct formulas of the lessons. An engine gets each once; the verdicts are
    cached. Formulas that violate the rules of ``texmath`` reach no engine, since the parser has
    reported them.
    """
    printed: Verdicts = {}
    missing: tuple[str, ...] = ()
    with ThreadPoolExecutor(max_workers=1) as other:
        printing = (
            other.submit(_verdicts, cache, "tex", _tex_version(), asked, tex_verdicts)
            if tex
            else None
        )
        shown = _verdicts(cache, "mathjax", "", asked, mathjax_verdicts)
        try:
            printed = printing.result() if printing else {}
        except ToolMissingError as lack:
            missing = (str(lack),)
    if not any(shown.values()) and not any(printed.values()):
        return (), missing
    return tuple(d for node in formulas(lessons) for d in _faults(node, shown, printed)), missing


def _faults(node: Math | MathBlock, shown: Verdicts, printed: Verdicts) -> Iterator[Diagnostic]:
    if fault := shown.get(_asked(node)):
        hint = "Rewrite it with other commands: cards are shown by MathJax 3.2.2."
        message = f"Anki cannot show this formula: {fault}"
        yield diagnose(node.span, Code.MATH_ANKI, message, hint)
    # A character that LaTeX lacks is reported as such, once a course.
    if (fault := printed.get(_asked(node))) and not NOT_RAW.search(node.tex):
        hint = "Rewrite it with other commands: sheet and booklet are printed by LaTeX."
        message = f"LaTeX cannot print this formula: {fault}"
        yield diagnose(node.span, Code.MATH_PRINT, message, hint)


def _asked(node: Math | MathBlock) -> FormulaText:
    """Return a formula as an engine gets it."""
    return FormulaText(node.tex, isinstance(node, MathBlock))


def _verdicts(
    cache: Cache,
    engine: str,
    state: str,
    asked: tuple[FormulaText, ...],
    ask: Callable[[tuple[FormulaText, ...]], Verdicts],
) -> Verdicts:
    """Return the engine's verdicts; ask it only about valid formulas without a cached verdict."""

    def judge(new: Sequence[FormulaText]) -> list[str]:
        verdicts = ask(tuple(formula for formula in new if not violations(formula.tex, {})))
        return [verdicts.get(formula, "") for formula in new]

    def judge_all(courses: Sequence[tuple[FormulaText, ...]]) -> list[tuple[str, ...]]:
        return [
            tuple(recall_or_compute(cache, engine, state, all_, judge, str)) for all_ in courses
        ]

    # Most edits change no formula, so the verdicts on all formulas are cached as one entry too.
    (verdicts,) = recall_or_compute(
        cache, f"{engine}, all", state, [asked], judge_all, tuple[str, ...]
    )
    return dict(zip(asked, verdicts, strict=True))


# ---------------------------------------------------------------- MathJax


def start_mathjax(cache: Cache) -> None:
    """Start Anki's MathJax if the cache has no verdict of it, so that it is soon ready."""
    if not has_results(cache, "mathjax"):
        _mathjax().start()


def mathjax_verdicts(asked: tuple[FormulaText, ...]) -> Verdicts:
    """Return the verdicts of Anki's MathJax."""
    return dict(zip(asked, map(_sentence, _mathjax().faults(asked)), strict=True))


@functools.cache
def _mathjax() -> MathJax:
    """Return the one engine of this process, since starting takes longer than checking."""
    return MathJax()


def _sentence(fault: str) -> str:
    """Return a message of MathJax as a sentence, with commands as code."""
    if not fault:
        return ""
    marked = re.sub(r"\\(?:[A-Za-z]+\*?(?:\{\w+\*?\})?|\S)", r"`\g<0>`", fault.strip())
    return marked if marked.endswith(".") else f"{marked}."


# ---------------------------------------------------------------- TeX


def tex_verdicts(asked: tuple[FormulaText, ...]) -> Verdicts:
    """Return the verdicts of one TeX run over all formulas; raise ``ToolMissingError``.

    Each formula is in its own box on its own line, so the line of a problem tells the formula. If a
    fault ends the run, another run checks the rest without the faulty ones.
    """
    verdicts: Verdicts = {}
    rest = asked
    while rest:
        faults, ended = _typeset(rest)
        if not ended and not faults:
            # TeX crashed without naming a formula: halve the list until one formula is left.
            if len(rest) == 1:
                return verdicts | {rest[0]: "TeX crashes on it."}
            middle = len(rest) // 2
            return verdicts | tex_verdicts(rest[:middle]) | tex_verdicts(rest[middle:])
        verdicts |= faults
        rest = () if ended else tuple(formula for formula in rest if formula not in faults)
    return {formula: verdicts.get(formula, "") for formula in asked}


def _typeset(asked: tuple[FormulaText, ...]) -> tuple[Verdicts, bool]:
    """Return the faults found by one run, and whether the run reached the end."""
    head = [
        r"\documentclass[10pt]{article}",
        r"\usepackage{common}",
        r"\begin{document}\setbox0\hbox{$ $}\hfuzz\maxdimen\hsize400pt",
    ]
    body = [_line(formula) for formula in asked]
    tail = [rf"\immediate\write-1{{{_END}}}\end{{document}}"]
    result = run(
        "\n".join([*head, *body, *tail, ""]),
        inputs={"common.sty": template("latex/common.sty").encode()},
    )
    faults: Verdicts = {}
    for problem in result.problems:
        index = problem.line - len(head) - 1
        if problem.kind in _FATAL and 0 <= index < len(asked):
            faults.setdefault(asked[index], problem.message)
    return faults, f"\n{_END}\n" in result.log


def _line(formula: FormulaText) -> str:
    """Return one line that typesets the formula into a box without printing the box."""
    tex = " ".join(formula.tex.split("\n"))
    if formula.display:
        return rf"{log_line_number()}\setbox0\vbox{{\[{tex}\]}}"
    return rf"{log_line_number()}\setbox0\hbox{{\({tex}\)}}"


def _tex_version() -> str:
    """Return a digest of all that the verdicts of TeX depend on."""
    program = shutil.which("pdflatex")
    stamp = str(Path(program).stat().st_mtime_ns) if program else ""
    return digest(stamp, template("latex/common.sty"), _line(FormulaText("", True)))
