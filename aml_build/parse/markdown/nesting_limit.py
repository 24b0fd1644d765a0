"""The limit on nested blocks.

Markdown-it silently drops a block that is nested too deeply, and everything behind it. Here such a
block is reported, and parsing continues behind it.
"""

from collections import Counter
from collections.abc import MutableMapping
from typing import cast

from markdown_it.parser_block import ParserBlock
from markdown_it.rules_block import StateBlock

from aml_build.diagnostics.codes import Code
from aml_build.parse.parse_context import ParseContext

_DEEPEST = {"list_item_open": 4, "blockquote_open": 8}
"""By the token that opens the block. LaTeX supports at most four nested lists; markdown-it reads more
than both sums."""
_TOO_DEEP = "too deep"
_OPEN = "open"


class BoundedBlocks(ParserBlock):
    """The rules of a configured block parser, up to a depth."""

    def __init__(self, configured: ParserBlock) -> None:
        """Use the rules of ``configured``."""
        super().__init__()
        self.ruler = configured.ruler

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803
        """Generate tokens for the state's range of lines, or record that they are too deep."""
        opened = cast("Counter[str]", state.env.setdefault(_OPEN, Counter()))
        # Not the state's parent type: markdown-it leaves that of a paragraph behind an item's text.
        kind = state.tokens[-1].type if state.tokens else ""
        opened[kind] += 1
        if opened[kind] <= _DEEPEST.get(kind, 1):
            super().tokenize(state, startLine, endLine)
        else:
            _skip(state, startLine, endLine)
        opened[kind] -= 1


def _skip(state: StateBlock, start: int, end: int) -> None:
    """Continue behind a block that is too deep, and record its line."""
    line = start
    while line < end and (state.isEmpty(line) or state.sCount[line] >= state.blkIndent):
        line += 1
    state.line = line
    if not state.isEmpty(start):
        _too_deep(state.env)[start] = None


def _too_deep(env: MutableMapping[str, object]) -> dict[int, None]:
    """Return the 0-based lines on which a block begins that is too deep, in order."""
    return cast("dict[int, None]", env.setdefault(_TOO_DEEP, {}))


def is_too_deep(context: ParseContext, line: int) -> bool:
    """Return whether a block that begins on a 0-based line was too deep to be read."""
    return line in _too_deep(context.env)


def report_depth(context: ParseContext) -> None:
    """Report the blocks that were too deep to be read."""
    for line in _too_deep(context.env):
        context.report(
            context.line_span(line),
            Code.NESTED_TOO_DEEPLY,
            "This is nested too deeply within lists or quotations to be read.",
            "Use at most four lists within each other; what needs more is a concept of its own.",
        )
