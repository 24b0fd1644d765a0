"""Counts of a course: what there is, how long it is, how it hangs together."""

import statistics
from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from aml_build.items import Item, ItemKind
from aml_build.model import Cloze, Concept, Course, Figure, Paragraph, Picture, Prose, Question
from aml_build.plain import word_count


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
    """How many words answers have, exam answers and whole lists aside."""

    median: float
    percentile_95: float
    longest: tuple[tuple[str, int], ...]
    """Ids of the items with the longest answers, and their words."""


class Graph(msgspec.Struct, frozen=True):
    """How concepts point to each other."""

    needs: int
    see: int
    contrast: int
    most_linked: tuple[tuple[str, int], ...]
    """Ids of the concepts that most others point to, and how many do."""
    alone: tuple[str, ...]
    """Ids of the concepts that point nowhere and that nothing points to."""


class Stats(msgspec.Struct, frozen=True):
    """A whole course in numbers."""

    lessons: tuple[LessonStats, ...]
    kinds: dict[str, int]
    """Cards by kind of item."""
    cards: int
    lengths: Lengths
    graph: Graph
    days: int
    """Days until every card was seen once."""


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
        kinds=dict(sorted(kinds.items())),
        cards=cards,
        lengths=_lengths(items),
        graph=_graph(course),
        days=-(-cards // new_a_day),
    )


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
        return Lengths(0, 0, ())
    counts = sorted(count for count, _ in words)
    longest = sorted(words, key=lambda entry: (-entry[0], entry[1]))[:10]
    return Lengths(
        statistics.median(counts),
        counts[min(len(counts) - 1, round(0.95 * len(counts)))],
        tuple((name, count) for count, name in longest),
    )


def _graph(course: Course) -> Graph:
    concepts = [concept for lesson in course.lessons for concept in lesson.concepts]
    pointed: Counter[str] = Counter()
    for concept in concepts:
        pointed.update(_pointed_to(concept))
    return Graph(
        needs=sum(len(c.needs) for c in concepts),
        see=sum(len(c.see) for c in concepts),
        contrast=sum(len(c.contrast) for c in concepts),
        most_linked=tuple(sorted(pointed.items(), key=lambda entry: (-entry[1], entry[0]))[:10]),
        alone=tuple(c.id for c in concepts if not pointed[c.id] and not any(_pointed_to(c))),
    )


def _pointed_to(concept: Concept) -> Iterable[str]:
    return {*concept.needs, *concept.see, *concept.contrast}


def told(stats: Stats) -> str:
    """Return the numbers as tables for the terminal."""
    lines = [f"{'lesson':<44} concepts   notes   cards  with question  with figure"]
    lines += [
        f"{lesson.number:>3} {lesson.title[:40]:<40} {lesson.concepts:>8} {lesson.items:>7} "
        f"{lesson.cards:>7} {lesson.questions:>14} {lesson.figures:>12}"
        for lesson in stats.lessons
    ]
    lines += ["", "cards by kind: " + ", ".join(f"{n} {kind}" for kind, n in stats.kinds.items())]
    lines.append(f"all: {stats.cards} cards, seen once after {stats.days} days")
    lengths, graph = stats.lengths, stats.graph
    lines.append(
        f"answers: {lengths.median:g} words in the middle, 95 of 100 have at most "
        f"{lengths.percentile_95:g}"
    )
    lines.append("longest: " + ", ".join(f"{name} ({words})" for name, words in lengths.longest))
    lines.append(f"links: {graph.needs} needs, {graph.see} see, {graph.contrast} contrast")
    lines.append("most linked: " + ", ".join(f"{name} ({n})" for name, n in graph.most_linked))
    if graph.alone:
        lines.append("linked to nothing: " + ", ".join(graph.alone))
    return "\n".join(lines)
