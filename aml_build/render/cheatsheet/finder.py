"""The finder: all names on the sheet in alphabetical order, each with the place of its box."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from string import ascii_lowercase

from aml_build.render import latex
from aml_build.render.alphabet import SortKey, first_letter
from aml_build.render.cheatsheet.boxes import Box, Part, Rank
from aml_build.render.cheatsheet.packing import Breaks
from aml_build.render.cheatsheet.paper import SP, Page
from aml_build.render.cheatsheet.sizes import room

_FEW = 6
"""Names; fewer do not need a paragraph for their letter alone."""
_DIGIT, _LETTER = 0.556, 0.611
"""Widths in Helvetica bold, em: of any digit, and of the widest of the letters that columns have."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One name and the box that it leads to."""

    key: SortKey
    tex: str
    box: str
    """Id."""
    title: bool
    """Whether the box bears this name."""


def entries(boxes: Iterable[Box], *, titles_only: bool = False) -> tuple[Entry, ...]:
    """Return the names of the boxes in alphabetical order, those they bear and other names.

    Where neighbours lead to the same box and one begins the other ("Charter", "Charters"), the name that the
    box bears stays, else the shorter.
    """
    kept: list[Entry] = []
    found = (entry for entry in _all(boxes) if entry.title or not titles_only)
    for entry in sorted(found, key=lambda entry: (entry.key, entry.box)):
        before = kept[-1] if kept else None
        if before and before.box == entry.box and entry.key[0].startswith(before.key[0]):
            if entry.title:
                kept[-1] = entry
        else:
            kept.append(entry)
    return tuple(kept)


def _all(boxes: Iterable[Box]) -> Iterator[Entry]:
    for box in boxes:
        for number, name in enumerate(box.names):
            yield Entry(name.key, name.tex, box.id, title=number == 0)


def groups(found: Iterable[Entry]) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    """Return the entries under the letters with which they begin: "A", or "B–D" where these are few."""
    made: list[tuple[str, str, tuple[Entry, ...]]] = []
    for letter, group in groupby(found, lambda entry: first_letter(entry.key)):
        if made and len(made[-1][2]) < _FEW:
            first, _, before = made.pop()
            made.append((first, letter, before + tuple(group)))
        else:
            made.append((letter, letter, tuple(group)))
    return tuple((a if a == z else f"{a}\u2013{z}", own) for a, z, own in made)


@dataclass(frozen=True, slots=True)
class Finder:
    """A finder as TeX sets it: paragraphs as wide as a column, to be broken into columns at any line.

    It does not depend on where the boxes stand: a place has a fixed width, and what it says is given
    when the sheet is printed.
    """

    part: Part

    @property
    def slot(self) -> str:
        """Return the name of its part within the whole sheet; no concept's id has a colon."""
        return f"finder:{self.part.name}"


def finder(found: Sequence[Entry], page: Page) -> Finder:
    """Return the finder of these entries."""
    width = _place_width(page)
    lines = [f"\\amlfinderkey{{{_explained(page)}}}%\n"]
    for letters, own in groups(found):
        names = "".join(f"\\amlentry{{{entry.box}}}{{{entry.tex}}}\n" for entry in own)
        lines.append(f"\\amlletters{{{latex.escape(letters)}}}{{{width:.3f}}}{{{names}}}%\n")
    name = f"{len(found)} names, {width:.3f} em"
    return Finder(Part(name, f"\\amlfindertext{{{''.join(lines)}}}", Rank.CORE))


_TEXT, _LEADING = 0.995, 0.86 * 1.175
"""Height of a single line, and the distance of two, em of the base size."""


def lines(height: int, size: float) -> int:
    """Return how many lines a finder of this height, sp, has at a base size in pt."""
    em = size * SP
    return round((height - _TEXT * em) / (_LEADING * em)) + 1


def box_height(text: int, size: float) -> int:
    """Return the height of the finder in a column, sp; its text has a height of its own."""
    space = room(size)
    return space.above_body + text + space.below_body


def strip_height(count: int, size: float) -> int:
    """Return what a strip of so many lines takes below the columns, with the gap above, sp."""
    if not count:
        return 0
    text = round((_TEXT + (count - 1) * _LEADING) * size * SP)
    return room(size).between_boxes + box_height(text, size)


def strips(count: int, page: Page, size: float) -> tuple[int, ...]:
    """Return how many lines high the strip of each page is: all that the last can hold, then the one before."""
    most, found = 0, []
    while strip_height(most + 1, size) <= page.column_height:
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
    first = labels(page, 1)[0]
    on = "page 1, " if page.pages > 1 else ""
    return f"\\textbf{{{first}1}}: {on}column a, first box"


def labels(page: Page, number: int) -> tuple[str, ...]:
    """Return what the columns of a page are called in print."""
    on = str(number) if page.pages > 1 else ""
    return tuple(f"{on}{letter}" for letter in ascii_lowercase[: page.columns])


def places(boxes: Sequence[Box], breaks: Breaks, page: Page) -> dict[str, str]:
    """Return by id where each box stands: its column's label and its number from the top."""
    columns = [label for number in range(page.pages) for label in labels(page, number + 1)]
    found, start = {}, 0
    for label, end in zip(columns, breaks, strict=False):
        for number, box in enumerate(boxes[start:end], start=1):
            found[box.id] = f"{label}{number}"
        start = end
    return found
