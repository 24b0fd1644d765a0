"""All lessons of a course: those that changed are parsed, on several cores if there are many."""

from collections.abc import Mapping, Sequence

from aml_build.diagnostics.source import Source
from aml_build.model import Macro
from aml_build.parse.lesson import Draft
from aml_build.parse.workers import parse_lessons
from aml_build.storage.cache import Cache
from aml_build.storage.memo import recall_or_compute


def drafts_of(
    sources: Sequence[Source], macros: Mapping[str, Macro], cache: Cache
) -> tuple[Draft, ...]:
    """Return the lessons by number; files with one number by path."""
    ordered = tuple(sorted(macros.values(), key=lambda macro: macro.name))

    def parse(new: Sequence[Source]) -> list[Draft]:
        return parse_lessons(new, ordered)

    drafts = recall_or_compute(cache, "lessons", ordered, sources, parse, Draft)
    return tuple(sorted(drafts, key=lambda draft: (draft.lesson.number, draft.names.path)))
