"""Attributes in a line of text, and on a line of their own before a list or a table."""

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from aml_build.parse.attributes import ATTRIBUTES, OPENING


def attributes_rule(state: StateInline, silent: bool) -> bool:
    """Read braces within text; misplaced braces are reported later."""
    src, pos = state.src, state.pos
    if src[pos] != "{" or not OPENING.match(src, pos, state.posMax):
        return False
    found = ATTRIBUTES.match(src, pos, state.posMax)
    end = found.end() if found else pos + 1
    if not silent:
        token = state.push("attributes" if found else "attributes_unclosed", "", 0)
        token.content = src[pos:end]
        token.meta = {"pos": pos, "end": end}
    state.pos = end
    return True


def attributes_line_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read braces alone on their line; at the end of a paragraph they belong to the paragraph."""
    pos = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("{", pos):
        return False
    line = state.src[pos : state.eMarks[start]].rstrip()
    if not ATTRIBUTES.fullmatch(line):
        return False
    if silent:
        return start + 1 < end and not state.isEmpty(start + 1)
    token = state.push("attributes_line", "", 0)
    token.content = line
    token.map = [start, start + 1]
    state.line = start + 1
    return True
