"""`aml-build figures` without its command line: all figures of a course on one page."""

import time
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from aml_build.diagnostics.source import Source, Span
from aml_build.diagnostics.suggestions import nearest
from aml_build.engines.install_hints import ToolMissingError
from aml_build.figures.contact_sheet import contact_sheet
from aml_build.figures.draw import draw_files, figure_paths
from aml_build.model import Picture
from aml_build.parse.course import parse_course
from aml_build.parse.masks import read_masks
from aml_build.pipeline.outcome import ArtifactRow, Outcome, outcome_of
from aml_build.storage.cache import Cache
from aml_build.storage.output import write_together

PAGE = "figures.html"


class FigureNotFoundError(Exception):
    """The course has no figure of the requested name."""


def make_gallery(root: Path, out: Path, names: tuple[str, ...], cache: Cache) -> Outcome:
    """Draw the figures, with their labels laid over them, to ``figures.html`` in the output folder.

    Raise ``FigureNotFoundError`` for an unknown name.
    """
    began = time.perf_counter()
    parsed = parse_course(root, cache=cache)
    macros = parsed.course.macros if parsed.course else ()
    known = {PurePosixPath(path).stem: path for path in figure_paths(root)}
    if parsed.course is None and not known:
        return outcome_of(parsed.diagnostics, sources=parsed.sources)
    paths = sorted(_path(name, known) for name in names or known)
    pictures = {path: _picture(path, parsed.sources) for path in paths}
    try:
        drawings, mistakes = draw_files(root, pictures, macros, cache)
    except ToolMissingError as missing:
        return outcome_of((), missing=(str(missing),), sources=parsed.sources)
    mistakes += tuple(d for d in parsed.diagnostics if d.span.path in pictures)
    page = contact_sheet(drawings).encode()
    written = bool(write_together(out, {PAGE: page}))
    seconds = time.perf_counter() - began
    summary = f"{len(drawings)} of {len(pictures)} figures"
    row = ArtifactRow("figures", PAGE, len(page), summary, seconds, written)
    return outcome_of(mistakes, (row,), sources=parsed.sources)


def _picture(path: str, sources: Mapping[str, Source]) -> Picture:
    """Return the figure as if it were used, so that its labels are checked where they are written."""
    labels, _ = read_masks(sources[path]) if path in sources else ((), ())
    return Picture(path, "", (), labels, Span(path, 0, 1))


def _path(name: str, known: Mapping[str, str]) -> str:
    """Return the path of a figure by its name or file name."""
    bare = PurePosixPath(name).stem
    if bare in known:
        return known[bare]
    near = nearest(bare, known)
    hint = f"Did you mean {near}?" if near else "Type `aml-build figures` to see them all."
    raise FigureNotFoundError(f"There is no figure {name}. {hint}")
