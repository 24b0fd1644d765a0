"""Tables, cell by cell, with the columns of the source, which Markdown does not keep."""

import re
from itertools import chain

import msgspec

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.source import Span
from aml_build.model import Align, Table
from aml_build.parse.markdown.parser import Node
from aml_build.parse.parse_context import ParseContext
from aml_build.parse.positions import Place, within_cell
from aml_build.parse.text.inlines import Line, read_line, refuse

_CONTAINER = re.compile(r"(?:[ \t]|>|[-*+][ \t]|\d+[.)][ \t])*")
_PIPE = re.compile(r"(?<!\\)\|")
_DELIMITERS = re.compile(r"(?=[^-]*-)[\s|:-]+")
_FRAMED = re.compile(r"\s*\|.*\|\s*")
_ALIGN = {
    "text-align:left": Align.LEFT,
    "text-align:center": Align.CENTER,
    "text-align:right": Align.RIGHT,
}


class ReadTable(msgspec.Struct, frozen=True):
    """A table with the attributes and places of its cells."""

    align: tuple[Align, ...]
    head: tuple[Line, ...]
    rows: tuple[tuple[Line, ...], ...]
    spans: tuple[Span, ...]
    """One a row."""
    span: Span

    def plain(self, context: ParseContext) -> Table:
        """Return the table as a block that no card is made of; report ids in it."""
        for cell in chain(self.head, *self.rows):
            refuse(context, cell.attributes, "A table that is not asked needs no ids")
        return Table(
            self.align,
            tuple(cell.children for cell in self.head),
            tuple(tuple(cell.children for cell in row) for row in self.rows),
            self.span,
        )


def table(context: ParseContext, node: Node) -> ReadTable:
    """Read a table; report rows whose number of cells differs from the header's."""
    head = node.children[0].children[0]
    body = node.children[1].children if len(node.children) > 1 else []
    align = tuple(_ALIGN.get(str(c.token.attrs.get("style")), Align.LEFT) for c in head.children)
    nested = node.token.level > 0
    return ReadTable(
        align,
        _row(context, head, nested),
        tuple(_row(context, row, nested, expected=len(head.children)) for row in body),
        tuple(context.line_span(row.first) for row in body),
        context.line_span(node.first),
    )


def _row(context: ParseContext, row: Node, nested: bool, expected: int = 0) -> tuple[Line, ...]:
    raw = context.lines[row.first]
    pieces = _pieces(raw, nested)
    consequences: list[Code] = []
    if expected and len(pieces) != expected:
        _report_length(context, row, [piece for _, piece in pieces], expected)
        # A bar within a formula splits it, so both halves look like unclosed math.
        consequences = [Code.UNCLOSED_MATH]
    with context.suppressed(*consequences):
        return tuple(
            read_line(
                context, cell.inline.content, _cell_place(context, row.first, pieces, index, raw)
            )
            for index, cell in enumerate(row.children)
        )


def _pieces(raw: str, nested: bool) -> list[tuple[int, str]]:
    """Split a row as Markdown does, keeping each cell's 0-based column."""
    start = 0
    if nested:
        found = _CONTAINER.match(raw)
        start = found.end() if found else 0
    end = len(raw.rstrip())
    start += len(raw[start:end]) - len(raw[start:end].lstrip())
    pieces = []
    for bar in _PIPE.finditer(raw, start, end):
        pieces.append((start, raw[start : bar.start()]))
        start = bar.end()
    pieces.append((start, raw[start:end]))
    if pieces and pieces[0][1] == "":
        pieces.pop(0)
    if pieces and pieces[-1][1] == "":
        pieces.pop()
    return pieces


def _cell_place(
    context: ParseContext, line: int, pieces: list[tuple[int, str]], index: int, raw: str
) -> Place:
    if index >= len(pieces):
        return within_cell(context.path, line + 1, len(raw.rstrip()) + 1, "")
    start, piece = pieces[index]
    stripped = piece.strip()
    start += len(piece) - len(piece.lstrip()) if stripped else 0
    return within_cell(context.path, line + 1, start + 1, stripped)


def _report_length(context: ParseContext, row: Node, pieces: list[str], expected: int) -> None:
    split = any(piece.replace("\\$", "").count("$") % 2 for piece in pieces)
    context.report(
        context.line_span(row.first),
        Code.ROW_LENGTH,
        f"This row has {len(pieces)} cell{'s' * (len(pieces) != 1)}, the header has {expected}.",
        r"A bare `|` in math splits the cell: write `\mid` or `\vert`."
        if split
        else "Give every row as many cells as the header, empty ones too.",
    )


def report_shapeless_table(context: ParseContext, node: Node) -> bool:
    """Report a paragraph that was meant as a table; return whether it is one.

    Its line of dashes is missing, or has another number of cells than the header.
    """
    lines = node.inline.content.split("\n")
    if len(lines) < 2 or "|" not in lines[0] or "|" not in lines[1]:
        return False
    columns = "|---" * len(_pieces(lines[0], nested=False)) + "|"
    if "-" in lines[1] and _DELIMITERS.fullmatch(lines[1]):
        context.report(
            context.line_span(node.first + 1),
            Code.TABLE_SHAPE,
            "The line of dashes has not as many columns as the header, so this is no table.",
            "Write one `---` for each header cell, between `|`;"
            r" in math write `\mid` or `\vert`, not `|`.",
        )
        return True
    if not all(_FRAMED.fullmatch(line) for line in lines[:2]):
        return False
    context.report(
        context.line_span(node.first),
        Code.TABLE_SHAPE,
        "These lines look like a table without its line of dashes.",
        f"Write `{columns}` as the second line.",
    )
    return True
