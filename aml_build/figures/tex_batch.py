"""Many figures in one run of TeX, and whose fault it is when it fails."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from aml_build.diagnostics.source import Source, Span
from aml_build.engines.pdflatex import ProblemKind, TexProblem, TexResult, mark, run
from aml_build.model import Macro
from aml_build.model.drawing import LabelBox
from aml_build.resources import template

_BOXES = "boxes.txt"
_PADDING = 3.0
"""White around every picture, bp: ``\\figurepadding``."""
_BP = 72 / 72.27
"""Big points in a TeX point."""

_FATAL = (ProblemKind.TIMEOUT, ProblemKind.ERROR)
"""The worst first."""


class Page(msgspec.Struct, frozen=True):
    """One figure as TeX and Poppler made it."""

    pdf: bytes
    svg: bytes
    width: float
    """bp"""
    height: float
    """bp"""
    labels: tuple[LabelBox, ...]


class Fault(msgspec.Struct, frozen=True):
    """One thing that TeX did not accept."""

    span: Span
    problem: TexProblem


def preamble(style: Source, macros: Iterable[Macro]) -> str:
    """Return all that stands before the first figure."""
    return "".join(
        [
            "\\documentclass[10pt]{article}\n\\usepackage{figures}\n",
            *(_define(macro) for macro in macros),
            _marked(style),
            "\\begin{document}\n",
        ]
    )


def typeset(
    sketches: Sequence[Source], style: Source, macros: Sequence[Macro]
) -> tuple[dict[str, Page], tuple[Fault, ...]]:
    """Draw the figures in one run; where some are faulty, draw the others without them.

    Raise ``ToolMissing`` where an engine is missing.
    """
    if not sketches:
        return {}, ()
    result = _run(sketches, style, macros)
    faults = _faults(result)
    if result.pdf is not None and not faults:
        made = _pages(result, result.pdf, sketches)
        if len(made) == len(sketches):
            return made, ()
    if any(fault.span.path == style.path for fault in faults):
        return {}, tuple(fault for fault in faults if fault.span.path == style.path)
    blamed = {fault.span.path for fault in faults} & {sketch.path for sketch in sketches}
    if blamed:
        rest = [sketch for sketch in sketches if sketch.path not in blamed]
        found, more = typeset(rest, style, macros)
        return found, (*(fault for fault in faults if fault.span.path in blamed), *more)
    return _halve(result, sketches, style, macros)


def _halve(
    result: TexResult, sketches: Sequence[Source], style: Source, macros: Sequence[Macro]
) -> tuple[dict[str, Page], tuple[Fault, ...]]:
    """Find who broke a run that names nobody: one that took too long, or broke down."""
    if len(sketches) == 1:
        nothing = TexProblem(ProblemKind.ERROR, "TeX draws nothing.", 0, None)
        fatal = [each for kind in _FATAL for each in result.problems if each.kind is kind]
        problem = next(iter(fatal), nothing)
        return {}, (Fault(Span(sketches[0].path, 1, 1), problem),)
    half = len(sketches) // 2
    first, faults = typeset(sketches[:half], style, macros)
    second, more = typeset(sketches[half:], style, macros)
    return first | second, (*faults, *more)


def _run(sketches: Sequence[Source], style: Source, macros: Sequence[Macro]) -> TexResult:
    parts = [preamble(style, macros)]
    for number, sketch in enumerate(sketches, start=1):
        parts.append(f"\\begin{{figurepage}}{{{number}}}\n")
        parts.append(_marked(sketch))
        parts.append("\\end{figurepage}\n")
    parts.append("\\end{document}\n")
    return run(
        "".join(parts),
        inputs={"figures.sty": template("latex/figures.sty").encode()},
        collect=(_BOXES,),
        timeout=15.0 + 1.0 * len(sketches),
    )


def _marked(source: Source) -> str:
    """Return the text with every line's place before it: TeX says where it stumbled by line."""
    return "".join(
        mark(Span(source.path, number, 1)) + line + "\n"
        for number, line in enumerate(source.text.rstrip("\n").split("\n"), start=1)
    )


def _define(macro: Macro) -> str:
    arity = f"[{macro.arity}]" if macro.arity else ""
    return (
        f"\\providecommand{{{macro.name}}}{{}}"
        f"\\renewcommand{{{macro.name}}}{arity}{{{macro.body}}}\n"
    )


def _faults(result: TexResult) -> tuple[Fault, ...]:
    """Return the mistakes that TeX could place, each place once: the first of them says most."""
    found: dict[Span, Fault] = {}
    for problem in result.problems:
        if problem.place is not None and problem.kind is ProblemKind.ERROR:
            found.setdefault(problem.place, Fault(problem.place, problem))
    return tuple(found.values())


def _pages(result: TexResult, pdf: bytes, sketches: Sequence[Source]) -> dict[str, Page]:
    # What reads PDF takes long to load, and figures are seldom drawn anew.
    from aml_build.figures.pdf_pages import pages

    boxes = _boxes(result.files)
    return {
        sketch.path: Page(
            pdf=page_pdf,
            svg=svg,
            width=round(width, 3),
            height=round(height, 3),
            labels=tuple(_label(row, width, height) for row in boxes if row.page == number),
        )
        for number, (sketch, (page_pdf, svg, width, height)) in enumerate(
            zip(sketches, pages(pdf), strict=False), start=1
        )
    }


class _Row(msgspec.Struct, frozen=True):
    """One line of the boxes file; lengths in TeX points."""

    page: int
    ordinal: int
    id: str
    left: float
    right: float
    bottom: float
    top: float
    picture_left: float
    picture_top: float


def _boxes(files: Mapping[str, bytes]) -> tuple[_Row, ...]:
    rows = []
    for line in files.get(_BOXES, b"").decode("utf-8", "replace").splitlines():
        page, ordinal, name, *lengths = line.split()
        left, right, bottom, top, picture_left, _, _, picture_top = map(float, lengths)
        rows.append(
            _Row(int(page), int(ordinal), name, left, right, bottom, top, picture_left, picture_top)
        )
    return tuple(rows)


def _label(row: _Row, width: float, height: float) -> LabelBox:
    return LabelBox(
        ordinal=row.ordinal,
        id=row.id,
        left=round(((row.left - row.picture_left) * _BP + _PADDING) / width, 4),
        top=round(((row.picture_top - row.top) * _BP + _PADDING) / height, 4),
        width=round((row.right - row.left) * _BP / width, 4),
        height=round((row.top - row.bottom) * _BP / height, 4),
    )
