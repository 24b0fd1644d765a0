"""Ids, former ids and lesson numbers are unique."""

from collections.abc import Iterator

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.diagnostic import Diagnostic, diagnose
from aml_build.diagnostics.source import Span
from aml_build.items.item import DEFINITION_FACET
from aml_build.model import Course
from aml_build.model.symbols import Definition, SymbolTable


def unique_ids(course: Course, symbols: tuple[SymbolTable, ...]) -> tuple[Diagnostic, ...]:
    """Report ids, former ids and lesson numbers that are taken."""
    return (*_concepts(symbols), *_parts(symbols), *_lessons(course))


def _concepts(symbols: tuple[SymbolTable, ...]) -> Iterator[Diagnostic]:
    given = [name for file in symbols for name in file.definitions if not name.part]
    yield from _taken(given, "the course")


def _parts(symbols: tuple[SymbolTable, ...]) -> Iterator[Diagnostic]:
    for file in symbols:
        within: dict[int, list[Definition]] = {}
        for name in file.definitions:
            if name.part:
                within.setdefault(name.concept, []).append(name)
        for given in within.values():
            yield from _taken(given, "its concept")


def _taken(given: list[Definition], scope: str) -> Iterator[Diagnostic]:
    # Current ids come first, so a clash with a former id is reported at the former id.
    first: dict[str, Definition] = {}
    for name in sorted(given, key=lambda name: name.former):
        if name.part and name.id == DEFINITION_FACET:
            yield diagnose(
                name.span,
                Code.DUPLICATE_ID,
                f"`{name.id}` is the definition's own id.",
                f"Choose another, like `{name.id}-2`.",
            )
            continue
        holder = first.setdefault(name.id, name)
        if holder is name:
            continue
        where = f"{holder.span.path}:{holder.span.line}"
        yield diagnose(
            name.span,
            Code.DUPLICATE_ID,
            f"`{name.id}` is taken in {scope}, {'formerly ' if holder.former else ''}by {where}.",
            "Choose another id; a published id stays with its card for ever."
            if not name.former
            else "Remove it from `was`, or rename what has taken it.",
        )


def _lessons(course: Course) -> Iterator[Diagnostic]:
    first: dict[int, str] = {}
    for lesson in course.lessons:
        # Zero can also be a number that could not be read, which has been reported.
        if lesson.number == 0:
            continue
        holder = first.setdefault(lesson.number, lesson.span.path)
        if holder != lesson.span.path:
            yield diagnose(
                Span(lesson.span.path, 1, 1),
                Code.DUPLICATE_LESSON,
                f"Lesson {lesson.number} is also the number of `{holder}`.",
                "Give each file a number of its own in `lesson:`.",
            )
