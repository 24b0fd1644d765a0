"""The expansion of the course's macros."""

from collections.abc import Mapping

from aml_build.model import Macro
from aml_build.texmath import commands
from aml_build.texmath.math_tokens import Token, TokenKind, join, tokenize

_DEPTH = 20
"""The deepest use of macros by macros; real courses need a fraction of it."""
_MOST_ARGUMENTS = 2
"""The most mandatory arguments that an allowed command takes."""
_SIZE = 20_000
"""The most tokens of an expanded formula; real formulas need a fraction of it."""


class ExpansionError(ValueError):
    """A macro that cannot be expanded, and where it is used."""

    def __init__(self, token: Token, message: str, hint: str) -> None:
        super().__init__(message)
        self.offset = token.offset
        self.length = token.extent
        self.message = message
        self.hint = hint


def expand(tex: str, macros: Mapping[str, Macro]) -> str:
    """Return the formula with every macro replaced; raise ``ExpansionError`` if that fails.

    A formula without macros is returned unchanged. ``macros`` are by name, with the backslash.
    """
    tokens = tokenize(tex)
    if not any(token.text in macros for token in tokens):
        return tex
    return join(expand_tokens(tokens, macros))


def expand_tokens(tokens: tuple[Token, ...], macros: Mapping[str, Macro]) -> tuple[Token, ...]:
    """Return the tokens with every macro replaced; new ones point to the macro's use."""
    return tuple(_expand(list(tokens), macros, 0))


def _expand(tokens: list[Token], macros: Mapping[str, Macro], depth: int) -> list[Token]:
    """Expand one level after the other."""
    result: list[Token] = []
    position = 0
    while position < len(tokens):
        token = tokens[position]
        position += 1
        macro = macros.get(token.text) if token.kind is TokenKind.COMMAND else None
        if macro is None:
            result.append(token)
            continue
        if depth >= _DEPTH:
            raise ExpansionError(
                token,
                f"The macro `{token.text}` uses itself, or macros are nested too deeply.",
                "Rewrite the macro in `course.yaml` without itself.",
            )
        arguments, position = _arguments(token, macro, tokens, position)
        body = _expand(_substitute(token, macro, arguments), macros, depth + 1)
        result += _braced(token, body) if _is_argument(result) else body
        if len(result) > _SIZE:
            raise ExpansionError(
                token,
                f"The macro `{token.text}` makes this formula far too long.",
                "Use simpler macros.",
            )
    return result


def _arguments(
    use: Token, macro: Macro, tokens: list[Token], position: int
) -> tuple[list[list[Token]], int]:
    """Return the macro's arguments as TeX reads them, and the position behind them."""
    arguments = []
    for _ in range(macro.arity):
        while position < len(tokens) and tokens[position].kind is TokenKind.SPACE:
            position += 1
        if position >= len(tokens) or tokens[position].kind is TokenKind.CLOSE:
            count = "one argument" if macro.arity == 1 else f"{macro.arity} arguments"
            raise ExpansionError(
                use,
                f"The macro `{use.text}` needs {count}.",
                f"Write `{use.text}{'{…}' * macro.arity}`.",
            )
        end = _group_end(tokens, position)
        inner = tokens[position:end]
        arguments.append(inner[1:-1] if inner[0].kind is TokenKind.OPEN else inner)
        position = end
    return arguments, position


def _group_end(tokens: list[Token], start: int) -> int:
    """Return the index after the token or the braced group that begins at ``start``."""
    depth = 0
    for index in range(start, len(tokens)):
        depth += {TokenKind.OPEN: 1, TokenKind.CLOSE: -1}.get(tokens[index].kind, 0)
        if depth <= 0:
            return index + 1
    raise ExpansionError(tokens[start], "This brace `{` is never closed.", "Add the missing `}`.")


def _substitute(use: Token, macro: Macro, arguments: list[list[Token]]) -> list[Token]:
    """Return the macro's body with its arguments in place."""
    result: list[Token] = []
    for token in tokenize(macro.body):
        number = int(token.text[1:] or 0) if token.kind is TokenKind.PARAMETER else 0
        if 0 < number <= len(arguments):
            result += arguments[number - 1]
        else:
            result.append(_at(use, token.kind, token.text))
    return result


def _at(use: Token, kind: TokenKind, text: str) -> Token:
    """Return a token that points to the macro's use."""
    return Token(use.offset, kind, text, use.extent)


def _braced(use: Token, body: list[Token]) -> list[Token]:
    """Return the body as one argument."""
    return [_at(use, TokenKind.OPEN, "{"), *body, _at(use, TokenKind.CLOSE, "}")]


def _is_argument(before: list[Token]) -> bool:
    """Return whether TeX takes the next token as an argument, so that it must stay one.

    ``x^\\R`` and ``\\frac\\R2`` have one token where the expanded text has several.
    """
    index = len(before) - 1
    for taken in range(_MOST_ARGUMENTS):
        while index >= 0 and before[index].kind is TokenKind.SPACE:
            index -= 1
        if index < 0:
            return False
        token = before[index]
        if token.kind in (TokenKind.SUPERSCRIPT, TokenKind.SUBSCRIPT):
            return taken == 0
        if token.kind is TokenKind.COMMAND and commands.arity(token.text) > taken:
            return True
        index = _group_start(before, index) - 1
    return False


def _group_start(tokens: list[Token], end: int) -> int:
    """Return the index of the token, or of the brace that opens the group, that ends at ``end``."""
    depth = 0
    for index in range(end, -1, -1):
        depth += {TokenKind.OPEN: -1, TokenKind.CLOSE: 1}.get(tokens[index].kind, 0)
        if depth <= 0:
            return index
    return 0
