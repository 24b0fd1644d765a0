"""The tokens of LaTeX math."""

import re
from enum import StrEnum

import msgspec


class TokenKind(StrEnum):
    """The kind of a token."""

    COMMAND = "command"
    """A backslash and letters, or a backslash and one other character."""
    OPEN = "open"
    CLOSE = "close"
    SUPERSCRIPT = "superscript"
    SUBSCRIPT = "subscript"
    ALIGN = "align"
    PARAMETER = "parameter"
    """``#``, with its digit where there is one."""
    COMMENT = "comment"
    """A ``%`` alone: comments are not supported."""
    DOLLAR = "dollar"
    SPACE = "space"
    """A run of white space; it may contain newlines."""
    CHARACTER = "character"


class Token(msgspec.Struct, frozen=True, gc=False):
    """A piece of a formula; the texts of all tokens make the formula again."""

    offset: int
    """0-based, in code points, from the start of the formula."""
    kind: TokenKind
    text: str
    length: int = 0
    """Code points of the source: the token's own, or those of the macro that it comes from."""

    @property
    def extent(self) -> int:
        """Return how many code points of the source to underline."""
        return self.length or len(self.text)


_TOKEN = re.compile(
    r"(?P<command>\\(?:[A-Za-z]+|.|\Z))|(?P<space>\s+)|(?P<parameter>\#[1-9]?)|(?P<other>.)",
    re.DOTALL,
)
_KINDS = {
    "{": TokenKind.OPEN,
    "}": TokenKind.CLOSE,
    "^": TokenKind.SUPERSCRIPT,
    "_": TokenKind.SUBSCRIPT,
    "&": TokenKind.ALIGN,
    "%": TokenKind.COMMENT,
    "$": TokenKind.DOLLAR,
}


def tokenize(tex: str) -> tuple[Token, ...]:
    """Split a formula into tokens, with every character in one of them."""
    return tuple(
        Token(hit.start(), _kind(hit.lastgroup, hit.group()), hit.group())
        for hit in _TOKEN.finditer(tex)
    )


def _kind(group: str | None, text: str) -> TokenKind:
    """Return the kind of the token that the expression's group matched."""
    if group == "other":
        return _KINDS.get(text, TokenKind.CHARACTER)
    return TokenKind(group or "character")


def join(tokens: tuple[Token, ...]) -> str:
    """Return the formula that the tokens make, keeping apart what expansion brought together."""
    pieces: list[str] = []
    after_word = False
    for token in tokens:
        if after_word and token.text[:1].isascii() and token.text[:1].isalpha():
            pieces.append(" ")
        pieces.append(token.text)
        after_word = token.kind is TokenKind.COMMAND and token.text[-1:].isalpha()
    return "".join(pieces)
