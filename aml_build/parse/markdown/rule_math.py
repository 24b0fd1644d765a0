r"""Inline math: ``$…$``; a dollar that begins no formula is an amount of money or a mistake.

The dollarmath plugin of mdit-py-plugins does not fit: it keeps no positions, refuses a digit before
the opening dollar, and silently skips an unclosed dollar.
"""

import re

from markdown_it.rules_inline import StateInline

from aml_build.texmath import loose_words

_BODY = r"(?>[^$\\]|\\[\s\S])"
CLOSED = re.compile(rf"\$(?=\S)({_BODY}+)(?<=\S)\$(?!\d)")
_BEFORE_DIGIT = re.compile(rf"\$(?=\S)({_BODY}+)(?<=\S)\$(?=\d)")
_DOUBLE = re.compile(rf"\$\$({_BODY}*)(\$\$)?")
_SPACED = re.compile(rf"\$({_BODY}+)\$")
_REST = re.compile(rf"\$({_BODY}*)")
_PROSE = 3
"""So many words are no formula."""
_NUMBER = r"(?:\d[\d.,]*|[.,]\d+)"
_AMOUNT = re.compile(
    rf"\$\s?{_NUMBER}(?:k|K|m|M|mn|mln|bn|b|B|t|T|tn|c|[A-Z]{{3}})?(?![\w\\^={{+<>*(\[])"
)
"""A dollar before an amount: ``$5``, ``$ 1,000``, ``$10k``."""
_AFTER_AMOUNT = re.compile(r"\d\s?\Z")
_CURRENCY = re.compile(r"(?<![A-Za-z])(?:US|CA|AU|NZ|HK|NT|MX|SG|[ACRSZ])\Z")
_NO_MATH_AFTER = re.compile(r"(?=[\s.,:;!?)\]/–—-]|\Z)")
_ONLY_NUMBER = re.compile(rf"\s*{_NUMBER}\s*")
_MATHEMATICAL = re.compile(r"[\\^_{}=<>+]")
_TEX = re.compile(r"\\[A-Za-z]|[\w)}\]]\^[\w{]|(?<![A-Za-z])[A-Za-z]_[\w{]")
_STRAY = re.compile(r"[),.;:!?\]]\s*[^\W\d_]{2,}|.*\s[(\[]\Z", re.DOTALL)
"""What begins with the end of a bracket or sentence before words, or ends where a bracket begins."""


def math_rule(state: StateInline, silent: bool) -> bool:
    """Read one formula, an amount of money, or a dollar that belongs to nothing."""
    src, pos, end = state.src, state.pos, state.posMax
    if src[pos] != "$":
        return False
    if src.startswith("$$", pos):
        found = _DOUBLE.match(src, pos, end)
        assert found is not None
        last = found.end() if found[2] else pos + 2
        return _push(state, silent, "math_misplaced", found[1] if found[2] else "$$", last)
    found = CLOSED.match(src, pos, end)
    kind = _kind_of_pair(src, found, end) if found else _kind_of_dollar(src, pos, end)
    if kind in ("money", "math_unclosed"):
        return _push(state, silent, kind, "$", pos + 1)
    found = found or _BEFORE_DIGIT.match(src, pos, end) or _SPACED.match(src, pos, end)
    assert found is not None
    return _push(state, silent, kind, found[1], found.end())


def _kind_of_pair(src: str, found: re.Match[str], end: int) -> str:
    """Return what two dollars are that could enclose a formula."""
    pos, body = found.start(), found[1]
    words = loose_words(body)
    if not _MATHEMATICAL.search(body):
        before, after = src[max(0, pos - 2) : pos], body[-1].isdigit()
        if _AFTER_AMOUNT.search(before) and (after or (words and _STRAY.match(body))):
            return "money"
        if words and _AMOUNT.match(src, pos, end) and (after or _CURRENCY.search(body)):
            return "money"
    if words and _STRAY.match(body):
        return "math_unclosed"
    if len(words) < _PROSE:
        return "math"
    # The second dollar may begin a formula of its own.
    following = CLOSED.match(src, found.end() - 1, end)
    alone = following is None or len(loose_words(following[1])) >= _PROSE
    return "math_words" if alone else "math_unclosed"


def _kind_of_dollar(src: str, pos: int, end: int) -> str:
    """Return what a dollar is that encloses no formula with the next one."""
    spaced = _SPACED.match(src, pos, end)
    if _is_money(src, pos, end) and not _is_number(src, spaced, end):
        return "money"
    if _BEFORE_DIGIT.match(src, pos, end):
        return "math_before_digit"
    if spaced is None or len(loose_words(spaced[1])) >= _PROSE:
        return "math_unclosed"
    closes = spaced[1][0].isspace() or _NO_MATH_AFTER.match(src, spaced.end(), end)
    begins = CLOSED.match(src, spaced.end() - 1, end)
    return "math_spaced" if closes and not begins else "math_unclosed"


def _is_number(src: str, spaced: re.Match[str] | None, end: int) -> bool:
    """Return whether two dollars enclose one number and spaces."""
    if spaced is None or not _ONLY_NUMBER.fullmatch(spaced[1]):
        return False
    return not _AMOUNT.match(src, spaced.end() - 1, end)


def _is_money(src: str, pos: int, end: int) -> bool:
    rest = _REST.match(src, pos, end)
    if rest is None or _TEX.search(rest[1]):
        return False
    if _AMOUNT.match(src, pos, end):
        return True
    before = src[max(0, pos - 3) : pos]
    named = _AFTER_AMOUNT.search(before) or _CURRENCY.search(before)
    return bool(named and _NO_MATH_AFTER.match(src, pos + 1, end))


def _push(state: StateInline, silent: bool, kind: str, tex: str, end: int) -> bool:
    if not silent:
        token = state.push(kind, "", 0)
        token.content = tex
        token.meta = {"pos": state.pos, "end": end}
    state.pos = end
    return True
