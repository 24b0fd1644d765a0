"""Blocks of text: from the tree of tokens to ``Block`` nodes."""

import re
from collections.abc import Sequence

import msgspec

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.source import Span
from aml_build.model import (
    Block,
    Blocks,
    BulletList,
    CodeBlock,
    NumberedList,
    Paragraph,
    Remark,
)
from aml_build.parse.attributes import Attributes, read
from aml_build.parse.keys import Grammar, sort
from aml_build.parse.markdown.nesting_limit import lies_too_deep
from aml_build.parse.markdown.parser import Node
from aml_build.parse.parse_context import Desk
from aml_build.parse.text.displays import display
from aml_build.parse.text.inlines import Line, convert, read_line, refuse, tokens_of
from aml_build.parse.text.pictures import picture
from aml_build.parse.text.tables import table
from aml_build.parse.text.unsupported_blocks import unsupported

_ALERT = re.compile(r"\[!(\w+)\][ \t]*(?:\n|$)")
_HASHES = re.compile(r"#{2,6}(?![#\s])")
_DELIMITERS = re.compile(r"(?=[^-]*-)[\s|:-]+")
_REMARKS = ("NOTE", "TIP", "IMPORTANT")
PITFALL = "WARNING"


class Quote(msgspec.Struct):
    """A quotation and what it announces itself as."""

    alert: str
    """Upper case; empty where it says nothing."""
    nodes: list[Node]
    """What it holds, without the announcement."""


def plain_blocks(desk: Desk, nodes: Sequence[Node]) -> Blocks:
    """Read blocks that explain: nothing in them has an id or makes a card."""
    blocks: list[Block] = []
    for index, node in enumerate(nodes):
        if node.type == "attributes_line":
            following = nodes[index + 1] if index + 1 < len(nodes) else None
            _plain_attributes(desk, node, following)
            continue
        block = plain_block(desk, node)
        if block is not None:
            blocks.append(block)
    return tuple(blocks)


def _plain_attributes(desk: Desk, node: Node, following: Node | None) -> None:
    """Let ``{.plain}`` stand before any list or table: it says what is so anyway."""
    attributes = attributes_line(desk, node)
    if following is not None and following.type in ("bullet_list", "ordered_list", "table"):
        sort(desk, attributes, Grammar("A list or table that explains", ("plain",), id=False))
        return
    refuse(desk, attributes, "These attributes stand before neither a list nor a table")


def plain_block(desk: Desk, node: Node) -> Block | None:
    """Read one block that explains; return nothing where it leaves nothing to show."""
    match node.type:
        case "paragraph":
            return plain_paragraph(desk, node)
        case "display" | "display_unclosed":
            shown = display(desk, node)
            if shown is None:
                return None
            sort(desk, shown.attributes, Grammar("A formula here", ("aside",), id=False))
            return shown.math
        case "bullet_list":
            return BulletList(_items(desk, node))
        case "ordered_list":
            start = node.token.attrs.get("start", 1)
            return NumberedList(_items(desk, node), int(start))
        case "table":
            return table(desk, node).plain(desk)
        case "fence":
            return _fence(desk, node)
        case "blockquote":
            return _remark(desk, node)
    unsupported(desk, node)
    return None


def _items(desk: Desk, node: Node) -> tuple[Blocks, ...]:
    return tuple(_item(desk, item) for item in node.children)


def _item(desk: Desk, node: Node) -> Blocks:
    said = len(desk.diagnostics)
    blocks = plain_blocks(desk, node.children)
    # What was refused in it has its own message.
    refused = len(desk.diagnostics) > said or lies_too_deep(desk, node.first)
    if not blocks and not refused:
        empty_item(desk, desk.line_span(node.first))
    return blocks


def empty_item(desk: Desk, span: Span) -> None:
    """Report an item that has no words to begin with."""
    desk.report(
        span,
        Code.EMPTY_ITEM,
        "This list item does not begin with text.",
        "Begin the item with words: what follows them may be anything.",
    )


def paragraph_line(desk: Desk, node: Node, *, clozes: bool = False) -> Line:
    """Read the text of a paragraph that is no picture."""
    content = node.inline.content
    _shape_of_table(desk, node, content)
    if content.startswith("#") and (hashes := _HASHES.match(content)):
        desk.report(
            desk.place(content, node.first).span(0, len(hashes[0])),
            Code.MALFORMED_HEADING,
            "There is no space behind these hashes, so this is no heading.",
            f"Write `{hashes[0]} ` with a space, or `\\#` for a hash in the text.",
        )
    return read_line(desk, content, desk.place(content, node.first), clozes=clozes)


def picture_of(desk: Desk, node: Node) -> tuple[Block | None, Attributes | None] | None:
    """Read a paragraph that is one image; return nothing if it is not."""
    content = node.inline.content
    if not content.startswith("!["):
        return None
    tokens = tokens_of(desk, content)
    rest = [t for t in tokens[1:] if t.type != "text" or t.content.strip()]
    if tokens[0].type != "image" or any(t.type != "attributes" for t in rest) or len(rest) > 1:
        return None
    place = desk.place(content, node.first)
    attributes = convert(desk, rest, content, place, clozes=False).attributes
    return picture(desk, tokens[0], content, place), attributes


def plain_paragraph(desk: Desk, node: Node) -> Block | None:
    """Read a paragraph that explains, or a picture."""
    pictured = picture_of(desk, node)
    if pictured is not None:
        refuse(desk, pictured[1], "No card is made of a figure here, so it needs no attributes")
        return pictured[0]
    line = paragraph_line(desk, node)
    refuse(desk, line.attributes, "No card is made of this paragraph, so it needs no attributes")
    return paragraph(line)


def paragraph(line: Line) -> Paragraph | None:
    """Make a paragraph of a line that has words."""
    if not line.children:
        return None
    return Paragraph(line.children, line.place.span(0, line.length))


def attributes_line(desk: Desk, node: Node) -> Attributes:
    """Read attributes on a line of their own."""
    raw = node.token.content
    return read(raw, desk.place(raw, node.first), 0)


def quote(node: Node) -> Quote:
    """Split a quotation into its announcement and its content."""
    if not node.children or node.children[0].type != "paragraph":
        return Quote("", node.children)
    first = node.children[0]
    content = first.inline.content
    found = _ALERT.match(content)
    if not found:
        return Quote("", node.children)
    rest = content[found.end() :]
    if not rest.strip():
        return Quote(found[1].upper(), node.children[1:])
    first.inline.content = rest
    if first.token.map:
        first.token.map = [first.token.map[0] + 1, first.token.map[1]]
    return Quote(found[1].upper(), node.children)


def remark(desk: Desk, node: Node, quoted: Quote) -> Remark | None:
    """Make a remark of a quotation that is no pitfall."""
    if quoted.alert not in _REMARKS:
        desk.report(
            desk.line_span(node.first),
            Code.UNKNOWN_ALERT,
            f"`[!{quoted.alert}]` has no meaning here."
            if quoted.alert
            else "This quotation does not say what it is.",
            "Begin it with a line `> [!WARNING]` for a common mistake or `> [!NOTE]` for a"
            " remark; nothing else stands on that line.",
        )
    children = plain_blocks(desk, quoted.nodes)
    return Remark(children) if children else None


def _remark(desk: Desk, node: Node) -> Remark | None:
    quoted = quote(node)
    if quoted.alert == PITFALL:
        desk.report(
            desk.line_span(node.first),
            Code.UNKNOWN_ALERT,
            "A pitfall cannot stand here: it belongs to a concept's body.",
            "Put it below the concept's definition, before the first question,"
            " or begin it with `> [!NOTE]`.",
        )
        quoted.alert = _REMARKS[0]
    return remark(desk, node, quoted)


def _fence(desk: Desk, node: Node) -> CodeBlock:
    token = node.token
    last = desk.lines[token.map[1] - 1] if token.map else ""
    if node.first + 1 == (token.map or [0, 0])[1] or not last.rstrip().endswith(token.markup):
        desk.report(
            desk.line_span(node.first),
            Code.UNCLOSED_CODE,
            "This code block is never closed, so everything below it is code.",
            f"Close it with a line that holds {token.markup} and nothing else.",
        )
    language = token.info.split()[0] if token.info.strip() else ""
    text = token.content.removesuffix("\n")
    return CodeBlock(text, language, desk.line_span(node.first))


def _shape_of_table(desk: Desk, node: Node, content: str) -> None:
    """Recognise a table that Markdown does not take for one."""
    if "|" not in content or "-" not in content:
        return
    lines = content.split("\n", 2)
    if len(lines) < 2 or "|" not in lines[1] or not _DELIMITERS.fullmatch(lines[1]):
        return
    desk.report(
        desk.line_span(node.first + 1),
        Code.TABLE_SHAPE,
        "The line of dashes has not as many columns as the header, so this is no table.",
        "Write one `---` for each header cell, between `|`;"
        r" in math write `\mid` or `\vert`, not `|`.",
    )
