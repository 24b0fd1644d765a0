"""The grammar of a formula, which finds the parts that the engines refuse, with their places.

A recursive-descent parser over tokens with expanded macros. It is a little stricter than the
engines, so that they accept all that it accepts.
"""

import re
from typing import NamedTuple

from aml_build.texmath import commands, formula_hints
from aml_build.texmath.letters import font_faults, text_faults
from aml_build.texmath.math_tokens import Token, TokenKind
from aml_build.texmath.token_reader import Fault, Reader, Sort, is_single_sign

_CLOSES_NOTHING = "This brace `}` closes nothing.", "Delete it, or add a `{` before."
_COLUMNS = re.compile(r"[lcr|: ]*[lcr][lcr|: ]*")


def parse(tokens: tuple[Token, ...], macros: frozenset[str]) -> tuple[Fault, ...]:
    """Return the faults in the tokens of a formula; ``macros`` are names to suggest."""
    parser = _Parser(tokens, macros)
    parser.formula()
    return tuple(parser.faults)


class _Atom(NamedTuple):
    """The part of a formula that scripts attach to."""

    superscript: bool = False
    subscript: bool = False
    operator: bool = False


class _Parser(Reader):
    """The rules of the grammar, one method each."""

    # ------------------------------------------------------------ lists

    def formula(self) -> None:
        """Read everything."""
        while self.at < len(self.tokens):
            self.items(None, None)
            token = self.peek()
            if token is None:
                return
            self.at += 1
            self.stray(token)

    def stray(self, token: Token) -> None:
        """Refuse a token that closes something that is not open."""
        if token.kind is TokenKind.CLOSE:
            self.fault(token, *_CLOSES_NOTHING, Sort.BRACE)
        elif token.text == "\\right":
            self.delimiter(token)
            self.unpaired(
                token, "This `\\right` has no `\\left`.", "Write `\\left.` where nothing opens."
            )
        elif token.text == "\\end":
            self.name()
            self.unpaired(
                token, "This `\\end` has no `\\begin`.", "Delete it, or add the `\\begin`."
            )

    def items(self, row: "_Row | None", stop: str | None, left: bool = False) -> None:
        """Read a list up to the token that closes it, which the caller reads.

        ``row`` counts columns where ``&`` and ``\\\\`` are allowed; ``stop`` is a character that
        ends the list (the ``]`` of an optional argument).
        """
        atom: _Atom | None = None
        while (token := self.peek()) is not None:
            if token.kind is TokenKind.CLOSE or token.text in ("\\right", "\\end"):
                return
            if stop and token.text == stop:
                return
            self.at += 1
            if token.kind is TokenKind.ALIGN or token.text in ("\\\\", "\\hline"):
                self.separator(token, row)
                atom = None
                continue
            atom = self.item(token, atom, left)
            if row:
                row.fresh = False

    def item(self, token: Token, atom: _Atom | None, left: bool) -> _Atom | None:
        """Read one part of a list; return the atom to which scripts behind it attach."""
        if token.text == "\\middle":
            self.middle(token, left)
            return None
        if token.kind in (TokenKind.SUPERSCRIPT, TokenKind.SUBSCRIPT):
            return self.script(token, atom or _Atom())
        if token.text == "'":
            return self.prime(token, atom or _Atom())
        if token.text not in ("\\limits", "\\nolimits"):
            return self.one(token)
        if atom is None or not atom.operator or atom.superscript or atom.subscript:
            self.fault(
                token,
                f"`{token.text}` does not follow an operator such as `\\sum`.",
                "Write it right after the operator, before `_` and `^`.",
            )
        return atom

    # ------------------------------------------------------------ the parts of a list

    def middle(self, token: Token, left: bool) -> None:
        """Read ``\\middle`` and its delimiter."""
        self.delimiter(token)
        if not left:
            self.fault(
                token,
                "This `\\middle` is outside `\\left … \\right`.",
                "Write `\\mid` or `\\bigm|` instead.",
            )

    def separator(self, token: Token, row: "_Row | None") -> None:
        """Read a separator between the cells or rows of an environment."""
        if row is None:
            self.fault(
                token,
                f"`{token.text}` is outside an environment such as `aligned`.",
                "Write `\\&` for the sign itself."
                if token.text == "&"
                else "Put the lines into `\\begin{aligned} … \\end{aligned}`.",
            )
        elif token.text == "&":
            row.column += 1
            row.fresh = False
            if row.column == row.columns + 1:
                columns = "1 column" if row.columns == 1 else f"{row.columns} columns"
                self.fault(
                    token,
                    f"This `&` begins a column too many: there are only {columns}.",
                    "Delete it, or begin a new row with `\\\\`.",
                )
        elif token.text == "\\hline":
            if not row.lines or not row.fresh:
                self.fault(
                    token,
                    "This `\\hline` is not at the beginning of a row of an `array`.",
                    "Write it right after `\\\\`.",
                )
        else:
            row.column, row.fresh = 1, True
            self.row_gap()

    def script(self, token: Token, atom: _Atom) -> _Atom:
        """Read ``^`` or ``_`` and the script behind it."""
        above = token.kind is TokenKind.SUPERSCRIPT
        if atom.superscript if above else atom.subscript:
            kind = "superscripts" if above else "subscripts"
            self.fault(
                token,
                f"There are two {kind} in a row.",
                f"Write `{{…}}{token.text}` to make clear what belongs to what.",
            )
        self.argument(token, "m")
        return atom._replace(superscript=True) if above else atom._replace(subscript=True)

    def prime(self, token: Token, atom: _Atom) -> _Atom:
        """Read primes, which are superscripts."""
        if atom.superscript:
            self.fault(
                token,
                "A prime follows a superscript.",
                "Write the prime first, as in `x'^2`, or `{x^2}'`.",
            )
        while (following := self.raw()) is not None and following.text == "'":
            self.at += 1
        after = self.raw()
        if after is not None and after.kind is TokenKind.SUPERSCRIPT:
            return atom
        return atom._replace(superscript=True)

    def one(self, token: Token) -> _Atom:
        """Read the atom that the token begins."""
        match token.kind:
            case TokenKind.OPEN:
                self.group(token)
            case TokenKind.COMMAND:
                return self.command(token)
            case TokenKind.CHARACTER:
                self.character(token)
            case TokenKind.DOLLAR:
                self.fault(token, "There is a `$` in the formula.", "Write `\\$` for the sign.")
            case TokenKind.COMMENT:
                self.fault(token, "There is a `%` in the formula.", "Write `\\%` for the sign.")
            case _:
                self.fault(
                    token, f"There is a `{token.text}` in the formula.", "Write `\\#` for the sign."
                )
        return _Atom()

    def group(self, opening: Token) -> None:
        """Read the rest of a group in braces."""
        self.nested(opening, lambda: self.items(None, None))
        self.close(opening)

    # ------------------------------------------------------------ commands

    def command(self, token: Token) -> _Atom:
        """Read a command with its arguments."""
        name = token.text
        if name == "\\left":
            self.left(token)
        elif name == "\\begin":
            self.environment(token)
        elif name == "\\not":
            self.negated(token)
        elif name in commands.SIGNATURES:
            return self.arguments(token)
        elif not commands.is_allowed(name):
            if len(name) == 1:
                self.fault(token, "There is a backslash without a command.", "Delete it.")
            else:
                self.refuse(token)
            if name in formula_hints.DEFINING:
                self.definition()
            elif name in formula_hints.WITH_UNITS:
                self.groups()
        return _Atom(operator=name in commands.OPERATORS)

    def left(self, token: Token) -> None:
        """Read from ``\\left`` to its ``\\right``."""
        self.delimiter(token)
        self.nested(token, lambda: self.items(None, None, left=True))
        closing = self.peek()
        if closing is not None and closing.text == "\\right":
            self.at += 1
            self.delimiter(closing)
        else:
            self.unpaired(
                token,
                "This `\\left` has no `\\right`.",
                "Add `\\right` in the same group or cell; `\\right.` shows nothing.",
            )

    def negated(self, token: Token) -> None:
        """Read the relation that ``\\not`` negates."""
        following = self.peek()
        if following is not None and (
            following.text in "=<>" or following.text in commands.RELATIONS
        ):
            self.at += 1
            return
        self.fault(
            token,
            "`\\not` needs a relation after it.",
            "Write for example `\\not=` or `\\not\\in`.",
        )

    def arguments(self, token: Token) -> _Atom:
        """Read the arguments of a command."""
        starred = False
        start = self.at
        for letter in commands.SIGNATURES[token.text]:
            if letter == "s":
                following = self.peek()
                if following is not None and following.text == "*":
                    self.at += 1
                    starred = True
            elif letter == "o":
                self.option(token)
            elif letter == "d":
                self.delimiter(token)
            else:
                self.argument(token, letter)
        # In MathJax, scripts inside `\\boldsymbol` count as scripts of the whole.
        inside = self.tokens[start : self.at] if token.text == "\\boldsymbol" else ()
        return _Atom(
            superscript=any(part.kind is TokenKind.SUPERSCRIPT for part in inside),
            subscript=token.text == "\\underset"
            or any(part.kind is TokenKind.SUBSCRIPT for part in inside),
            operator=starred or token.text == "\\mathop",
        )

    def option(self, command: Token) -> None:
        """Read an optional argument in brackets."""
        token = self.peek()
        if token is None or token.text != "[":
            return
        self.at += 1
        self.nested(token, lambda: self.items(None, "]"))
        closing = self.peek()
        if closing is not None and closing.text == "]":
            self.at += 1
        else:
            self.fault(
                token, f"This `[` after `{command.text}` is never closed.", "Add the missing `]`."
            )

    def argument(self, command: Token, letter: str) -> None:
        """Read one mandatory argument of the kind that the letter of a signature says."""
        token = self.peek()
        if token is None:
            self.missing(command)
        elif letter == "t":
            self.text_argument(command, token)
        elif token.kind is TokenKind.OPEN:
            self.braced_argument(command, token, letter)
        elif is_single_sign(token):
            self.at += 1
            if token.kind is TokenKind.CHARACTER:
                self.character(token)
            if letter == "f":
                self.faults += font_faults(command, (token,))
        elif token.kind is TokenKind.COMMAND and not commands.is_allowed(token.text):
            self.at += 1
            self.command(token)
        else:
            self.missing(command)

    def text_argument(self, command: Token, token: Token) -> None:
        """Read an argument of words, which needs braces."""
        if token.kind is TokenKind.OPEN:
            self.faults += text_faults(command, self.braced(token))
        else:
            self.missing(command)

    def braced_argument(self, command: Token, opening: Token, letter: str) -> None:
        """Read an argument of math in braces."""
        start = self.at
        self.at += 1
        if command.text == "\\substack":
            self.nested(opening, lambda: self.items(_Row(1), None))
            self.close(opening)
        else:
            self.group(opening)
        if letter == "f":
            self.faults += font_faults(command, self.tokens[start + 1 : self.at - 1])

    # ------------------------------------------------------------ environments

    def environment(self, begin: Token) -> None:
        """Read from ``\\begin`` to its ``\\end``."""
        before = len(self.faults)
        name = self.name()
        if name is None:
            self.missing(begin)
            return
        if len(self.faults) > before:
            return  # Its brace is never closed.
        if name not in commands.ENVIRONMENTS:
            self.unknown(begin, *formula_hints.about_environment(name))
        columns = commands.ENVIRONMENTS.get(name, 99)
        if name == "array":
            columns = self.array_columns(begin)
        elif name in commands.ALIGNED and (token := self.peek()) and token.text == "[":
            self.fault(
                token,
                f"After `\\begin{{{name}}}`, `[` would be read as an option.",
                "Write `{}[`.",
            )
        row = _Row(columns, lines=name == "array")
        self.nested(begin, lambda: self.items(row, None))
        end = self.peek()
        if end is None or end.text != "\\end":
            self.unpaired(
                begin, f"This `\\begin{{{name}}}` has no `\\end`.", f"Add `\\end{{{name}}}`."
            )
            return
        self.at += 1
        before = len(self.faults)
        closed = self.name()
        if closed != name and len(self.faults) == before:
            self.unpaired(
                end,
                f"This `\\end{{{closed or ''}}}` does not close `\\begin{{{name}}}`.",
                f"Write `\\end{{{name}}}`.",
            )

    def array_columns(self, begin: Token) -> int:
        """Read the column argument of an ``array`` and return how many columns it has."""
        spec = self.name()
        if spec is None or not _COLUMNS.fullmatch(spec):
            self.fault(
                begin,
                "`array` needs its columns.",
                "Write `\\begin{array}{lcr}`: `l`, `c`, `r` and `|` only.",
            )
            return 99
        return sum(letter in "lcr" for letter in spec)


class _Row:
    """The position in a row of an environment."""

    def __init__(self, columns: int, lines: bool = False) -> None:
        self.columns = columns
        self.lines = lines
        self.column = 1
        self.fresh = True
