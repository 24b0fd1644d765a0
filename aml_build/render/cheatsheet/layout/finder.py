"""The finder: the names of all boxes on the sheet, alphabetical, each with the place of its box."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from string import ascii_lowercase

from aml_build.render import latex
from aml_build.render.alphabet import SortKey, first_letter
from aml_build.render.cheatsheet.content.box import Box, Part, Rank
from aml_build.render.cheatsheet.layout.paper import SP, Page
from aml_build.render.cheatsheet.layout.sizes import spacing
from aml_build.render.latex_phrases import latex_phrase

_FEW = 6
"""Names; a letter with fewer shares its paragraph with the next letter."""
_DIGIT, _LETTER = 0.556, 0.611
"""Widths in Helvetica bold, em: of any digit, and of the widest letter that names a column."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One name and the box that it leads to."""

    key: SortKey
    tex: str
    box: str
    """Id."""
    title: bool
    """Whether it is the title of the box."""


def entries(boxes: Iterable[Box], *, titles_only: bool = False) -> tuple[Entry, ...]:
    """Return the titles of the boxes and their other names in alphabetical order.

    Where adjacent names lead to the same box and one begins with the other ("Charter", "Charters"),
    only the title is kept; if neither is the title, the shorter.
    """
    found = (
        Entry(name.key, name.tex, box.id, title=number == 0)
        for box in boxes
        for number, name in enumerate(box.names[:1] if titles_only else box.names)
    )
    kept: list[Entry] = []
    for entry in sorted(found, key=lambda entry: (entry.key, entry.box)):
        before = kept[-1] if kept else None
        if before and before.box == entry.box and entry.key[0].startswith(before.key[0]):
            if entry.title:
                kept[-1] = entry
        else:
            kept.append(entry)
    return tuple(kept)


def groups(found: Iterable[Entry]) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    """Return the entries by first letter: "A", or "B–D" where these letters have few entries."""
    made: list[tuple[str, str, tuple[Entry, ...]]] = []
    for letter, group in groupby(found, lambda entry: first_letter(entry.key)):
        if made and len(made[-1][2]) < _FEW:
            first, _, before = made.pop()
            made.append((first, letter, before + tuple(group)))
        else:
            made.append((letter, letter, tuple(group)))
    return tuple((a if a == z else f"{a}\u2013{z}", own) for a, z, own in made)


def finder(boxes: Iterable[Box], page: Page, *, titles_only: bool = False) -> Part:
    """Return the finder of these boxes: paragraphs as wide as a column, which may break at any line.

    It does not depend on where the boxes are: each place has a fixed width and is filled in when the
    sheet is printed.
    """
    found, width = entries(boxes, titles_only=titles_only), _place_width(page)
    paragraphs = [f"\\amlfinderkey{{{_explained(page)}}}%\n"]
    for letters, own in groups(found):
        names = "".join(f"\\amlentry{{{entry.box}}}{{{entry.tex}}}\n" for entry in own)
        paragraphs.append(f"\\amlletters{{{latex.escape(letters)}}}{{{width:.3f}}}{{{names}}}%\n")
    name = f"{len(found)} names, {width:.3f} em"
    # No concept's id has a colon.
    return Part(name, f"\\amlfindertext{{{''.join(paragraphs)}}}", Rank.CORE, f"finder:{name}")


_TEXT, _LEADING = 0.995, 0.86 * 1.175
"""Height of a single line, and the distance of two lines, em of the base size."""


def lines(height: int, size: float) -> int:
    """Return how many lines a finder of this height, sp, has at a base size in pt."""
    em = size * SP
    return round((height - _TEXT * em) / (_LEADING * em)) + 1


def finder_height(text: int, size: float) -> int:
    """Return the height of a finder in a column, sp; its text alone is ``text`` high."""
    space = spacing(size)
    return space.above_body + text + space.below_body


def strip_height(count: int, size: float) -> int:
    """Return the height that a strip of so many lines takes below the columns, with its gap, sp."""
    if not count:
        return 0
    text = round((_TEXT + (count - 1) * _LEADING) * size * SP)
    return spacing(size).between_boxes + finder_height(text, size)


def strips(count: int, page: Page, size: float) -> tuple[int, ...]:
    """Return the number of lines in each page's strip; the last page is filled first."""
    most, found, full = 0, [], page.column_height
    while strip_height(most + 1, size) <= full:
        most += 1
    for _ in range(page.pages):
        high = min(most, -(-count // page.columns))
        found.append(high)
        count = max(0, count - high * page.columns)
    return tuple(reversed(found))


def _place_width(page: Page) -> float:
    """Return the width of any place on the sheet, em; a column has fewer than a hundred boxes."""
    pages = len(str(page.pages)) if page.pages > 1 else 0
    return (pages + 2) * _DIGIT + _LETTER


def _explained(page: Page) -> str:
    example = f"\\textbf{{{labels(page, 1)[0]}1}}"
    if page.pages > 1:
        return latex_phrase("sheet.place-on-page", example=example)
    return latex_phrase("sheet.place", example=example)


def labels(page: Page, number: int) -> tuple[str, ...]:
    """Return the printed names of a page's columns: ``a``, or ``2a`` where there are several pages."""
    on = str(number) if page.pages > 1 else ""
    return tuple(f"{on}{letter}" for letter in ascii_lowercase[: page.columns])


def places(boxes: Sequence[Box], breaks: Iterable[int], page: Page) -> dict[str, str]:
    """Return the place of each box by id: its column's label and its number from the top.

    ``breaks`` are the indices after the last box of each column.
    """
    columns = [label for number in range(page.pages) for label in labels(page, number + 1)]
    found, start = {}, 0
    for label, end in zip(columns, breaks, strict=False):
        for number, box in enumerate(boxes[start:end], start=1):
            found[box.id] = f"{label}{number}"
        start = end
    return found
