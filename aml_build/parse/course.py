"""A whole course: from files to ``Course``, with every mistake in them."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
from msgspec.structs import replace

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.diagnostic import Diagnostic, diagnose, in_order
from aml_build.diagnostics.source import Source, Span
from aml_build.diagnostics.suggestions import Guesses
from aml_build.model import Course, Mask
from aml_build.model.symbols import Names
from aml_build.parse.course_files import read_sources
from aml_build.parse.lesson import Draft
from aml_build.parse.lesson_cache import drafts_of
from aml_build.parse.link import directory, excused, linked
from aml_build.parse.masks import masks
from aml_build.parse.parse_context import Desk
from aml_build.parse.text.formula_table import Formulas
from aml_build.parse.text.pictures import SUFFIXES
from aml_build.parse.yaml.course_settings import NAME, read_settings
from aml_build.storage.cache import Cache


class Parsed(msgspec.Struct, frozen=True):
    """What was made of a folder of notes."""

    course: Course | None
    """Made even of notes with mistakes, so that later checks can report too."""
    names: tuple[Names, ...]
    """Where ids stand, file by file, in the order of the lessons."""
    sources: Mapping[str, Source]
    """By path, for showing the lines at fault."""
    diagnostics: tuple[Diagnostic, ...]
    """In the order of path, line and column."""


def parse_course(root: Path, *, cache: Cache | None = None) -> Parsed:
    """Read and parse the course in a folder; author mistakes become diagnostics."""
    files = read_sources(root)
    parsed = parse_sources(files.sources, cache=cache, files=files.others)
    if NAME not in files.sources:
        # Whatever else is found may only be for want of what it says: its macros, its id.
        only = tuple(d for d in parsed.diagnostics if d.code == Code.NO_COURSE)
        if (root / "course.yml").exists():
            only = tuple(replace(d, hint=f"Rename `course.yml` to `{NAME}`.") for d in only)
        return replace(parsed, diagnostics=only)
    return replace(parsed, diagnostics=in_order((*files.diagnostics, *parsed.diagnostics)))


def parse_sources(
    sources: Mapping[str, Source],
    *,
    cache: Cache | None = None,
    files: frozenset[str] = frozenset(),
) -> Parsed:
    """Parse a course whose files are in memory; ``files`` names those that are not text."""
    diagnostics: list[Diagnostic] = []
    settings = _settings(sources, diagnostics)
    macros = {macro.name: macro for macro in settings.macros} if settings else {}
    lessons_read = [source for path, source in sorted(sources.items()) if path.endswith(".md")]
    labels = _masks(sources, diagnostics)
    drafts = tuple(
        excused(draft, labels) for draft in drafts_of(lessons_read, macros, cache or Cache(None))
    )
    for draft in drafts:
        diagnostics += draft.diagnostics
    if settings is not None and not drafts:
        diagnostics.append(
            diagnose(
                Span(NAME, 0, 1),
                Code.NO_LESSONS,
                "The course has no lessons.",
                "Write a file like `01-first-lesson.md` beside `course.yaml`.",
            )
        )
    diagnostics += _missing(drafts, frozenset(sources) | files)
    known = directory(drafts, labels)
    lessons = tuple(linked(draft, known) for draft in drafts)
    course = replace(settings, lessons=lessons) if settings is not None else None
    names = tuple(draft.names for draft in drafts)
    return Parsed(course, names, sources, in_order(diagnostics))


def _settings(sources: Mapping[str, Source], diagnostics: list[Diagnostic]) -> Course | None:
    source = sources.get(NAME)
    if source is None:
        diagnostics.append(
            diagnose(
                Span(NAME, 0, 1),
                Code.NO_COURSE,
                "There is no `course.yaml`.",
                "Name the folder that holds it (`--content FOLDER`), or begin a course: "
                "`aml-build new FOLDER`.",
            )
        )
        return None
    desk = Desk(source, Formulas({}))
    settings = read_settings(desk)
    diagnostics += desk.diagnostics
    return settings


def _masks(
    sources: Mapping[str, Source], diagnostics: list[Diagnostic]
) -> dict[str, tuple[Mask, ...]]:
    labels = {}
    for path, source in sources.items():
        if path.endswith(".tex"):
            labels[path], found = masks(source)
            diagnostics += found
    return labels


def _missing(drafts: tuple[Draft, ...], files: frozenset[str]) -> Iterator[Diagnostic]:
    """Yield the pictures whose files are not there."""
    pictures = Guesses(path for path in files if path.endswith(SUFFIXES))
    for draft in drafts:
        for shown in draft.pictures:
            if shown.path in files:
                continue
            wish = pictures.nearest(shown.path)
            yield diagnose(
                shown.span,
                Code.IMAGE_MISSING,
                f"There is no file `{shown.path}`.",
                f"Did you mean `{wish}`?" if wish else "Put the file there, or mend its path.",
            )
