"""All that a build does without engines, in memory, with what must hold of it whatever was typed."""

from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from aml_build.check import check
from aml_build.check.quality import check_quality
from aml_build.diagnostics.diagnostic import Diagnostic, has_errors, in_order
from aml_build.diagnostics.sarif import sarif
from aml_build.diagnostics.source import Source
from aml_build.diagnostics.terminal import render
from aml_build.figures.figure_source import form_violations, violations
from aml_build.items.derive import derive
from aml_build.items.item import booklet_numbers
from aml_build.model import Course
from aml_build.model.edition import Edition
from aml_build.parse.course import ParseResult, parse_sources
from aml_build.parse.course_files import decoded
from aml_build.pipeline.course_state import CourseState
from aml_build.pipeline.lesson_summary import summarise
from aml_build.pipeline.passes import compare_with_release, make_notes
from aml_build.release.lock import LOCK_NAME, Lock, LockError, dumps, loads
from aml_build.render.anki import deck
from aml_build.render.preview import preview
from aml_build.storage.cache import Cache
from tests.mistakes import fix, ids_are_written
from tests.robustness.harness import EPOCH

Files = Mapping[str, str | bytes]
_EDITION = Edition("", "2025-06-15", "", int(EPOCH))
_FORGETFUL = Cache(None)


class Made(msgspec.Struct, frozen=True):
    """What came of a course."""

    diagnostics: tuple[Diagnostic, ...]
    course: Course | None
    files: Mapping[str, bytes] = {}
    """Deck and preview, of a sound course."""

    @property
    def sound(self) -> bool:
        return self.course is not None and not has_errors(self.diagnostics)


def read(files: Files, cache: Cache = _FORGETFUL) -> tuple[ParseResult, list[Diagnostic]]:
    """Decode and parse files; return also what was wrong with their bytes."""
    sources: dict[str, Source] = {}
    broken: list[Diagnostic] = []
    for path, text in sorted(files.items()):
        if path == LOCK_NAME:
            continue
        data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
        sources[path], found = decoded(path, data)
        broken += found
    return parse_sources(sources, cache=cache), broken


def survive(files: Files, cache: Cache = _FORGETFUL) -> Made:
    """Make what can be made of the files, and hold every step to its word."""
    parsed, diagnostics = read(files, cache)
    diagnostics += parsed.diagnostics
    _fixable(files, parsed)
    for path, source in parsed.sources.items():
        if path.endswith(".tex"):
            violations(source.text)
            form_violations(source.text)
    lock = _lock(files.get(LOCK_NAME, b""))
    course = parsed.course
    if course is None:
        assert has_errors(diagnostics), "no course, and nobody says why"
        return Made(_told(diagnostics, parsed.sources), None)
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(course), type=Course) == course
    diagnostics += check(course, parsed.symbols)
    summaries = summarise(course.lessons, cache)
    diagnostics += check_quality(lesson.quality for lesson in summaries)
    told = _told(diagnostics, parsed.sources)
    numbers = booklet_numbers((slot for known in summaries for slot in known.slots), lock.numbers)
    items = derive(course, numbers)
    assert len({item.published_id for item in items}) == len(items) or has_errors(told)
    if has_errors(told):
        return Made(told, course)
    state = CourseState(
        course, (), lock, parsed.sources, told, summaries=summaries, numbers=numbers
    )
    written = compare_with_release(make_notes(state, cache)).contents
    times = {note.published_id: int(EPOCH) for note in written}
    pages = preview(course, items, written, {}, content="../content")
    return Made(told, course, pages | {"deck": deck(course, written, {}, _EDITION, times, cache)})


def _told(found: Iterable[Diagnostic], sources: Mapping[str, Source]) -> tuple[Diagnostic, ...]:
    """Return the diagnostics in order; each says something and points into its file."""
    told = in_order(found)
    for diagnostic in told:
        assert diagnostic.message
        assert diagnostic.hint
        span = diagnostic.span
        source = sources.get(span.path, Source(span.path, ""))
        assert 0 <= span.line <= source.at(len(source.text))[0], diagnostic
        if span.line:
            # A mistake may stand right behind the last character.
            assert 1 <= span.column <= len(source.line(span.line)) + 1, diagnostic
    render(told, sources, Path("content")).encode()
    sarif(told, sources, Path("content")).encode()
    return told


def _fixable(files: Files, parsed: ParseResult) -> None:
    """Writing the missing ids leaves none missing, in one go, but where characters cannot be seen."""
    fixed = fix(parsed)
    if not fixed:
        return
    again, _ = read({**files, **fixed})
    ids_are_written(again)
    assert fix(again) == {}


def _lock(data: str | bytes) -> Lock:
    """Return the lock, as a build reads it; one that can be read is written as it was read."""
    text = data if isinstance(data, str) else data.decode("utf-8", "replace")
    try:
        lock = loads(text)
    except LockError as broken:
        assert 1 <= broken.line <= text.count("\n") + 1
        assert broken.message
        return Lock()
    assert loads(dumps(lock)) == lock
    return lock
