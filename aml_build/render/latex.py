"""LaTeX for the nodes of the model, the same for every printed artifact.

The macros that the output uses (``\\aml…``) are defined in ``templates/latex/common.sty``.
"""

import functools
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import assert_never
from urllib.parse import quote

from aml_build import model
from aml_build.diagnostics.source import Span
from aml_build.model.plain_text import plain
from aml_build.render.characters import CODE, COMPOSED, character_commands, copied_as
from aml_build.render.formula_lines import broken, whole, without_blank_lines
from aml_build.render.line_breaks import IN_CELL, LONG_WORD, breaks, is_address, longest_piece

_LIGATURES = frozenset({"--", "''", "``", ",,", "<<", ">>", "?`", "!`"})
"""Pairs that T1 fonts would set as one other character."""
_OPENS_AFTER = frozenset(" \t\n\u00a0([{\u2013\u2014/-")
"""A straight quote opens at the start and after these, and closes elsewhere."""
_COMPOSED_WORD = re.compile(rf"([^\W\d_]*[{COMPOSED}][^\W\d_]*)")
"""Copied as a whole word, because PDF readers put spaces around single letters."""

_LONG_WORDS = {least: re.compile(rf"(\S{{{least},}})") for least in (IN_CELL, LONG_WORD)}
_LONG_CODE = {least: re.compile(rf"([^ ]{{{least},}})") for least in (IN_CELL, LONG_WORD)}
"""Words with marks where they may be broken, by their least number of characters."""
TAB = 4
"""Columns to the next stop of a tab in code, as in the style of cards."""
_PIECES = re.compile(r"[A-Za-z0-9 ]{2,}|[\s\S]")
"""Plain letters and digits in one piece, since they form no ligature; else single characters."""


def _plain_ref(_target: str, text: str) -> str:
    return text


def _no_picture(_picture: model.Picture) -> str:
    return ""


def _no_mark(_span: Span) -> str:
    return ""


def _plain_cloze(_cloze: model.Cloze, text: str) -> str:
    return text


def _display(block: model.MathBlock) -> str:
    return f"\\amldisplay{{{whole(block.tex)}}}{{{broken(block.tex)}}}"


def _href(url: str, text: str) -> str:
    return f"\\href{{{escape_url(url)}}}{{{text}}}"


@dataclass(frozen=True, slots=True)
class RenderHooks:
    """What each artifact renders in its own way; the defaults suit plain running text."""

    ref: Callable[[str, str], str] = _plain_ref
    """Return LaTeX for a cross-reference: concept id, its text in LaTeX."""
    picture: Callable[[model.Picture], str] = _no_picture
    """Return LaTeX for a figure, with its caption."""
    mark: Callable[[Span], str] = _no_mark
    """Return LaTeX for a place, so that an error of TeX leads back to it (``tex_log.mark``)."""
    cloze: Callable[[model.Cloze, str], str] = _plain_cloze
    """Return LaTeX for words to be recalled: the node, its text in LaTeX."""
    display: Callable[[model.MathBlock], str] = _display
    """Return LaTeX for a formula on lines of its own."""
    link: Callable[[str, str], str] = _href
    """Return LaTeX for a link: address, its text in LaTeX."""
    long_word: int = LONG_WORD
    """The number of characters from which a word may be wider than its line."""


PLAIN = RenderHooks()


def escape(text: str, before: str = "", least: int = LONG_WORD) -> str:
    """Return text that TeX prints as it is, with typographic quotes.

    ``before`` is the character printed before it, which tells an opening from a closing quote;
    ``least`` is the number of characters from which a word may need to be broken.
    Raise ``MissingGlyphError``.
    """
    out: list[str] = []
    for number, word in enumerate(_LONG_WORDS[least].split(unicodedata.normalize("NFC", text))):
        out.append(_long_word(word, before) if number % 2 else _words(word, before))
        before = word[-1:] or before
    return "".join(out)


def _words(text: str, before: str) -> str:
    out: list[str] = []
    for number, piece in enumerate(_COMPOSED_WORD.split(text)):
        spelled = _running(piece, before)
        out.append(copied_as(piece, spelled) if number % 2 else spelled)
        before = piece[-1:] or before
    return "".join(out)


@functools.lru_cache(maxsize=20_000)
def _long_word(word: str, before: str) -> str:
    """Return a word with marks where it may be broken if it is too wide for its line."""
    address = is_address(word)
    marks = iter(breaks(word, address=address))
    out: list[str] = []
    for number, piece in enumerate(_COMPOSED_WORD.split(word)):
        spelled = ""
        for char in piece:
            spelled += next(marks) + _running(char, before)
            before = char
        out.append(copied_as(piece, spelled) if number % 2 else spelled)
    return f"\\aml{'address' if address else 'word'}{{{''.join(out)}}}"


def _running(text: str, before: str) -> str:
    out: list[str] = []
    for piece in _PIECES.findall(text):
        char = piece[-1]
        if len(piece) > 1:
            out.append(piece)
        elif char in "'\"":
            opens = not before or before in _OPENS_AFTER
            out.append(_QUOTES[char, opens])
        else:
            # An empty group keeps two characters from becoming a ligature of the font.
            out.append("{}" if before + char in _LIGATURES else "")
            out.append(_command(char))
        before = char
    return "".join(out)


_QUOTES = {
    ("'", True): r"\textquoteleft{}",
    ("'", False): r"\textquoteright{}",
    ('"', True): r"\textquotedblleft{}",
    ('"', False): r"\textquotedblright{}",
}


class MissingGlyphError(Exception):
    """A character that no print font has is to be printed, though ``missing_glyphs`` withholds print."""


def _command(char: str) -> str:
    known = character_commands().get(char)
    if known is None:
        raise MissingGlyphError(f"U+{ord(char):04X}")
    return known


def escape_code(text: str, least: int = LONG_WORD) -> str:
    """Return verbatim text: straight quotes, no ligatures, every space kept.

    Raise ``MissingGlyphError``.
    """
    out: list[str] = []
    before = ""
    for number, word in enumerate(_LONG_CODE[least].split(unicodedata.normalize("NFC", text))):
        marks = breaks(word, address=True) if number % 2 else ("",) * len(word)
        spelled = ""
        for mark, char in zip(marks, word, strict=True):
            spelled += mark + _code_character(char, before)
            before = char
        out.append(f"\\amladdress{{{spelled}}}" if number % 2 else spelled)
    return "".join(out)


def _code_character(char: str, before: str) -> str:
    if char == "'":
        return r"\textquotesingle{}"
    if char == " " and before in ("", " "):
        return r"\ "
    if char in CODE:
        return CODE[char]
    return ("{}" if before + char in _LIGATURES else "") + _command(char)


def escape_url(url: str) -> str:
    """Return an address that ``\\href`` takes even inside another command's argument."""
    safe = quote(url, safe="!#$%&'()*+,/:;=?@[]_-.")
    return re.sub(r"([%#&$_])", r"\\\1", safe)


def inlines(nodes: model.Inlines, hooks: RenderHooks = PLAIN) -> str:
    """Return a run of text."""
    out: list[str] = []
    before = ""
    for node in nodes:
        out.append(_inline(node, hooks, before))
        before = plain_text((node,))[-1:] or before
    return "".join(out)


def _inline(node: model.Inline, hooks: RenderHooks, before: str) -> str:
    match node:
        case model.Text(text):
            return escape(text, before, hooks.long_word)
        case model.Emphasis(children):
            return f"\\emph{{{inlines(children, hooks)}}}"
        case model.Strong(children):
            return f"\\textbf{{{inlines(children, hooks)}}}"
        case model.Code(text):
            return f"\\amlverb{{{escape_code(text, hooks.long_word)}}}"
        case model.Math(tex, span):
            # The mark is a comment line: the text before it must not end in a command name.
            return f"{_inline_mark(hooks, span)}${without_blank_lines(tex)}$"
        case model.Ref(target, children):
            return hooks.ref(target, inlines(children, hooks))
        case model.Link(url, children):
            return hooks.link(url, inlines(children, hooks))
        case model.Cloze(_, children):
            return hooks.cloze(node, inlines(children, hooks))
        case model.LineBreak():
            return "\\newline{}"
        case _:
            assert_never(node)


def _inline_mark(hooks: RenderHooks, span: Span) -> str:
    mark = hooks.mark(span)
    # A comment swallows its newline, so no space appears that the author did not type.
    return f"%\n{mark}" if mark else ""


def blocks(nodes: model.Blocks, hooks: RenderHooks = PLAIN) -> str:
    """Return blocks, each ending its paragraph."""
    return "".join(_block(node, hooks) for node in nodes)


def _block(node: model.Block, hooks: RenderHooks) -> str:
    match node:
        case model.Paragraph(children, span):
            return f"{hooks.mark(span)}{inlines(children, hooks)}\\par\n"
        case model.MathBlock(_, span):
            return f"{hooks.mark(span)}{hooks.display(node)}\n"
        case model.BulletList(items):
            return _listing("amlbullets", "", items, hooks)
        case model.NumberedList(items, start):
            return _listing("amlnumbers", f"{{{start}}}", items, hooks)
        case model.Table(align, head, rows, span):
            return table(head, rows, align, span, hooks)
        case model.CodeBlock(text, _, span):
            expanded = text.expandtabs(TAB).split("\n")
            lines = "".join(f"\\amlcodeline{{{escape_code(line)}}}" for line in expanded)
            return f"{hooks.mark(span)}\\begin{{amlcode}}{lines}\\end{{amlcode}}\n"
        case model.Picture():
            return f"{hooks.mark(node.span)}{hooks.picture(node)}\n"
        case model.Remark(children):
            return f"\\begin{{amlremark}}{blocks(children, hooks)}\\end{{amlremark}}\n"
        case _:
            assert_never(node)


def _listing(name: str, argument: str, items: Sequence[model.Blocks], hooks: RenderHooks) -> str:
    # A bracket right behind "\\item" would be its label.
    body = "".join(f"\\item\\relax {blocks(item, hooks)}" for item in items)
    return f"\\begin{{{name}}}{argument}\n{body}\\end{{{name}}}\n"


_COLUMN = {
    model.Align.LEFT: "amlleft",
    model.Align.CENTER: "amlcenter",
    model.Align.RIGHT: "amlright",
}


def table(
    head: Sequence[model.Inlines],
    rows: Sequence[Sequence[model.Inlines]],
    align: Sequence[model.Align],
    span: Span,
    hooks: RenderHooks = PLAIN,
) -> str:
    """Return a table as wide as the line, its columns as wide as their text asks for."""
    hooks = replace(hooks, long_word=IN_CELL)
    shares = column_shares([head, *rows])
    columns = "".join(
        f">{{\\{_COLUMN[how]}}}p{{\\amlshare{{{share:.4f}}}{{{len(shares)}}}}}<{{\\amlcell}}"
        for how, share in zip(align, shares, strict=True)
    )
    lines = [_row([f"\\amlhead{{{inlines(cell, hooks)}}}" for cell in head])]
    lines += [_row([inlines(cell, hooks) for cell in row]) for row in rows]
    body = "\\amlmidrule\n" + "\\amlrowrule\n".join(lines[1:])
    # TeX reports a table at its end, so the mark stands there too, below those of the cells.
    mark = hooks.mark(span)
    return f"{mark}\\amltable{{@{{}}{columns}@{{}}}}{{%\n{lines[0]}{body}{mark}}}%\n"


def _row(cells: Sequence[str]) -> str:
    return " & ".join(cells) + " \\tabularnewline\n"


_LINE = 50
"""Characters in a line of the narrowest column with tables."""


def column_shares(rows: Sequence[Sequence[model.Inlines]]) -> tuple[float, ...]:
    """Return the share of the line that each column of a table should get; they sum to 1.

    Each is wide enough for its longest word, or for the longest piece of a word where the words are
    too wide together; the first row is bold. The rest of the line goes to columns with much text,
    but less than in proportion.
    """
    texts = [[plain_text(cell) for cell in column] for column in zip(*rows, strict=True)]
    least = [_least(column, _longest) for column in texts]
    if sum(least) > 1:
        least = [_least(column, _longest_piece) for column in texts]
    weights = [max(1, sum(map(len, cells), len(head))) ** 0.75 for head, *cells in texts]
    left = max(0.0, 1 - sum(least))
    shares = [
        width + left * weight / sum(weights) for width, weight in zip(least, weights, strict=True)
    ]
    return tuple(share / sum(shares) for share in shares)


def _least(column: Sequence[str], longest: Callable[[str], int]) -> float:
    """Return the share of the line that a column needs for its longest word, or piece of a word."""
    head, *cells = column
    return (1.1 * max(1.15 * longest(head), *map(longest, cells), 1.0) + 1) / _LINE


def _longest(text: str) -> int:
    return max(map(len, text.split()), default=0)


def _longest_piece(text: str) -> int:
    return max(map(longest_piece, text.split()), default=0)


_COMMAND = re.compile(r"\\[a-zA-Z]+|[^\s{}\\^_&]")


def plain_text(nodes: model.Inlines) -> str:
    """Return roughly what a reader sees, one character for each symbol, to estimate widths."""
    return plain(nodes, formula=lambda tex: "x" * len(_COMMAND.findall(tex)))
