"""The LaTeX dialect: how print spells the model's unions, whatever the artifact.

The macros that the output uses (``\\aml…``) are defined in ``templates/latex/common.sty``.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import assert_never
from urllib.parse import quote

from aml_build.diagnostics.source import Span
from aml_build.model import (
    Align,
    Block,
    Blocks,
    BulletList,
    Cloze,
    Code,
    CodeBlock,
    Emphasis,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Math,
    MathBlock,
    NumberedList,
    Paragraph,
    Picture,
    Ref,
    Remark,
    Strong,
    Table,
    Text,
)
from aml_build.render.characters import COMPOSED, copied_as, spelling

_LIGATURES = frozenset({"--", "''", "``", ",,", "<<", ">>", "?`", "!`"})
"""Pairs that T1 fonts would set as one other character."""
_OPENS_AFTER = frozenset(" \t\n\u00a0([{\u2013\u2014/-")
"""A straight quote opens at the start and after these, and closes elsewhere."""
_COMPOSED_WORD = re.compile(rf"([^\W\d_]*[{COMPOSED}][^\W\d_]*)")
"""A word is copied whole: readers guess at spaces around single letters."""

_PIECES = re.compile(r"[A-Za-z0-9 ]{2,}|[\s\S]")
"""What is spelled as it is and takes part in no ligature, in one piece; else single characters."""


def _plain_ref(_target: str, text: str) -> str:
    return text


def _no_picture(_picture: Picture) -> str:
    return ""


def _no_mark(_span: Span) -> str:
    return ""


def _plain_cloze(_cloze: Cloze, text: str) -> str:
    return text


def _display(block: MathBlock) -> str:
    return f"\\[{without_blank_lines(block.tex)}\\]"


def _href(url: str, text: str) -> str:
    return f"\\href{{{escape_url(url)}}}{{{text}}}"


@dataclass(frozen=True, slots=True)
class Spell:
    """What an artifact decides for itself; the defaults suit plain running text."""

    ref: Callable[[str, str], str] = _plain_ref
    """Spell a cross-reference: concept id, its text in LaTeX."""
    picture: Callable[[Picture], str] = _no_picture
    """Spell a figure, with its caption."""
    mark: Callable[[Span], str] = _no_mark
    """Spell a place, so that TeX's complaints can be taken back to it (``tex.mark``)."""
    cloze: Callable[[Cloze, str], str] = _plain_cloze
    """Spell words to be recalled: the node, its text in LaTeX."""
    display: Callable[[MathBlock], str] = _display
    """Spell a formula on lines of its own."""
    link: Callable[[str, str], str] = _href
    """Spell a link: address, its text in LaTeX."""


PLAIN = Spell()


def unsupported(text: str) -> tuple[str, ...]:
    """Return the characters, in order and once each, that the print fonts cannot set."""
    table = spelling()
    normal = unicodedata.normalize("NFC", text)
    return tuple(dict.fromkeys(char for char in normal if char not in table))


def escape(text: str, before: str = "") -> str:
    """Return text that TeX prints as it is, with typographic quotes.

    ``before`` is the character printed before it, which tells an opening from a closing quote.
    A character that no font has becomes a visible mark; ``unsupported`` finds it beforehand.
    """
    pieces = _COMPOSED_WORD.split(unicodedata.normalize("NFC", text))
    out: list[str] = []
    for number, piece in enumerate(pieces):
        spelled = _running(piece, before)
        out.append(copied_as(piece, spelled) if number % 2 else spelled)
        before = piece[-1:] or before
    return "".join(out)


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
            out.append(_spell(char))
        before = char
    return "".join(out)


_QUOTES = {
    ("'", True): r"\textquoteleft{}",
    ("'", False): r"\textquoteright{}",
    ('"', True): r"\textquotedblleft{}",
    ('"', False): r"\textquotedblright{}",
}


def _spell(char: str) -> str:
    known = spelling().get(char)
    return known if known is not None else f"\\amlmissing{{{ord(char):04X}}}"


def escape_code(text: str) -> str:
    """Return verbatim text: straight quotes, no ligatures, every space kept."""
    out = []
    before = ""
    for char in unicodedata.normalize("NFC", text):
        if char == "'":
            spelled = r"\textquotesingle{}"
        elif char == " " and before in ("", " "):
            spelled = r"\ "
        else:
            spelled = ("{}" if before + char in _LIGATURES else "") + _spell(char)
        out.append(spelled)
        before = char
    return "".join(out)


def escape_url(url: str) -> str:
    """Return an address that ``\\href`` takes even inside another command's argument."""
    safe = quote(url, safe="!#$%&'()*+,/:;=?@[]_-.")
    return re.sub(r"([%#&$_])", r"\\\1", safe)


def without_blank_lines(tex: str) -> str:
    """Return math without blank lines, which would end TeX's paragraph inside the formula."""
    return "\n".join(line for line in tex.strip().split("\n") if line.strip())


def inlines(nodes: Inlines, spell: Spell = PLAIN) -> str:
    """Return a run of text."""
    out: list[str] = []
    before = ""
    for node in nodes:
        out.append(_inline(node, spell, before))
        before = plain_text((node,))[-1:] or before
    return "".join(out)


def _inline(node: Inline, spell: Spell, before: str) -> str:
    match node:
        case Text(text):
            return escape(text, before)
        case Emphasis(children):
            return f"\\emph{{{inlines(children, spell)}}}"
        case Strong(children):
            return f"\\textbf{{{inlines(children, spell)}}}"
        case Code(text):
            return f"\\amlverb{{{escape_code(text)}}}"
        case Math(tex, span):
            # The mark is a comment line: what stands before it must not end in a command name.
            return f"{_inline_mark(spell, span)}${without_blank_lines(tex)}$"
        case Ref(target, children):
            return spell.ref(target, inlines(children, spell))
        case Link(url, children):
            return spell.link(url, inlines(children, spell))
        case Cloze(_, children):
            return spell.cloze(node, inlines(children, spell))
        case LineBreak():
            return "\\newline{}"
        case _:
            assert_never(node)


def _inline_mark(spell: Spell, span: Span) -> str:
    mark = spell.mark(span)
    # A comment swallows its newline, so no space appears where the author typed none.
    return f"%\n{mark}" if mark else ""


def blocks(nodes: Blocks, spell: Spell = PLAIN) -> str:
    """Return blocks, each ending its paragraph."""
    return "".join(_block(node, spell) for node in nodes)


def _block(node: Block, spell: Spell) -> str:
    match node:
        case Paragraph(children, span):
            return f"{spell.mark(span)}{inlines(children, spell)}\\par\n"
        case MathBlock(_, span):
            return f"{spell.mark(span)}{spell.display(node)}\n"
        case BulletList(items):
            return _listing("amlbullets", "", items, spell)
        case NumberedList(items, start):
            return _listing("amlnumbers", f"{{{start}}}", items, spell)
        case Table(align, head, rows, span):
            return spell.mark(span) + table(head, rows, align, spell)
        case CodeBlock(text, _, span):
            lines = "".join(f"\\amlcodeline{{{escape_code(line)}}}" for line in text.split("\n"))
            return f"{spell.mark(span)}\\begin{{amlcode}}{lines}\\end{{amlcode}}\n"
        case Picture():
            return f"{spell.mark(node.span)}{spell.picture(node)}\n"
        case Remark(children):
            return f"\\begin{{amlremark}}{blocks(children, spell)}\\end{{amlremark}}\n"
        case _:
            assert_never(node)


def _listing(name: str, argument: str, items: Sequence[Blocks], spell: Spell) -> str:
    # A bracket right behind "\\item" would be its label.
    body = "".join(f"\\item\\relax {blocks(item, spell)}" for item in items)
    return f"\\begin{{{name}}}{argument}\n{body}\\end{{{name}}}\n"


_COLUMN = {Align.LEFT: "amlleft", Align.CENTER: "amlcenter", Align.RIGHT: "amlright"}


def table(
    head: Sequence[Inlines],
    rows: Sequence[Sequence[Inlines]],
    align: Sequence[Align],
    spell: Spell = PLAIN,
) -> str:
    """Return a table as wide as the line, its columns as wide as their text asks for."""
    shares = column_shares([head, *rows])
    columns = "".join(
        f">{{\\{_COLUMN[how]}}}p{{\\amlshare{{{share:.4f}}}{{{len(shares)}}}}}"
        for how, share in zip(align, shares, strict=True)
    )
    lines = [_row([f"\\amlhead{{{inlines(cell, spell)}}}" for cell in head])]
    lines += [_row([inlines(cell, spell) for cell in row]) for row in rows]
    body = "\\amlmidrule\n" + "\\amlrowrule\n".join(lines[1:])
    return f"\\begin{{amltable}}{{@{{}}{columns}@{{}}}}\n{lines[0]}{body}\\end{{amltable}}\n"


def _row(cells: Sequence[str]) -> str:
    return " & ".join(cells) + " \\tabularnewline\n"


_LINE = 50
"""Characters in a line of the narrowest column that tables are set in."""


def column_shares(rows: Sequence[Sequence[Inlines]]) -> tuple[float, ...]:
    """Return the share of the line that each column of a table should get; they sum to 1.

    Each has room for its longest word, the first row being bold; what is left goes to columns with
    much text, but less than in proportion.
    """
    least, wish = [], []
    for column in zip(*rows, strict=True):
        head, *cells = [plain_text(cell) for cell in column]
        longest = max(1.15 * _longest(head), *(_longest(cell) for cell in cells), 1.0)
        least.append((1.1 * longest + 1) / _LINE)
        wish.append(max(1, sum(map(len, cells), len(head))) ** 0.75)
    left = max(0.0, 1 - sum(least))
    shares = [room + left * weight / sum(wish) for room, weight in zip(least, wish, strict=True)]
    return tuple(share / sum(shares) for share in shares)


def _longest(text: str) -> int:
    return max((len(word) for word in text.split()), default=0)


_COMMAND = re.compile(r"\\[a-zA-Z]+|[^\s{}\\^_&]")


def plain_text(nodes: Inlines) -> str:
    """Return roughly what a reader sees, a character a symbol: for measuring and sorting."""
    return "".join(_plain(node) for node in nodes)


def _plain(node: Inline) -> str:
    match node:
        case Text(text) | Code(text):
            return text
        case Math(tex):
            return "x" * len(_COMMAND.findall(tex))
        case Emphasis(children) | Strong(children):
            return plain_text(children)
        case Ref(_, children) | Link(_, children) | Cloze(_, children):
            return plain_text(children)
        case LineBreak():
            return " "
        case _:
            assert_never(node)
