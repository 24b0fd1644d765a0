"""How deeply blocks may stand within each other.

Markdown-it leaves out what lies too deep, and everything behind it, without a word. Here it is noted, and
the reading goes on behind it.
"""

from collections import Counter
from collections.abc import MutableMapping
from typing import cast

from markdown_it.parser_block import ParserBlock
from markdown_it.rules_block import StateBlock

from aml_build.diagnostics.codes import Code
from aml_build.parse.parse_context import Desk

_DEEPEST = {"list": 4, "blockquote": 8}
"""Of each, by markdown-it's name. LaTeX sets no five lists in one answer; both together stay below what markdown-it reads."""
_NOTED = "too deep"
_OPEN = "open"


class BoundedBlocks(ParserBlock):
    """The rules of a configured block parser, up to a depth."""

    def __init__(self, configured: ParserBlock) -> None:
        """Take over all rules."""
        super().__init__()
        self.ruler = configured.ruler

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803
        """Generate tokens for the state's range of lines, or note that they lie too deep."""
        opened = cast("Counter[str]", state.env.setdefault(_OPEN, Counter()))
        kind = state.parentType
        opened[kind] += 1
        if opened[kind] <= _DEEPEST.get(kind, 1):
            super().tokenize(state, startLine, endLine)
        else:
            _leave_out(state, startLine, endLine)
        opened[kind] -= 1


def _leave_out(state: StateBlock, start: int, end: int) -> None:
    """Go on behind a block that lies too deep."""
    line = start
    while line < end and (state.isEmpty(line) or state.sCount[line] >= state.blkIndent):
        line += 1
    state.line = line
    if not state.isEmpty(start):
        _noted(state.env)[start] = None


def _noted(env: MutableMapping[str, object]) -> dict[int, None]:
    """Return the lines (0-based) on which something too deep begins, in order."""
    return cast("dict[int, None]", env.setdefault(_NOTED, {}))


def lies_too_deep(desk: Desk, line: int) -> bool:
    """Tell whether what begins on a line (0-based) lay too deep to be read."""
    return line in _noted(desk.env)


def report_depth(desk: Desk) -> None:
    """Report what lay too deep to be read."""
    for line in _noted(desk.env):
        desk.report(
            desk.line_span(line),
            Code.NESTED_TOO_DEEPLY,
            "This stands too deep within lists or quotations to be read.",
            "Use at most four lists within each other; what needs more is a concept of its own.",
        )
