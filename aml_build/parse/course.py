"""A whole course: from files to ``Course``, with every mistake in them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath

import msgspec
from msgspec.structs import replace

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.diagnostic import Diagnostic, diagnose
from aml_build.diagnostics.source import Source, Span
from aml_build.diagnostics.suggestions import Guesses
from aml_build.model import Course, Macro, Mask
from aml_build.model.drawing import is_tikz
from aml_build.model.symbols import SymbolTable
from aml_build.parse.course_files import read_sources
from aml_build.parse.formula_cache import FormulaCache
from aml_build.parse.lesson import UnlinkedLesson, parse_lesson
from aml_build.parse.link import link_lesson, link_targets
from aml_build.parse.lost_macros import without_lost_macros
from aml_build.parse.masks import read_masks
from aml_build.parse.parse_context import ParseContext
from aml_build.parse.text.pictures import shows_picture
from aml_build.parse.two_processes import can_fork, in_two_processes
from aml_build.parse.yaml.course_settings import read_settings
from aml_build.storage.cache import Cache, recall_or_compute
from aml_build.storage.source_paths import SETTINGS

_WORTH_A_PROCESS = 100_000
"""Characters that take longer to parse than a process to fork: about a quarter of a course."""


class ParseResult(msgspec.Struct, frozen=True):
    """A parsed folder of notes."""

    course: Course | None
    """Present for notes with mistakes too, so that later checks can report more."""
    symbols: tuple[SymbolTable, ...]
    """One a file, in the order of the lessons."""
    sources: Mapping[str, Source]
    """By path, for the display of lines with mistakes."""
    diagnostics: tuple[Diagnostic, ...]
    """In the order in which they were found."""


class LessonInput(msgspec.Struct, frozen=True):
    """All that the parsing of one lesson depends on, besides the macros."""

    source: Source
    masked_figures: tuple[str, ...]
    """Paths, sorted; empty for a lesson without images, so that no figure makes it outdated."""


def parse_course(root: Path, *, cache: Cache | None = None) -> ParseResult:
    """Parse the course in a folder; mistakes become diagnostics.

    Raise ``OSError`` for a file that cannot be read.
    """
    files = read_sources(root)
    result = parse_sources(files.sources, cache=cache, files=files.others)
    if SETTINGS in files.sources:
        # What was guessed from other bytes is not worth a message.
        guessed = {d.span.path for d in files.diagnostics}
        sure = (d for d in result.diagnostics if d.span.path not in guessed)
        return replace(result, diagnostics=(*files.diagnostics, *sure))
    # Without the settings, all other diagnostics may be wrong: macros are missing, for example.
    only = tuple(d for d in result.diagnostics if d.code == Code.NO_COURSE)
    if (root / "course.yml").exists():
        only = tuple(replace(d, hint=f"Rename `course.yml` to `{SETTINGS}`.") for d in only)
    return replace(result, diagnostics=only)


def parse_sources(
    sources: Mapping[str, Source],
    *,
    cache: Cache | None = None,
    files: frozenset[str] = frozenset(),
) -> ParseResult:
    """Parse a course whose files are in memory; ``files`` are the paths of those without text."""
    settings, settings_diagnostics = _settings(sources.get(SETTINGS))
    masks, mask_diagnostics = _masks(sources)
    macros = settings.macros if settings is not None else ()
    lessons = _parse_lessons(sources, macros, masks, cache or Cache(None))
    diagnostics = [*settings_diagnostics, *mask_diagnostics]
    found = (diagnostic for lesson in lessons for diagnostic in lesson.diagnostics)
    diagnostics += without_lost_macros(found, sources, sources.get(SETTINGS), settings)
    diagnostics += _missing_pictures(lessons, frozenset(sources) | files)
    if settings is not None and not lessons:
        diagnostics.append(
            diagnose(
                Span(SETTINGS, 0, 1),
                Code.NO_LESSONS,
                "The course has no lessons.",
                "Write a file like `01-first-lesson.md` beside `course.yaml`.",
            )
        )
    targets = link_targets(lessons, masks)
    linked = tuple(link_lesson(lesson, targets) for lesson in lessons)
    course = replace(settings, lessons=linked) if settings is not None else None
    symbols = tuple(lesson.symbols for lesson in lessons)
    return ParseResult(course, symbols, sources, tuple(diagnostics))


def _settings(source: Source | None) -> tuple[Course | None, Sequence[Diagnostic]]:
    """Read ``course.yaml``: a course without lessons."""
    if source is None:
        missing = diagnose(
            Span(SETTINGS, 0, 1),
            Code.NO_COURSE,
            "There is no `course.yaml`.",
            "Name the folder that contains it (`--content FOLDER`), or begin a course: "
            "`aml-build new FOLDER`.",
        )
        return None, (missing,)
    context = ParseContext(source, FormulaCache({}))
    return read_settings(context), context.diagnostics


def _masks(
    sources: Mapping[str, Source],
) -> tuple[dict[str, tuple[Mask, ...]], list[Diagnostic]]:
    """Read the masks of all figures, by path."""
    masks: dict[str, tuple[Mask, ...]] = {}
    diagnostics: list[Diagnostic] = []
    for path, source in sources.items():
        if is_tikz(path):
            masks[path], found = read_masks(source)
            diagnostics += found
    return masks, diagnostics


def _parse_lessons(
    sources: Mapping[str, Source],
    macros: Iterable[Macro],
    masks: Mapping[str, tuple[Mask, ...]],
    cache: Cache,
) -> tuple[UnlinkedLesson, ...]:
    """Return the lessons by number, files with one number by path; parse only changed ones."""
    by_name = {macro.name: macro for macro in sorted(macros, key=lambda macro: macro.name)}
    masked = tuple(sorted(path for path, labels in masks.items() if labels))
    inputs = [
        LessonInput(source, masked if "![" in source.text else ())
        for path, source in sorted(sources.items())
        if path.endswith(".md")
    ]

    def parse(changed: Sequence[LessonInput]) -> list[UnlinkedLesson]:
        formulas = FormulaCache(by_name)
        return [parse_lesson(lesson.source, formulas, lesson.masked_figures) for lesson in changed]

    def parse_all(changed: Sequence[LessonInput]) -> list[UnlinkedLesson]:
        sizes = [len(lesson.source.text) for lesson in changed]
        if len(sizes) < 2 or sum(sizes) < _WORTH_A_PROCESS or not can_fork():
            return parse(changed)
        return in_two_processes(parse, changed, sizes, UnlinkedLesson)

    common = tuple(by_name.values())
    lessons = recall_or_compute(cache, "lessons", common, inputs, parse_all, UnlinkedLesson)
    return tuple(sorted(lessons, key=lambda lesson: (lesson.lesson.number, lesson.symbols.path)))


def _missing_pictures(
    lessons: Iterable[UnlinkedLesson], files: frozenset[str]
) -> Iterator[Diagnostic]:
    """Yield an error for each picture whose file does not exist."""
    by_stem = {PurePosixPath(path).stem: path for path in sorted(files) if shows_picture(path)}
    stems = Guesses(by_stem)
    for lesson in lessons:
        for picture in lesson.pictures:
            if picture.path in files:
                continue
            # Folder and suffix are alike in most paths, so they do not make names near.
            near = by_stem.get(stems.nearest(PurePosixPath(picture.path).stem) or "")
            yield diagnose(
                picture.span,
                Code.IMAGE_MISSING,
                f"There is no file `{picture.path}`.",
                f"Did you mean `{near}`?" if near else "Put the file there, or correct its path.",
            )
