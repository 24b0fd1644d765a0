r"""Marks of other formats as tokens: within a line of text, and over several lines.

What ``\begin``, ``\[`` or ``%%`` opens at the start of a line is one paragraph up to its end, so
that nothing in it is read as a list or a heading.
"""

import re
from collections.abc import MutableMapping
from typing import cast

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from aml_build.parse.markdown.foreign_latex import BEGIN
from aml_build.parse.markdown.foreign_marks import foreign_at

FOREIGN = "foreign"
"""The type of the tokens; their ``meta`` has the message and the hint."""
_BOX = re.compile(r":{3,}")
_BOXES = "open boxes"


def foreign_rule(state: StateInline, silent: bool) -> bool:
    """Read one mark of another format."""
    found = foreign_at(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        token = state.push(FOREIGN, "", 0)
        token.content = state.src[state.pos : found.end]
        token.meta = {
            "pos": state.pos,
            "end": found.end,
            "message": found.message,
            "hint": found.hint,
        }
    state.pos = found.end
    return True


def foreign_block_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a foreign construct that begins a line as a paragraph of its own."""
    pos = state.bMarks[start] + state.tShift[start]
    if pos >= state.eMarks[start] or state.src[pos] not in "\\%:":
        return False
    line = state.src[pos : state.eMarks[start]]
    last = start if _BOX.match(line) else _last_line(state, line, start, end)
    if last is None:
        return False
    if not silent:
        if not _closes_box(state.env, line):
            _push_paragraph(state, start, last + 1)
        state.line = last + 1
    return True


def _last_line(state: StateBlock, line: str, start: int, end: int) -> int | None:
    """Return the line that ends what a line begins, if it is another line."""
    if begin := BEGIN.match(line):
        return _line_with(state, f"\\end{{{begin[1]}}}", line, start, end, blank=True)
    if line.startswith("\\["):
        return _line_with(state, "\\]", line, start, end, blank=False)
    if line.startswith("%%"):
        return _line_with(state, "%%", line[2:], start, end, blank=True)
    return None


def _line_with(
    state: StateBlock, closing: str, first: str, start: int, end: int, *, blank: bool
) -> int | None:
    """Return the first line below that has a text; ``blank`` tells whether to search past a blank line."""
    if closing in first:
        return None
    for line in range(start + 1, end):
        if state.isEmpty(line):
            if not blank:
                return None
        elif state.sCount[line] < state.blkIndent:
            return None
        elif closing in state.src[state.bMarks[line] : state.eMarks[line]]:
            return line
    return None


def _closes_box(env: MutableMapping[str, object], line: str) -> bool:
    """Count the open boxes; return whether a line closes one, whose beginning is reported."""
    if not _BOX.match(line):
        return False
    opened = cast("list[str]", env.setdefault(_BOXES, []))
    if line.strip(": \t"):
        opened.append(line)
        return False
    if opened:
        opened.pop()
        return True
    return False


def _push_paragraph(state: StateBlock, start: int, end: int) -> None:
    token = state.push("paragraph_open", "p", 1)
    token.map = [start, end]
    token = state.push("inline", "", 0)
    token.content = state.getLines(start, end, state.blkIndent, False).strip()
    token.map = [start, end]
    token.children = []
    state.push("paragraph_close", "p", -1)
