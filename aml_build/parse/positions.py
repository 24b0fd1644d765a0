"""Lines and columns of the file, from offsets in a piece of its text."""

import re
from bisect import bisect_right

from aml_build.diagnostics.source import Span

_BARE = re.compile(r"(?:\s|[>*+-]|\d+[.)])*")
"""A line of nothing but marks of quotations and items."""


class Place:
    """The position in the file of each line of a piece of text."""

    __slots__ = ("_base", "_rows", "_starts", "path")

    def __init__(self, path: str, rows: tuple[tuple[int, int, int], ...], base: int = 0) -> None:
        """Take for each line of the text: its offset, its 1-based line, its 1-based column."""
        self.path = path
        self._rows = rows
        self._starts = [row[0] for row in rows]
        self._base = base

    def at(self, offset: int) -> tuple[int, int]:
        """Return the 1-based line and column of an offset."""
        offset += self._base
        start, line, column = self._rows[max(0, bisect_right(self._starts, offset) - 1)]
        return line, column + offset - start

    def span(self, offset: int, length: int = 1) -> Span:
        """Return the span of some characters, cut at the end of their line."""
        line, column = self.at(offset)
        absolute = offset + self._base
        following = bisect_right(self._starts, absolute)
        if following < len(self._starts):
            length = min(length, self._starts[following] - 1 - absolute)
        return Span(self.path, line, column, max(1, length))

    def shifted(self, base: int) -> "Place":
        """Return the place of the text from an offset on."""
        return Place(self.path, self._rows, self._base + base)


def place_of(path: str, lines: list[str], content: str, first: int) -> Place:
    """Locate text whose lines are the ends of the file's lines from 0-based ``first`` on.

    All text from Markdown is of this kind: Markdown strips markers and indentation before a line
    and white space behind it.
    """
    texts = content.split("\n")
    # A line of Unicode spaces is no blank line to Markdown, but it strips the line.
    top = texts[0].rstrip()
    while (
        first + 1 < len(lines)
        and not lines[first].rstrip().endswith(top)
        and _BARE.fullmatch(lines[first])
    ):
        first += 1
    rows = []
    offset = 0
    for index, text in enumerate(texts, first):
        raw = lines[index] if index < len(lines) else ""
        column = max(0, len(raw.rstrip()) - len(text.rstrip()))
        rows.append((offset, index + 1, column + 1))
        offset += len(text) + 1
    return Place(path, tuple(rows))


def single(path: str, line: int, column: int) -> Place:
    """Return the place of text within one line."""
    return Place(path, ((0, line, column),))


def within_cell(path: str, line: int, column: int, raw: str) -> Place:
    r"""Return the place of a table cell's text, in which each ``\|`` has become ``|``."""
    rows = [(0, line, column)]
    seen = raw.find("\\|")
    dropped = 0
    while seen >= 0:
        dropped += 1
        rows.append((seen - dropped + 1, line, column + seen + 1))
        seen = raw.find("\\|", seen + 2)
    return Place(path, tuple(rows))
