"""Source files and places in them."""

import msgspec


class Span(msgspec.Struct, frozen=True, gc=False, order=True):
    """A place in a source file."""

    path: str
    """POSIX path relative to the content root, so that artifacts do not depend on the folder."""
    line: int
    """1-based line; 0 stands for the file as a whole."""
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
        lines = self.text.split("\n")
        return lines[number - 1] if 0 < number <= len(lines) else ""
