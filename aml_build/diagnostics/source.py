"""Source files and places in them."""

from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate

import msgspec


class Span(msgspec.Struct, frozen=True, gc=False, order=True):
    """A place in a source file."""

    path: str
    """POSIX path relative to the content root, so that artifacts do not depend on the folder."""
    line: int
    """1-based line; 0 means the whole file."""
    column: int
    """1-based column, in code points."""
    length: int = 1
    """Code points to underline; never past the end of the line."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


class Source(msgspec.Struct, frozen=True, gc=False):
    """One text file of a course, as it was read."""

    path: str
    """POSIX path relative to the content root."""
    text: str
    """The whole text, newlines normalised to ``\\n``."""

    def line(self, number: int) -> str:
        """Return the 1-based line without its newline, or an empty text past the end."""
        starts = _starts(self.text)
        if not 0 < number < len(starts):
            return ""
        return self.text[starts[number - 1] : starts[number] - 1]

    def offset(self, number: int) -> int:
        """Return the offset of a 1-based line's start; that of the text's start for line 0."""
        starts = _starts(self.text)
        return starts[min(max(number, 1), len(starts)) - 1]

    def at(self, offset: int) -> tuple[int, int]:
        """Return the 1-based line and column of an offset in the text."""
        starts = _starts(self.text)
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1


# Thousands of mistakes come file after file, so the line starts of the last files are cached.
@lru_cache(maxsize=4)
def _starts(text: str) -> tuple[int, ...]:
    """Return the offset of each line's start, and of the line after the last."""
    return tuple(accumulate((len(line) + 1 for line in text.split("\n")), initial=0))
