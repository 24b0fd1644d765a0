"""Many figures in one run of TeX, unless the cache knows them; if it fails, which are faulty."""

import os
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import msgspec
from msgspec.msgpack import decode, encode

from aml_build.diagnostics.source import Source, Span
from aml_build.engines.pdflatex import TexResult, run
from aml_build.engines.tex_log import TexProblem, mark
from aml_build.engines.tex_messages import ERRORS, ProblemKind
from aml_build.model import Macro
from aml_build.model.drawing import LabelBox
from aml_build.resources import template
from aml_build.storage.cache import Cache
from aml_build.storage.files import digest

_NAMESPACE = "figures"
_VERSION = "2"
"""Raise when the same source is drawn in another way, so that no cached drawing is used."""
_FIGURES_PER_RUN = 6
"""Figures that take as long to draw as TeX takes to start."""
_BOXES = "boxes.txt"
_PADDING = 3.0
"""White around every picture, bp: ``\\figurepadding``."""
_BP = 72 / 72.27
"""Big points in a TeX point."""

_FATAL = (ProblemKind.TIMEOUT, ProblemKind.OUTPUT, ProblemKind.UNBALANCED, ProblemKind.ERROR)
"""The most telling first."""


class FigurePage(msgspec.Struct, frozen=True):
    """One figure as TeX and Poppler drew it."""

    pdf: bytes
    svg: bytes
    width: float
    """bp"""
    height: float
    """bp"""
    labels: tuple[LabelBox, ...]


class FigureProblem(msgspec.Struct, frozen=True):
    """One complaint of TeX about a figure or the style sheet."""

    span: Span
    problem: TexProblem


def preamble(style: Source, macros: Iterable[Macro]) -> str:
    """Return the document up to the first figure."""
    return "".join(
        [
            "\\documentclass[10pt]{article}\n\\usepackage{figures}\n",
            *(_define(macro) for macro in macros),
            _marked(style),
            "\\begin{document}\n",
        ]
    )


def draw_pages(
    figures: Sequence[Source], style: Source, macros: Sequence[Macro], cache: Cache
) -> tuple[dict[str, FigurePage], tuple[FigureProblem, ...]]:
    """Draw the figures that the cache does not know, on all processors.

    No figure depends on which others are drawn in its run. Raise ``ToolMissingError`` if pdflatex or
    pdftocairo is missing.
    """
    keys = _keys(figures, style, macros)
    stored = {path: cache.get(_NAMESPACE, key) for path, key in keys.items()}
    known = {path: page for path, data in stored.items() if (page := _decoded(data))}
    new = [figure for figure in figures if figure.path not in known]
    runs = max(1, min(os.cpu_count() or 1, len(new) // _FIGURES_PER_RUN))
    with ThreadPoolExecutor(runs) as pool:
        parts = list(pool.map(lambda at: typeset(new[at::runs], style, macros), range(runs)))
    drawn = {path: page for pages, _ in parts for path, page in pages.items()}
    for path, page in drawn.items():
        cache.put(_NAMESPACE, keys[path], encode(page))
    return known | drawn, tuple(dict.fromkeys(one for _, problems in parts for one in problems))


def not_cached(
    figures: Sequence[Source], style: Source, macros: Sequence[Macro], cache: Cache
) -> tuple[str, ...]:
    """Return the paths of the figures that ``draw_pages`` would give to TeX."""
    keys = _keys(figures, style, macros)
    return tuple(path for path, key in keys.items() if not cache.has(_NAMESPACE, key))


def _keys(figures: Sequence[Source], style: Source, macros: Sequence[Macro]) -> dict[str, str]:
    """Return the key of each figure's drawing in the cache, by path."""
    setup = digest(_VERSION, template("latex/figures.sty"), preamble(style, macros))
    return {figure.path: digest(setup, figure.text) for figure in figures}


def _decoded(data: bytes | None) -> FigurePage | None:
    try:
        return decode(data, type=FigurePage) if data else None
    except msgspec.MsgspecError:  # an entry of another version
        return None


def typeset(
    figures: Sequence[Source], style: Source, macros: Sequence[Macro]
) -> tuple[dict[str, FigurePage], tuple[FigureProblem, ...]]:
    """Draw the figures in one run; if some are faulty, draw the others without them.

    Raise ``ToolMissingError`` if pdflatex or pdftocairo is missing.
    """
    if not figures:
        return {}, ()
    result = _run(figures, style, macros)
    problems = _located(result, figures)
    if result.pdf is not None and not problems:
        made = _pages(result, result.pdf, figures)
        if len(made) == len(figures):
            return made, ()
    if any(fault.span.path == style.path for fault in problems):
        return {}, tuple(fault for fault in problems if fault.span.path == style.path)
    blamed = {fault.span.path for fault in problems} & {figure.path for figure in figures}
    if blamed:
        rest = [figure for figure in figures if figure.path not in blamed]
        found, more = typeset(rest, style, macros)
        return found, (*(fault for fault in problems if fault.span.path in blamed), *more)
    return _halve(result, figures, style, macros)


def _halve(
    result: TexResult, figures: Sequence[Source], style: Source, macros: Sequence[Macro]
) -> tuple[dict[str, FigurePage], tuple[FigureProblem, ...]]:
    """Find the faulty figure of a run that took too long or named no place."""
    if len(figures) == 1:
        nothing = TexProblem(ProblemKind.ERROR, "TeX draws nothing.", 0, None)
        fatal = [each for kind in _FATAL for each in result.problems if each.kind is kind]
        problem = next(iter(fatal), nothing)
        return {}, (FigureProblem(Span(figures[0].path, 1, 1), problem),)
    half = len(figures) // 2
    first, problems = typeset(figures[:half], style, macros)
    second, more = typeset(figures[half:], style, macros)
    return first | second, (*problems, *more)


def _run(figures: Sequence[Source], style: Source, macros: Sequence[Macro]) -> TexResult:
    parts = [preamble(style, macros)]
    for number, figure in enumerate(figures, start=1):
        parts.append(f"\\begin{{figurepage}}{{{number}}}\n")
        parts.append(_marked(figure))
        parts.append("\\end{figurepage}\n")
    parts.append("\\end{document}\n")
    return run(
        "".join(parts),
        inputs={"figures.sty": template("latex/figures.sty").encode()},
        collect=(_BOXES,),
        timeout=15.0 + 1.0 * len(figures),
    )


def _marked(source: Source) -> str:
    """Return the text with a mark before each line, since TeX gives the line of an error."""
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


def _located(result: TexResult, figures: Sequence[Source]) -> tuple[FigureProblem, ...]:
    """Return the errors that TeX could place, one for each line, without mere consequences."""
    ends = {figure.path: figure.text.rstrip("\n").count("\n") + 1 for figure in figures}
    found: dict[Span, FigureProblem] = {}
    for problem in result.problems:
        place = problem.place
        if place is None or problem.kind not in ERRORS:
            continue
        known = {span.path for span in found}
        # The end of a picture closes what an error left open, and complains once more.
        if place.path not in known or place.line != ends.get(place.path):
            found.setdefault(place, FigureProblem(place, problem))
        if problem.kind is ProblemKind.UNBALANCED:
            # TeX misreads all that follows; the other figures are drawn in the next run.
            break
    return tuple(found.values())


def _pages(result: TexResult, pdf: bytes, figures: Sequence[Source]) -> dict[str, FigurePage]:
    # pikepdf loads slowly, and figures are seldom drawn anew.
    from aml_build.figures.pdf_pages import pages

    boxes = _boxes(result.files)
    return {
        figure.path: FigurePage(
            pdf=page_pdf,
            svg=svg,
            width=round(width, 3),
            height=round(height, 3),
            labels=tuple(_label(row, width, height) for row in boxes if row.page == number),
        )
        for number, (figure, (page_pdf, svg, width, height)) in enumerate(
            zip(figures, pages(pdf), strict=False), start=1
        )
    }


class _BoxRow(msgspec.Struct, frozen=True):
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


def _boxes(files: Mapping[str, bytes]) -> tuple[_BoxRow, ...]:
    rows = []
    for line in files.get(_BOXES, b"").decode("utf-8", "replace").splitlines():
        page, ordinal, name, *lengths = line.split()
        left, right, bottom, top, picture_left, _, _, picture_top = map(float, lengths)
        rows.append(
            _BoxRow(
                int(page), int(ordinal), name, left, right, bottom, top, picture_left, picture_top
            )
        )
    return tuple(rows)


def _label(row: _BoxRow, width: float, height: float) -> LabelBox:
    return LabelBox(
        ordinal=row.ordinal,
        id=row.id,
        left=round(((row.left - row.picture_left) * _BP + _PADDING) / width, 4),
        top=round(((row.picture_top - row.top) * _BP + _PADDING) / height, 4),
        width=round((row.right - row.left) * _BP / width, 4),
        height=round((row.top - row.bottom) * _BP / height, 4),
    )
