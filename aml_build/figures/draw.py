"""From the pictures of a course to drawings that artifacts can use."""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath

import msgspec

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.diagnostic import Diagnostic, diagnose, in_order
from aml_build.diagnostics.source import Source, Span
from aml_build.figures import raster_size as raster
from aml_build.figures.allowed_commands import Violation, violations
from aml_build.figures.figure_form import form_violations
from aml_build.figures.figure_hints import advice
from aml_build.figures.tex_batch import Fault, Page, preamble, typeset
from aml_build.model import Course, Lesson, Macro, Picture
from aml_build.model.drawing import Drawing
from aml_build.model.walk import blocks
from aml_build.resources import template
from aml_build.storage.cache import Cache, digest

STYLE = "figures/style.tex"
"""The course's visual language, read before every figure."""

_ROOM = "figures"
_WORTH_A_RUN = 6
"""Figures that take as long as starting TeX does."""
_SLACK = 0.01
"""How far a label may stick out, as a share of the picture: the width of its own frame."""
_RECIPE = "2"
"""Raise when the same source is drawn in another way, so that what was kept is drawn anew."""

Drawn = tuple[dict[str, Drawing], tuple[Diagnostic, ...]]


def draw(root: Path, course: Course, cache: Cache) -> Drawn:
    """Draw the pictures that the course uses, by their paths, and say what is wrong with them.

    ``root`` is the content root. Raise ``ToolMissing`` where TeX or Poppler is missing.
    """
    return draw_files(root, pictured_in(course.lessons), course.macros, cache)


def pictured_in(lessons: Iterable[Lesson]) -> dict[str, Span]:
    """Return the paths of the pictures that the lessons use, and where each is used first."""
    places: dict[str, Span] = {}
    for block in blocks(lessons):
        if isinstance(block, Picture):
            places.setdefault(block.path, block.span)
    return places


def figure_paths(root: Path) -> tuple[str, ...]:
    """Return the paths of all TikZ figures under the content root, used or not, in order."""
    found = (path.relative_to(root).as_posix() for path in (root / "figures").rglob("*.tex"))
    return tuple(sorted(path for path in found if path != STYLE))


def draw_files(
    root: Path, places: Mapping[str, Span], macros: Sequence[Macro], cache: Cache
) -> Drawn:
    """Draw the picture files, given where each is used; see ``draw``."""
    drawings: dict[str, Drawing] = {}
    mistakes: list[Diagnostic] = []
    sketches: list[Source] = []
    for path, place in sorted(places.items()):
        try:
            data = (root / path).read_bytes()
        except OSError:
            mistakes.append(_missing(path, place))
            continue
        if PurePosixPath(path).suffix == ".tex":
            sketches.append(Source(path, _text(data)))
            continue
        drawing = _raster(path, data)
        if drawing is None:
            mistakes.append(_unreadable(path, place))
        else:
            drawings[path] = drawing
    sketched, more = _draw_sketches(sketches, _style(root), macros, cache)
    everything = drawings | sketched
    drawn = {path: everything[path] for path in sorted(everything)}
    return drawn, in_order((*mistakes, *more))


def _draw_sketches(
    sketches: Sequence[Source], style: Source, macros: Sequence[Macro], cache: Cache
) -> Drawn:
    mistakes = [*_mistakes(style, macros, whole=False)] if sketches else []
    if mistakes:
        return {}, tuple(mistakes)
    frame = digest(_RECIPE, template("latex/figures.sty"), preamble(style, macros))
    drawings: dict[str, Drawing] = {}
    fresh: list[Source] = []
    for sketch in sketches:
        found = _mistakes(sketch, macros, whole=True)
        mistakes.extend(found)
        kept = cache.get(_ROOM, digest(frame, sketch.text))
        if kept is not None and not found:
            drawings[sketch.path] = _drawing(sketch.path, msgspec.msgpack.decode(kept, type=Page))
        elif not found:
            fresh.append(sketch)
    made, faults = _typeset(fresh, style, macros)
    for sketch in fresh:
        if sketch.path in made:
            page = made[sketch.path]
            cache.put(_ROOM, digest(frame, sketch.text), msgspec.msgpack.encode(page))
            drawings[sketch.path] = _drawing(sketch.path, page)
    sources = {source.path: source for source in (style, *fresh)}
    for sketch in sketches:
        if sketch.path in drawings:
            mistakes.extend(_labels(sketch, drawings[sketch.path]))
    mistakes.extend(_fault(fault, sources[fault.span.path]) for fault in faults)
    return drawings, tuple(mistakes)


def _typeset(
    fresh: Sequence[Source], style: Source, macros: Sequence[Macro]
) -> tuple[dict[str, Page], tuple[Fault, ...]]:
    """Draw on all processors; no figure depends on which others are drawn in its run."""
    runs = max(1, min(os.cpu_count() or 1, len(fresh) // _WORTH_A_RUN))
    with ThreadPoolExecutor(runs) as pool:
        parts = list(pool.map(lambda at: typeset(fresh[at::runs], style, macros), range(runs)))
    made = {path: page for pages, _ in parts for path, page in pages.items()}
    return made, tuple(dict.fromkeys(fault for _, faults in parts for fault in faults))


def _style(root: Path) -> Source:
    path = root / STYLE
    return Source(STYLE, _text(path.read_bytes()) if path.is_file() else "")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")


def _drawing(path: str, page: Page) -> Drawing:
    return Drawing(
        name=_name(path, page.svg),
        pdf=page.pdf,
        image=page.svg,
        suffix=".svg",
        width=page.width,
        height=page.height,
        labels=tuple(sorted(page.labels, key=lambda label: label.ordinal)),
    )


def _raster(path: str, data: bytes) -> Drawing | None:
    found = raster.size(data)
    if found is None:
        return None
    suffix, width, height = found
    return Drawing(_name(path, data), b"", data, suffix, width, height, ())


def _name(path: str, image: bytes) -> str:
    return f"fig-{PurePosixPath(path).stem}-{digest(image)[:8]}"


def _mistakes(source: Source, macros: Sequence[Macro], *, whole: bool) -> list[Diagnostic]:
    names = frozenset(macro.name for macro in macros)
    found = [
        _diagnostic(source, violation, Code.FIGURE_COMMAND)
        for violation in violations(source.text, names)
    ]
    if whole:
        found += [
            _diagnostic(source, violation, Code.FIGURE_FORM)
            for violation in form_violations(source.text)
        ]
    return found


def _labels(source: Source, drawing: Drawing) -> list[Diagnostic]:
    """Say what only the drawn picture shows: labels outside it, and labels drawn twice."""
    found = []
    ordinals = [label.ordinal for label in drawing.labels]
    for label in drawing.labels:
        written = re.search(rf"mask\s*=\s*\{{\s*{label.ordinal}\s*\}}", source.text)
        offset, length = (written.start(), len(written[0])) if written else (0, 1)
        inside = (
            min(label.left, label.top) > -_SLACK
            and max(label.left + label.width, label.top + label.height) < 1 + _SLACK
        )
        if not inside:
            message = f"The label '{label.id}' lies partly outside the picture."
            hint = "Move the node, or do not cut the picture off there."
            found.append(_diagnostic(source, (offset, length, message, hint), Code.BAD_MASK))
        if ordinals.count(label.ordinal) > 1:
            message = f"The label {label.ordinal} is drawn {ordinals.count(label.ordinal)} times."
            hint = "Take it out of the \\foreach, and give every label a number of its own."
            found.append(_diagnostic(source, (offset, length, message, hint), Code.BAD_MASK))
    return list(dict.fromkeys(found))


def _diagnostic(source: Source, violation: Violation, code: Code) -> Diagnostic:
    offset, length, message, hint = violation
    line, column = source.at(offset)
    room = max(1, len(source.line(line)) - column + 1)
    return diagnose(Span(source.path, line, column, min(length, room)), code, message, hint)


def _fault(fault: Fault, source: Source) -> Diagnostic:
    line = source.line(fault.span.line)
    column = len(line) - len(line.lstrip()) + 1
    span = Span(fault.span.path, fault.span.line, column, max(1, len(line.strip())))
    message = fault.problem.message
    if fault.problem.kind == "timeout":
        message = "The figure takes too long to draw."
        hint = "Draw fewer points: shorten the \\foreach lists or lower 'samples'."
    else:
        hint = advice(message)
    return diagnose(span, Code.FIGURE_TEX, message, hint)


def _missing(path: str, place: Span) -> Diagnostic:
    return diagnose(
        place,
        Code.IMAGE_MISSING,
        f"The figure '{path}' does not exist.",
        "Check the spelling; the path is relative to the content folder, e.g. figures/name.tex.",
    )


def _unreadable(path: str, place: Span) -> Diagnostic:
    return diagnose(
        place,
        Code.IMAGE_TYPE,
        f"'{path}' is not a PNG or JPEG picture.",
        "Save the picture as PNG or JPEG, or draw it as a TikZ figure (.tex).",
    )
