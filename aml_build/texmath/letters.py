"""The letters allowed in the arguments of font and text commands."""

import re
from collections.abc import Iterator

from aml_build.texmath import commands
from aml_build.texmath.math_tokens import Token, TokenKind
from aml_build.texmath.token_reader import Fault

_FONTS = {
    "\\mathbb": (re.compile(r"[A-Z]+|1"), "capital letters and `1`", "\\mathbf"),
    "\\mathcal": (re.compile(r"[A-Z]+"), "capital letters", "\\mathrm"),
    "\\mathfrak": (re.compile(r"[A-Za-z]+"), "letters", "\\mathrm"),
}
_WORDS = re.compile(
    # Letters and their marks of every script: cards show them, and print says which it lacks.
    r"(?:[^\W_]|[ \n\t.,:;!?()\[\]/*+=@'|<>\-\u0300-\u036f\u2010-\u201f\u3001-\u3011])*"
)


def font_faults(command: Token, inside: tuple[Token, ...]) -> Iterator[Fault]:
    """Yield the letters that a font lacks: TeX would silently print others."""
    if command.text in _FONTS:
        allowed, what, other = _FONTS[command.text]
        text = "".join(token.text for token in inside if token.kind is not TokenKind.SPACE)
        if not allowed.fullmatch(text):
            message = f"`{command.text}` has {what} only."
            yield Fault(command, message, f"Write {what} in its braces, or use `{other}{{…}}`.")
        return
    for token in inside:
        if token.text in commands.LOWER_GREEK:
            message = f"`{command.text}` does not change Greek letters in print."
            yield Fault(token, message, f"Write `\\boldsymbol{{{token.text}}}` for a bold one.")


def text_faults(command: Token, inside: tuple[Token, ...]) -> Iterator[Fault]:
    """Yield all that is no plain word: MathJax shows it raw, TeX interprets it."""
    for token in inside:
        if not _WORDS.fullmatch(token.text):
            message = f"`{token.text}` cannot be in `{command.text}{{…}}`."
            yield Fault(
                token, message, f"Close the braces before it; `{command.text}` takes words."
            )
