"""Unicode spaces at the start of a line, read as the spaces that Markdown asks for there.

Keyboards and websites put a no-break space behind ``##`` or ``-``, where nobody sees it, and
Markdown would read the line as text. Each is replaced by one space, so all places stay the same.
"""

import re
from collections.abc import Sequence

SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
"""All spaces of Unicode beside the ordinary one, as part of a character class."""
_ANY = re.compile(f"[{SPACES}]")
_BLANK = f"[ \t{SPACES}]"
_START = re.compile(
    rf"{_BLANK}*(?:>{_BLANK}*|(?:[-*+]|\d{{1,9}}[.)])(?:{_BLANK} *|$))*(?:#{{1,6}}{_BLANK}+)?"
)
_MARKS_ALONE = re.compile(
    rf"{_BLANK}*(?:`{{3,}}|~{{3,}}|(?=[^|]*\|)(?=[^-]*-)(?:{_BLANK}|[|:-])+){_BLANK}*"
)
"""A line that closes code, or the dashes of a table: blanks have no meaning anywhere in it."""


def with_ordinary_spaces(lines: Sequence[str]) -> list[str]:
    """Return lines in which the spaces before the text, between and behind marks are ordinary ones."""
    return [_ordinary(line) if _ANY.search(line) else line for line in lines]


def _ordinary(line: str) -> str:
    if _MARKS_ALONE.fullmatch(line):
        return _ANY.sub(" ", line)
    found = _START.match(line)
    end = found.end() if found else 0
    return _ANY.sub(" ", line[:end]) + line[end:]
