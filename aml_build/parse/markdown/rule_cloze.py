"""Highlights that hide words: ``==words=={.c1}``."""

import re

from markdown_it.rules_inline import StateInline

from aml_build.parse.attributes import ATTRIBUTES
from aml_build.parse.markdown.rule_math import CLOSED

CODE = r"(?<!`)(?P<ticks>`+)(?!`)(?>(?!(?<!`)(?P=ticks)(?!`))[\s\S])+(?<!`)(?P=ticks)(?!`)"
"""The pattern of a code span, with its backticks."""
_CLOSED = re.compile(
    rf"==(?=\S)(?P<words>(?>\\[\s\S]|{CLOSED.pattern}|{CODE}|(?!==)[\s\S])+)(?<=\S)=="
)
"""An escaped character, a formula and code are each read as a whole."""
_WORD = re.compile(r"\w")


def cloze_rule(state: StateInline, silent: bool) -> bool:
    """Read one highlight and the attributes right behind it."""
    src, pos = state.src, state.pos
    if not src.startswith("==", pos):
        return False
    found = _CLOSED.match(src, pos, state.posMax)
    if found is None:
        return _unclosed(state, silent)
    attributes = ATTRIBUTES.match(src, found.end(), state.posMax)
    end = attributes.end() if attributes else found.end()
    if not silent:
        maximum = state.posMax
        state.pos, state.posMax = found.start("words"), found.end("words")
        token = state.push("cloze_open", "mark", 1)
        token.content = attributes[0] if attributes else ""
        token.meta = {"pos": pos, "end": end, "after": found.end()}
        state.md.inline.tokenize(state)
        state.push("cloze_close", "mark", -1)
        state.posMax = maximum
    state.pos = end
    return True


def _unclosed(state: StateInline, silent: bool) -> bool:
    """Read an opening mark without a closing one; a comparison sign between words stays text."""
    src, pos = state.src, state.pos
    if src[pos + 2 : pos + 3].strip() in ("", "="):
        return False
    if pos and _WORD.match(src, pos - 1):
        return False
    if not silent:
        token = state.push("cloze_unclosed", "", 0)
        token.content = "=="
        token.meta = {"pos": pos, "end": pos + 2}
    state.pos = pos + 2
    return True
