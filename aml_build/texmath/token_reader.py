"""A reader of the tokens of a formula, from left to right, that collects faults."""

import re
from collections.abc import Callable
from enum import IntEnum, auto
from typing import NamedTuple

from aml_build.texmath import commands, formula_hints
from aml_build.texmath.math_tokens import Token, TokenKind

_ROW_GAP = re.compile(r"-?\d*\.?\d+(?:pt|em|ex)")
_NESTING = 40
"""The deepest nesting of groups; real formulas need a fraction of it."""


def is_single_sign(token: Token) -> bool:
    """Return whether TeX takes the token as an argument without braces."""
    if token.kind is TokenKind.CHARACTER:
        return token.text not in "'~["
    return token.kind is TokenKind.COMMAND and token.text in commands.ARGUMENTS


class Sort(IntEnum):
    """What a fault is about; faults of a sort may follow from those of an earlier one."""

    NAME = auto()
    """A command, environment, character or depth that is not allowed anywhere."""
    BRACE = auto()
    """A brace without its partner."""
    PAIR = auto()
    """A ``\\left`` or ``\\begin`` without its partner, or the reverse."""
    PLACE = auto()
    """Something that is not allowed at its place."""


class Fault(NamedTuple):
    """A token that is not allowed at its place."""

    token: Token
    message: str
    hint: str
    sort: Sort = Sort.PLACE


class Reader:
    """The methods that all rules share; each ends behind the tokens that it reads."""

    def __init__(self, tokens: tuple[Token, ...], macros: frozenset[str]) -> None:
        self.tokens = tokens
        self.macros = macros
        self.at = 0
        self.depth = 0
        self.faults: list[Fault] = []
        self.refused: set[str] = set()
        """Commands whose definition in the formula was refused: their uses are no further faults."""

    def peek(self) -> Token | None:
        """Return the next token that is no space."""
        while self.at < len(self.tokens) and self.tokens[self.at].kind is TokenKind.SPACE:
            self.space(self.tokens[self.at])
            self.at += 1
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def space(self, token: Token) -> None:
        """Refuse a blank line and Unicode spaces."""
        if token.text.count("\n") > 1:
            self.fault(token, "There is a blank line in the formula.", "Delete the blank line.")
        elif odd := [character for character in token.text if character not in " \n\t"]:
            self.unknown(token, *formula_hints.about_character(odd[0]))

    def fault(self, token: Token, message: str, hint: str, sort: Sort = Sort.PLACE) -> None:
        """Record a fault."""
        self.faults.append(Fault(token, message, hint, sort))

    def unknown(self, token: Token, message: str, hint: str) -> None:
        """Record a name or character that is not allowed anywhere."""
        self.fault(token, message, hint, Sort.NAME)

    def unpaired(self, token: Token, message: str, hint: str) -> None:
        """Record a beginning without end, or the reverse."""
        self.fault(token, message, hint, Sort.PAIR)

    def unclosed(self, opening: Token) -> None:
        """Record an opening brace without its partner."""
        self.fault(opening, "This brace `{` is never closed.", "Add the missing `}`.", Sort.BRACE)

    def raw(self) -> Token | None:
        """Return the very next token."""
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def nested(self, token: Token, read: Callable[[], None]) -> None:
        """Call ``read`` one level deeper; refuse too many levels."""
        if self.depth >= _NESTING:
            self.fault(
                token,
                "This formula is nested too deeply.",
                "Split it into several formulas.",
                Sort.NAME,
            )
            self.at = len(self.tokens)
            return
        self.depth += 1
        read()
        self.depth -= 1

    def close(self, opening: Token) -> None:
        """Read the brace that closes a group."""
        token = self.peek()
        if token is not None and token.kind is TokenKind.CLOSE:
            self.at += 1
            return
        if self.depth < _NESTING:
            self.unclosed(opening)

    def braced(self, opening: Token) -> tuple[Token, ...]:
        """Read a group without checking its tokens, and return these."""
        start = self.at + 1
        depth = 0
        while (token := self.raw()) is not None:
            self.at += 1
            depth += {TokenKind.OPEN: 1, TokenKind.CLOSE: -1}.get(token.kind, 0)
            if token.kind is TokenKind.SPACE:
                self.space(token)
            if depth == 0:
                return self.tokens[start : self.at - 1]
        self.unclosed(opening)
        return ()

    def bracketed(self) -> str | None:
        """Read a short text in brackets and return it; read nothing if there is none."""
        texts = [token.text for token in self.tokens[self.at : self.at + 12]]
        if "]" not in texts:
            return None
        end = texts.index("]")
        self.at += end + 1
        return "".join(texts[1:end])

    def name(self) -> str | None:
        """Read the name of an environment in its braces."""
        token = self.peek()
        if token is None or token.kind is not TokenKind.OPEN:
            return None
        return "".join(part.text for part in self.braced(token))

    def definition(self) -> None:
        """Read what follows a refused ``\\newcommand`` or ``\\def``: a name, parameters, a body."""
        token = self.peek()
        if token is not None and token.text == "*":
            self.at += 1
            token = self.peek()
        if token is None:
            return
        if token.kind is TokenKind.OPEN:
            self.refused.add("".join(part.text for part in self.braced(token)).strip())
        elif token.kind is TokenKind.COMMAND:
            self.refused.add(token.text)
            self.at += 1
        while (token := self.peek()) is not None and (
            token.kind is TokenKind.PARAMETER or token.text == "["
        ):
            if token.text != "[" or self.bracketed() is None:
                self.at += 1
        self.groups(1)

    def groups(self, most: int = 3) -> None:
        """Read groups in braces without checking them."""
        while most and (token := self.raw()) is not None and token.kind is TokenKind.OPEN:
            self.braced(token)
            most -= 1

    def delimiter(self, command: Token) -> None:
        """Read the delimiter after a command."""
        token = self.peek()
        if token is not None and token.text in commands.DELIMITERS:
            self.at += 1
            return
        if token is not None and token.kind is TokenKind.COMMAND and self.refuse(token):
            self.at += 1
            return
        self.fault(
            command,
            f"`{command.text}` needs a delimiter after it.",
            f"Write for example `{command.text}(`, or `{command.text}\\{{` for a brace.",
        )

    def refuse(self, token: Token) -> bool:
        """Record a command that is not allowed; return whether it is one."""
        if commands.is_allowed(token.text) or len(token.text) == 1:
            return False
        if token.text not in self.refused:
            self.unknown(token, *formula_hints.about_command(token.text, self.macros))
        return True

    def missing(self, command: Token) -> None:
        """Refuse a command whose argument is missing or needs braces."""
        self.fault(
            command,
            f"`{command.text}` needs something in braces after it.",
            f"Write `{command.text}{'{…}' * max(1, commands.arity(command.text))}`.",
        )

    def character(self, token: Token) -> None:
        """Refuse a character that LaTeX math does not have."""
        if not token.text.isascii() or not token.text.isprintable():
            self.unknown(token, *formula_hints.about_character(token.text))
        elif token.text in '"`@':
            self.fault(
                token, f"There is a `{token.text}` in the formula.", "Put words into `\\text{…}`."
            )

    def row_gap(self) -> None:
        """Read the optional length after ``\\\\``."""
        token = self.peek()
        if token is None or token.text not in ("[", "*"):
            return
        text = self.bracketed() if token.text == "[" else None
        if text is None or not _ROW_GAP.fullmatch(text):
            self.fault(
                token,
                f"After `\\\\`, `{token.text}` would be read as an option.",
                f"Write `\\\\ {{}}{token.text}`.",
            )
