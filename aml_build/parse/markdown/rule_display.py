"""Display math: a block between ``$$`` and ``$$``, with attributes behind it.

The dollarmath plugin of mdit-py-plugins does not fit: it reads labels in parentheses instead of
attributes, keeps no positions, and reads an unclosed block as text.
"""

import re

from markdown_it.rules_block import StateBlock

_CLOSING = re.compile(r"(?<!\\)\$\$")


def display_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a block that begins with ``$$``, up to the closing ``$$``, a blank line or the end."""
    pos = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("$$", pos):
        return False
    if silent:
        return True
    rows: list[tuple[int, int]] = []
    line, at, found = start, pos + 2, None
    while True:
        found = _CLOSING.search(state.src, at, state.eMarks[line])
        rows.append((at, found.start() if found else state.eMarks[line]))
        if found:
            break
        line += 1
        if line >= end or state.isEmpty(line) or state.sCount[line] < state.blkIndent:
            break
        at = state.bMarks[line] + state.tShift[line]
    token = state.push("display" if found else "display_unclosed", "", 0)
    state.line = line + 1 if found else line
    token.map = [start, state.line]
    token.content = "\n".join(state.src[a:b] for a, b in rows)
    token.info = state.src[found.end() : state.eMarks[line]] if found else ""
    token.meta = {"rows": rows, "tail": found.end() if found else 0}
    return True
