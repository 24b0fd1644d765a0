"""The formulas, pictures, booklet slots and warnings of one lesson, cached by lesson.

A build derives no items of a lesson that has not changed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

import msgspec

from aml_build.check.formulas import FormulaText, distinct_formulas
from aml_build.check.quality import Quality, lesson_quality
from aml_build.figures.draw import pictures_in
from aml_build.items.derive import lesson_items, slots
from aml_build.items.item import Slot
from aml_build.model import Lesson, Picture
from aml_build.render.missing_glyphs import MissingCharacter, lesson_characters
from aml_build.storage.cache import Cache, recall_or_compute
from aml_build.storage.files import digest


class LessonSummary(msgspec.Struct, frozen=True, gc=False):
    """What the passes need of one lesson."""

    digest: str
    """A name for the whole lesson."""
    slots: tuple[Slot, ...]
    """Its items' places in the booklet, in study order."""
    formulas: tuple[FormulaText, ...]
    """Each once."""
    pictures: Mapping[str, Picture]
    """By path, each where it is used first."""
    quality: Quality
    missing: tuple[MissingCharacter, ...]
    """The characters that print lacks."""


def summarise(lessons: Sequence[Lesson], cache: Cache) -> list[LessonSummary]:
    """Return the summary of each lesson, from the cache if the lesson has not changed."""
    return recall_or_compute(cache, "summaries", (), lessons, _summaries, LessonSummary)


def _summaries(lessons: Sequence[Lesson]) -> Iterator[LessonSummary]:
    for lesson in lessons:
        items = lesson_items(lesson)
        yield LessonSummary(
            digest(msgspec.msgpack.encode(lesson)),
            tuple(slots(items)),
            distinct_formulas((lesson,)),
            pictures_in((lesson,)),
            lesson_quality(lesson, items),
            lesson_characters(lesson),
        )


def formulas_of(summaries: Iterable[LessonSummary]) -> tuple[FormulaText, ...]:
    """Return each formula of the lessons once."""
    return tuple(dict.fromkeys(chain.from_iterable(lesson.formulas for lesson in summaries)))


def pictures_of(summaries: Iterable[LessonSummary]) -> dict[str, Picture]:
    """Return the pictures of the lessons by path, each where it is used first."""
    found: dict[str, Picture] = {}
    for lesson in summaries:
        found = {**lesson.pictures, **found}
    return found
