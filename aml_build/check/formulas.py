"""Formulas, checked where they will be shown: by Anki's MathJax and by TeX."""

import functools
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.diagnostic import Diagnostic, diagnose
from aml_build.engines.install_hints import ToolMissingError
from aml_build.engines.mathjax import MathJax
from aml_build.engines.pdflatex import run
from aml_build.engines.tex_log import log_line_number
from aml_build.engines.tex_messages import ERRORS, ProblemKind
from aml_build.model import Lesson, Math, MathBlock
from aml_build.model.walk import formulas
from aml_build.resources import template
from aml_build.storage.cache import Cache, digest
from aml_build.storage.memo import has_results, recall_or_compute
from aml_build.texmath import violations

_END = "aml: every formula was read"
_FATAL = ERRORS | {ProblemKind.MISSING_GLYPH}


class Asked(NamedTuple):
    """What an engine is asked about."""

    tex: str
    display: bool


Verdicts = dict[Asked, str]
"""What an engine says is wrong with each formula; empty where nothing is."""
Verdict = tuple[tuple[Diagnostic, ...], tuple[str, ...]]
"""What the engines refuse, wherever it stands, and what is not installed."""


def asked_in(lessons: Iterable[Lesson]) -> tuple[Asked, ...]:
    """Return each distinct formula of the lessons once."""
    return tuple(dict.fromkeys(map(_asked, formulas(lessons))))


def check_math(
    lessons: Sequence[Lesson], asked: tuple[Asked, ...], cache: Cache, *, tex: bool = True
) -> Verdict:
    """Return what the engines refuse, wherever it stands, and what is not installed.

    ``asked`` are the distinct formulas of the lessons. Engines are asked about each once; their answers
    are kept in the cache. FormulaCache that break the rules of ``texmath`` reach no engine: their
    authors are told elsewhere.
    """
    printed: Verdicts = {}
    missing: tuple[str, ...] = ()
    with ThreadPoolExecutor(max_workers=1) as other:
        printing = (
            other.submit(_verdicts, cache, "tex", _tex_version(), asked, by_tex) if tex else None
        )
        shown = _verdicts(cache, "mathjax", "", asked, by_mathjax)
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
    if fault := printed.get(_asked(node)):
        hint = "Rewrite it with other commands: sheet and booklet are printed by LaTeX."
        message = f"LaTeX cannot print this formula: {fault}"
        yield diagnose(node.span, Code.MATH_PRINT, message, hint)


def _asked(node: Math | MathBlock) -> Asked:
    """Return what to ask about a formula."""
    return Asked(node.tex, isinstance(node, MathBlock))


def _verdicts(
    cache: Cache,
    engine: str,
    state: str,
    asked: tuple[Asked, ...],
    ask: Callable[[tuple[Asked, ...]], Verdicts],
) -> Verdicts:
    """Return the engine's verdicts, asking it only about fair formulas that it has not seen."""

    def judge(new: Sequence[Asked]) -> list[str]:
        verdicts = ask(tuple(formula for formula in new if not violations(formula.tex, {})))
        return [verdicts.get(formula, "") for formula in new]

    def judge_all(courses: Sequence[tuple[Asked, ...]]) -> list[tuple[str, ...]]:
        return [
            tuple(recall_or_compute(cache, engine, state, all_, judge, str)) for all_ in courses
        ]

    # Most edits change no formula: then what was said of all of them is recalled at once.
    room = f"{engine}, all"
    (verdicts,) = recall_or_compute(cache, room, state, [asked], judge_all, tuple[str, ...])
    return dict(zip(asked, verdicts, strict=True))


# ---------------------------------------------------------------- MathJax


def warm(cache: Cache) -> None:
    """Start Anki's MathJax where it has judged nothing yet: it is about to be asked."""
    if not has_results(cache, "mathjax"):
        _mathjax().start()


def by_mathjax(asked: tuple[Asked, ...]) -> Verdicts:
    """Ask Anki's MathJax."""
    return dict(zip(asked, map(_sentence, _mathjax().faults(asked)), strict=True))


@functools.cache
def _mathjax() -> MathJax:
    """Return the engine: one for all that is asked, since starting takes longer than asking."""
    return MathJax()


def _sentence(fault: str) -> str:
    """Return what MathJax says as a sentence, with its commands set off."""
    if not fault:
        return ""
    marked = re.sub(r"\\(?:[A-Za-z]+\*?(?:\{\w+\*?\})?|\S)", r"`\g<0>`", fault.strip())
    return marked if marked.endswith(".") else f"{marked}."


# ---------------------------------------------------------------- TeX


def by_tex(asked: tuple[Asked, ...]) -> Verdicts:
    """Ask TeX about all formulas in one run; raise ``ToolMissingError``.

    Each formula stands on a line of its own, in a box of its own, so that a fault is known by its
    line. Where a fault ends the run, the rest is asked about again without the faulty ones.
    """
    verdicts: Verdicts = {}
    rest = asked
    while rest:
        faults, ended = _typeset(rest)
        if not ended and not faults:
            # TeX broke down and blames nobody: halve, until the culprit is alone.
            if len(rest) == 1:
                return verdicts | {rest[0]: "TeX breaks down over it."}
            middle = len(rest) // 2
            return verdicts | by_tex(rest[:middle]) | by_tex(rest[middle:])
        verdicts |= faults
        rest = () if ended else tuple(formula for formula in rest if formula not in faults)
    return {formula: verdicts.get(formula, "") for formula in asked}


def _typeset(asked: tuple[Asked, ...]) -> tuple[Verdicts, bool]:
    """Return the faults that one run finds, and whether it read all formulas."""
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


def _line(formula: Asked) -> str:
    """Return one line that typesets the formula into a box and throws it away."""
    tex = " ".join(formula.tex.split("\n"))
    if formula.display:
        return rf"{log_line_number()}\setbox0\vbox{{\[{tex}\]}}"
    return rf"{log_line_number()}\setbox0\hbox{{\({tex}\)}}"


def _tex_version() -> str:
    """Return what the verdicts of TeX depend on."""
    program = shutil.which("pdflatex")
    stamp = str(Path(program).stat().st_mtime_ns) if program else ""
    return digest(stamp, template("latex/common.sty"), _line(Asked("", True)))
