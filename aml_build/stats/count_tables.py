"""The counts of a course as tables for a terminal."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from aml_build.phrases import count_of
from aml_build.stats.counts import Box, Graph, Lengths, Stats

_TITLE = 36
"""Columns for a lesson's title."""
_BAR = 40
"""Columns of the longest bar."""
_LARGEST = 10
"""Number of boxes that are listed without ``--all-boxes``."""


def as_text(stats: Stats, *, all_boxes: bool = False) -> str:
    """Return everything as tables; with ``all_boxes``, every box of the cheat sheet, by lesson."""
    parts = [
        _lessons(stats),
        _kinds("concepts by kind", stats.concepts),
        _cards(stats),
        _lengths(stats.lengths),
        _graph(stats.graph),
        _sheet(stats, all_boxes=all_boxes),
    ]
    return "\n\n".join("\n".join(part) for part in parts)


def _lessons(stats: Stats) -> Iterable[str]:
    on_sheet = [box for box in stats.sheet or () if box.shown]
    counts = [
        (lesson.concepts, lesson.items, lesson.cards, lesson.questions, lesson.figures)
        for lesson in stats.lessons
    ]
    rows = [
        (
            f"{lesson.number:>3} {_cut(lesson.title)}",
            *numbers,
            *([_millimetres(b for b in on_sheet if b.lesson == lesson.number)] * bool(stats.sheet)),
        )
        for lesson, numbers in zip(stats.lessons, counts, strict=True)
    ]
    whole = [sum(row[at] for row in counts) for at in range(5)]
    head = ("lesson", "concepts", "notes", "cards", "with question", "with figure")
    end = ("    all", *whole, *([_millimetres(on_sheet)] * bool(stats.sheet)))
    return _table((*head, *(["sheet, mm"] * bool(stats.sheet))), (*rows, end))


def _kinds(title: str, counted: Mapping[str, int]) -> Iterable[str]:
    return _table((title, ""), tuple(counted.items()))


def _cards(stats: Stats) -> Iterator[str]:
    rows = [(kind, stats.notes[kind], cards) for kind, cards in stats.kinds.items()]
    yield from _table(("cards by kind", "notes", "cards"), rows)
    days = count_of(stats.days, "day")
    yield f"at {stats.new_a_day} new cards a day, every card has been seen once after {days}"


def _lengths(lengths: Lengths) -> Iterator[str]:
    yield "answers by their number of words (without exam answers and whole lists)"
    most = max(lengths.distribution.values(), default=0)
    for start, count in lengths.distribution.items():
        bar = "#" * -(-count * _BAR // most)
        yield f"  {start:>3} to {start + 9:<3}  {bar:<{_BAR}} {count:>5}"
    yield (
        f"half have at most {lengths.median:g} words, 95 of 100 at most {lengths.percentile_95:g}"
    )
    yield from _named("the longest answers, in words:", lengths.longest)


def _graph(graph: Graph) -> Iterator[str]:
    yield f"links: {graph.needs} needs, {graph.see} see, {graph.contrast} contrast"
    yield from _named("the most linked, by how many concepts point to them:", graph.most_linked)
    if graph.alone:
        yield "linked to nothing: " + ", ".join(graph.alone)


def _sheet(stats: Stats, *, all_boxes: bool) -> Iterator[str]:
    if stats.sheet is None:
        yield f"cheat sheet: what each box costs is not known. {stats.unmeasured}"
        return
    shown = [box for box in stats.sheet if box.shown]
    yield (
        f"cheat sheet: {len(shown)} of {len(stats.sheet)} boxes are on it, {_millimetres(shown)} mm"
        " of column"
    )
    if not all_boxes:
        if stats.sheet:
            yield "the dearest boxes, in mm of column (--all-boxes lists every one):"
        yield from _boxes(stats.sheet[:_LARGEST])
        return
    titles = {lesson.number: lesson.title for lesson in stats.lessons}
    for lesson, group in groupby(_by_lesson(stats), key=lambda box: box.lesson):
        yield f"lesson {lesson}, {titles[lesson]}, in mm of column:"
        yield from _boxes(tuple(group))


def _by_lesson(stats: Stats) -> list[Box]:
    """Return the boxes by lesson, the largest of each first."""
    place = {lesson.number: at for at, lesson in enumerate(stats.lessons)}
    return sorted(stats.sheet or (), key=lambda box: place[box.lesson])


def _boxes(boxes: Sequence[Box]) -> Iterator[str]:
    for box in boxes:
        yield f"{box.millimetres:8.1f}  {box.concept}{'' if box.shown else '  (left out)'}"


def _millimetres(boxes: Iterable[Box]) -> str:
    return f"{sum(box.millimetres for box in boxes):.0f}"


def _named(title: str, entries: Sequence[tuple[str, int]]) -> Iterator[str]:
    if entries:
        yield title
    for name, count in entries:
        yield f"{count:8}  {name}"


def _cut(title: str) -> str:
    return title if len(title) <= _TITLE else f"{title[: _TITLE - 1].rstrip()}…"


def _table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[str]:
    """Yield a table whose first column is words and whose others are numbers."""
    lines = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(head))]
    for first, *numbers in lines:
        cells = [first.ljust(widths[0])]
        cells += [n.rjust(width) for n, width in zip(numbers, widths[1:], strict=True)]
        yield "  ".join(cells).rstrip()
