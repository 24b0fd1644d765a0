"""Counts of a course: its parts, the lengths of answers, links, and space on the cheat sheet."""

import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from aml_build.items.item import Item
from aml_build.items.kinds import ItemKind
from aml_build.model import Cloze, Concept, Course, Figure, Paragraph, Picture, Prose, Question
from aml_build.model.plain_text import word_count

_STEP = 10
"""Width of a class in the distribution of lengths, in words."""
_MOST = 10
"""Limit on the lists of longest answers and of most linked concepts."""


class LessonStats(msgspec.Struct, frozen=True):
    """One lesson in numbers."""

    number: int
    title: str
    concepts: int
    items: int
    cards: int
    questions: int
    """Concepts with at least one question."""
    figures: int
    """Concepts with at least one figure."""


class Lengths(msgspec.Struct, frozen=True):
    """Words per answer, without exam answers and whole lists."""

    median: float
    percentile_95: float
    distribution: Mapping[int, int]
    """Number of answers by words in classes of ten: 20 counts those of 20 to 29 words."""
    longest: tuple[tuple[str, int], ...]
    """Ids of the items with the longest answers, and their word counts."""


class Graph(msgspec.Struct, frozen=True):
    """Links between concepts."""

    needs: int
    see: int
    contrast: int
    most_linked: tuple[tuple[str, int], ...]
    """Ids of the concepts with the most links to them, and the number of these."""
    alone: tuple[str, ...]
    """Ids of the concepts without any link from or to them."""


class Box(msgspec.Struct, frozen=True):
    """The space of one concept on the cheat sheet."""

    concept: str
    """Id."""
    lesson: int
    """Number."""
    millimetres: float
    """Height in its column: as printed, or at the smallest size if it is left out."""
    shown: bool
    """Whether it is on the sheet."""


class Stats(msgspec.Struct, frozen=True):
    """A whole course in numbers."""

    lessons: tuple[LessonStats, ...]
    concepts: Mapping[str, int]
    """Concepts by kind of concept."""
    notes: Mapping[str, int]
    """Notes by kind of item."""
    kinds: Mapping[str, int]
    """Cards by kind of item."""
    cards: int
    lengths: Lengths
    graph: Graph
    new_a_day: int
    days: int
    """Days until every card was seen once."""
    sheet: tuple[Box, ...] | None = None
    """Every box, the largest first; ``None`` if they were not measured."""
    unmeasured: str = ""
    """Why the boxes were not measured, and what to type."""


def stats(course: Course, items: Sequence[Item], new_a_day: int = 20) -> Stats:
    """Count everything; ``new_a_day`` is how many new cards a student takes on each day."""
    kinds: Counter[str] = Counter()
    for item in items:
        kinds[item.kind] += cards_of(item)
    cards = kinds.total()
    return Stats(
        lessons=tuple(
            LessonStats(
                lesson.number,
                lesson.title,
                len(lesson.concepts),
                sum(item.lesson == lesson.number for item in items),
                sum(cards_of(item) for item in items if item.lesson == lesson.number),
                sum(_asked(concept) for concept in lesson.concepts),
                sum(_pictured(concept) for concept in lesson.concepts),
            )
            for lesson in course.lessons
        ),
        concepts=_sorted(concept.kind for lesson in course.lessons for concept in lesson.concepts),
        notes=_sorted(item.kind for item in items),
        kinds=dict(sorted(kinds.items())),
        cards=cards,
        lengths=_lengths(items),
        graph=_graph(course),
        new_a_day=new_a_day,
        days=-(-cards // new_a_day),
    )


def largest_first(boxes: Iterable[Box]) -> tuple[Box, ...]:
    """Return the boxes by height, the largest first, then by id."""
    return tuple(sorted(boxes, key=lambda box: (-box.millimetres, box.concept)))


def cards_of(item: Item) -> int:
    """Return how many cards an item makes."""
    if item.kind is ItemKind.CLOZE:
        return len(
            {
                inline.ordinal
                for block in item.prompt
                if isinstance(block, Paragraph)
                for inline in block.children
                if isinstance(inline, Cloze)
            }
        )
    if item.figure is not None:
        return len(item.figure.picture.masks)
    return 2 if item.reverse else 1


def _sorted(kinds: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(kinds).items()))


def _asked(concept: Concept) -> bool:
    return any(isinstance(part, Question) for part in concept.body)


def _pictured(concept: Concept) -> bool:
    return any(
        isinstance(part, Figure) or (isinstance(part, Prose) and isinstance(part.block, Picture))
        for part in concept.body
    )


def _lengths(items: Sequence[Item]) -> Lengths:
    words = [
        (word_count(item.answer), item.id)
        for item in items
        if item.answer and item.kind not in (ItemKind.EXAM, ItemKind.LISTING)
    ]
    if not words:
        return Lengths(0, 0, {}, ())
    counts = sorted(count for count, _ in words)
    longest = sorted(words, key=lambda entry: (-entry[0], entry[1]))[:_MOST]
    return Lengths(
        statistics.median(counts),
        counts[min(len(counts) - 1, round(0.95 * len(counts)))],
        dict(sorted(Counter(count // _STEP * _STEP for count in counts).items())),
        tuple((name, count) for count, name in longest),
    )


def _graph(course: Course) -> Graph:
    concepts = [concept for lesson in course.lessons for concept in lesson.concepts]
    pointed: Counter[str] = Counter()
    for concept in concepts:
        pointed.update(_pointed_to(concept))
    by_links = sorted(pointed.items(), key=lambda entry: (-entry[1], entry[0]))
    return Graph(
        needs=sum(len(c.needs) for c in concepts),
        see=sum(len(c.see) for c in concepts),
        contrast=sum(len(c.contrast) for c in concepts),
        most_linked=tuple(by_links[:_MOST]),
        alone=tuple(c.id for c in concepts if not pointed[c.id] and not any(_pointed_to(c))),
    )


def _pointed_to(concept: Concept) -> Iterable[str]:
    return {*concept.needs, *concept.see, *concept.contrast}
