"""From the TikZ figures of a course to drawings that artifacts can use."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.diagnostic import Diagnostic, diagnose
from aml_build.diagnostics.source import Source, Span
from aml_build.engines.tex_diagnostics import TexPolicy, tex_diagnostic
from aml_build.figures.figure_source import check_source
from aml_build.figures.near_names import near_name
from aml_build.figures.picture_files import media_name
from aml_build.figures.tex_batch import FigurePage, FigureProblem, draw_pages, not_cached
from aml_build.model import Lesson, Macro, Mask, Picture
from aml_build.model.drawing import Drawing, is_tikz
from aml_build.model.walk import blocks
from aml_build.storage.cache import Cache

STYLE = "figures/style.tex"
"""The style sheet of all figures of a course, read before each of them."""

_SLACK = 0.01
"""How far a label may stick out, as a share of the picture: the width of its own frame."""
_POLICY = TexPolicy(
    code=Code.FIGURE_TEX,
    hint="Compare the line with the template in `aml-build help figures`.",
    timeout_hint="Draw fewer points: shorten the \\foreach lists or lower `samples`.",
)


class DrawResult(NamedTuple):
    """The drawings by path, in order, and what is wrong with the figures that have none."""

    drawings: dict[str, Drawing]
    diagnostics: tuple[Diagnostic, ...]


def pictures_in(lessons: Iterable[Lesson]) -> dict[str, Picture]:
    """Return the pictures that the lessons use, by path, each where it is used first."""
    found: dict[str, Picture] = {}
    for block in blocks(lessons):
        if isinstance(block, Picture):
            found.setdefault(block.path, block)
    return found


def figure_paths(root: Path) -> tuple[str, ...]:
    """Return the paths of all TikZ figures under the content root, used or not, in order."""
    found = (path.relative_to(root).as_posix() for path in (root / "figures").rglob("*.tex"))
    return tuple(sorted(path for path in found if path != STYLE))


def new_figures(
    root: Path, pictures: Iterable[str], macros: Sequence[Macro], cache: Cache
) -> tuple[str, ...]:
    """Return the TikZ figures among the pictures that TeX would have to draw, last changed first.

    A figure with a mistake in its form is left out, because TeX never gets it.
    """
    times: dict[str, int] = {}
    sources: list[Source] = []
    for path in pictures:
        if is_tikz(path):
            try:
                times[path] = (root / path).stat().st_mtime_ns
                sources.append(Source(path, _text((root / path).read_bytes())))
            except OSError:
                continue
    new = set(not_cached(sources, _style(root), macros, cache))
    sound = (
        one.path for one in sources if one.path in new and not check_source(one, macros, whole=True)
    )
    return tuple(sorted(sound, key=lambda path: (-times[path], path)))


def draw_files(
    root: Path, pictures: Mapping[str, Picture], macros: Sequence[Macro], cache: Cache
) -> DrawResult:
    """Draw the TikZ figures among the pictures, given by path; ``root`` is the content root.

    Raise ``ToolMissingError`` where TeX or Poppler is missing.
    """
    drawings: dict[str, Drawing] = {}
    diagnostics: list[Diagnostic] = []
    sources: list[Source] = []
    for path, picture in pictures.items():
        if not is_tikz(path):
            continue
        try:
            sources.append(Source(path, _text((root / path).read_bytes())))
        except OSError:
            diagnostics.append(_missing(path, picture.span))
    drawn, more = _draw_figures(
        sorted(sources, key=lambda source: source.path), _style(root), macros, cache
    )
    drawings |= drawn
    for path, drawing in drawn.items():
        diagnostics += _label_problems(path, drawing, pictures[path].masks)
    return DrawResult(dict(sorted(drawings.items())), (*diagnostics, *more))


def _draw_figures(
    figures: Sequence[Source], style: Source, macros: Sequence[Macro], cache: Cache
) -> DrawResult:
    diagnostics = check_source(style, macros, whole=False) if figures else []
    if diagnostics:
        return DrawResult({}, tuple(diagnostics))
    faults = {figure.path: check_source(figure, macros, whole=True) for figure in figures}
    diagnostics = [diagnostic for found in faults.values() for diagnostic in found]
    sound = [figure for figure in figures if not faults[figure.path]]
    pages, problems = draw_pages(sound, style, macros, cache)
    sources = {source.path: source for source in (style, *sound)}
    reported = (_tex_problem(problem, sources[problem.span.path], style) for problem in problems)
    diagnostics += [diagnostic for diagnostic in reported if diagnostic]
    drawings = {path: _drawing(path, page) for path, page in pages.items()}
    return DrawResult(drawings, tuple(diagnostics))


def _style(root: Path) -> Source:
    path = root / STYLE
    return Source(STYLE, _text(path.read_bytes()) if path.is_file() else "")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")


def _drawing(path: str, page: FigurePage) -> Drawing:
    labels = tuple(sorted(page.labels, key=lambda label: label.ordinal))
    name = media_name(path, page.svg)
    return Drawing(name, page.pdf, page.svg, ".svg", page.width, page.height, labels)


def _label_problems(path: str, drawing: Drawing, masks: Sequence[Mask]) -> Iterator[Diagnostic]:
    """Yield what only the drawn picture shows: labels outside it, and labels drawn twice."""
    places = {mask.ordinal: mask.span for mask in masks}
    times = Counter(label.ordinal for label in drawing.labels)
    for label in drawing.labels:
        span = places.get(label.ordinal, Span(path, 1, 1))
        right, bottom = label.left + label.width, label.top + label.height
        if min(label.left, label.top) < -_SLACK or max(right, bottom) > 1 + _SLACK:
            message = f"The label `{label.id}` is partly outside the picture."
            hint = "Move the node, or do not cut the picture off there."
            yield diagnose(span, Code.BAD_MASK, message, hint)
        if times[label.ordinal] > 1:
            message = f"The label {label.ordinal} is drawn {times[label.ordinal]} times."
            hint = "Take it out of the \\foreach, and give every label a number of its own."
            yield diagnose(span, Code.BAD_MASK, message, hint)


def _tex_problem(problem: FigureProblem, source: Source, style: Source) -> Diagnostic | None:
    number = problem.span.line
    text = source.line(number)
    indent = len(text) - len(text.lstrip())
    span = Span(source.path, number, indent + 1, max(1, len(text.strip())))
    diagnostic = tex_diagnostic(problem.problem, _POLICY, span)
    near = near_name(diagnostic.message, source.text, style.text) if diagnostic else ""
    return (
        replace(diagnostic, hint=f"Did you mean `{near}`?") if diagnostic and near else diagnostic
    )


def _missing(path: str, place: Span) -> Diagnostic:
    message, hint = f"There is no file `{path}`.", "Put the file there, or correct its path."
    return diagnose(place, Code.IMAGE_MISSING, message, hint)
