r"""Inline math: ``$…$``.

The dollarmath plugin of mdit-py-plugins does not fit: it keeps no positions, refuses a digit before
the opening dollar, and silently skips an unclosed dollar.
"""

import re

from markdown_it.rules_inline import StateInline

_CLOSED = re.compile(r"\$(?=\S)((?>[^$\\]|\\[\s\S])+)(?<=\S)\$(?!\d)")
_DOUBLE = re.compile(r"\$\$((?>[^$\\]|\\[\s\S])*)(\$\$)?")
_SPACED = re.compile(r"\$((?>[^$\\]|\\[\s\S])+)\$")
_MATHEMATICAL = re.compile(r"[\\^_{}=<>+]")
_MONEY = re.compile(r"\$\d[\d.,]*(?![\w\\^_{])")


def math_rule(state: StateInline, silent: bool) -> bool:
    """Read one formula, or a dollar that looks like the beginning of one."""
    src, pos = state.src, state.pos
    if src[pos] != "$":
        return False
    if src.startswith("$$", pos):
        found = _DOUBLE.match(src, pos, state.posMax)
        assert found is not None
        end = found.end() if found[2] else pos + 2
        return _push(state, silent, "math_misplaced", found[1] if found[2] else "$$", end)
    found = _CLOSED.match(src, pos, state.posMax)
    if found:
        return _push(state, silent, "math", found[1], found.end())
    spaced = _SPACED.match(src, pos, state.posMax)
    following = src[pos + 1 : pos + 2]
    if spaced and _MATHEMATICAL.search(spaced[1]) and not spaced[1].strip()[:1].isdigit():
        return _push(state, silent, "math_spaced", spaced[1], spaced.end())
    if following.strip() and not spaced and not _MONEY.match(src, pos):
        return _push(state, silent, "math_unclosed", "$", pos + 1)
    return False


def _push(state: StateInline, silent: bool, kind: str, tex: str, end: int) -> bool:
    if not silent:
        token = state.push(kind, "", 0)
        token.content = tex
        token.meta = {"pos": state.pos, "end": end}
    state.pos = end
    return True
