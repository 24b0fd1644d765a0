"""Tables, cell by cell, with the columns that Markdown forgets."""

import re
from itertools import chain

import msgspec

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.source import Span
from aml_build.model import Align, Table
from aml_build.parse.markdown.parser import Node
from aml_build.parse.parse_context import Desk
from aml_build.parse.positions import Place, within_cell
from aml_build.parse.text.inlines import Line, read_line, refuse

_CONTAINER = re.compile(r"(?:[ \t]|>|[-*+][ \t]|\d+[.)][ \t])*")
_PIPE = re.compile(r"(?<!\\)\|")
_ALIGN = {
    "text-align:left": Align.LEFT,
    "text-align:center": Align.CENTER,
    "text-align:right": Align.RIGHT,
}


class ReadTable(msgspec.Struct, frozen=True):
    """A table as it was read."""

    align: tuple[Align, ...]
    head: tuple[Line, ...]
    rows: tuple[tuple[Line, ...], ...]
    spans: tuple[Span, ...]
    """One a row."""
    ends: tuple[tuple[int, int], ...]
    """One a row: 1-based line and column right behind the text of its first cell."""
    span: Span

    def plain(self, desk: Desk) -> Table:
        """Return the table to look at; report ids in it."""
        for cell in chain(self.head, *self.rows):
            refuse(desk, cell.attributes, "A table that is not asked needs no ids")
        return Table(
            self.align,
            tuple(cell.children for cell in self.head),
            tuple(tuple(cell.children for cell in row) for row in self.rows),
            self.span,
        )


def table(desk: Desk, node: Node) -> ReadTable:
    """Read a table; report rows with too many or too few cells."""
    head = node.children[0].children[0]
    body = node.children[1].children if len(node.children) > 1 else []
    align = tuple(_ALIGN.get(str(c.token.attrs.get("style")), Align.LEFT) for c in head.children)
    nested = node.token.level > 0
    head_cells, _ = _row(desk, head, nested)
    rows, spans, ends = [], [], []
    for row in body:
        cells, places = _row(desk, row, nested, expected=len(head.children))
        rows.append(cells)
        spans.append(desk.line_span(row.first))
        ends.append(places[0].at(cells[0].length))
    return ReadTable(
        align, head_cells, tuple(rows), tuple(spans), tuple(ends), desk.line_span(node.first)
    )


def _row(
    desk: Desk, row: Node, nested: bool, expected: int = 0
) -> tuple[tuple[Line, ...], list[Place]]:
    raw = desk.lines[row.first]
    pieces = _pieces(raw, nested)
    hushed: list[Code] = []
    if expected and len(pieces) != expected:
        _report_length(desk, row, [piece for _, piece in pieces], expected)
        # What looks like broken math is a formula that the bar has split.
        hushed = [Code.UNCLOSED_MATH]
    cells = []
    places = []
    for index, cell in enumerate(row.children):
        place = _cell_place(desk, row.first, pieces, index, raw)
        places.append(place)
        content = cell.inline.content
        with desk.hushed(*hushed):
            cells.append(read_line(desk, content, place))
    return tuple(cells), places


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
    desk: Desk, line: int, pieces: list[tuple[int, str]], index: int, raw: str
) -> Place:
    if index >= len(pieces):
        return within_cell(desk.path, line + 1, len(raw.rstrip()) + 1, "")
    start, piece = pieces[index]
    stripped = piece.strip()
    start += len(piece) - len(piece.lstrip()) if stripped else 0
    return within_cell(desk.path, line + 1, start + 1, stripped)


def _report_length(desk: Desk, row: Node, pieces: list[str], expected: int) -> None:
    split = any(piece.replace("\\$", "").count("$") % 2 for piece in pieces)
    desk.report(
        desk.line_span(row.first),
        Code.ROW_LENGTH,
        f"This row has {len(pieces)} cell{'s' * (len(pieces) != 1)}, the header has {expected}.",
        r"A bare `|` in math splits the cell: write `\mid` or `\vert`."
        if split
        else "Give every row as many cells as the header, empty ones too.",
    )
