"""Blocks of text: from the tree of tokens to ``Block`` nodes."""

import re
from collections.abc import Sequence

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
from aml_build.parse.attributes import ATTRIBUTES, Attributes, Reading, read
from aml_build.parse.markdown.nesting_limit import is_too_deep
from aml_build.parse.markdown.parser import Node
from aml_build.parse.markdown.unfinished_marks import UNFINISHED
from aml_build.parse.parse_context import ParseContext
from aml_build.parse.positions import Place
from aml_build.parse.text.attribute_faults import Grammar
from aml_build.parse.text.attribute_values import classify
from aml_build.parse.text.displays import display
from aml_build.parse.text.foreign_lines import report_directive, report_foreign_lines
from aml_build.parse.text.inlines import Line, read_line, refuse, tokens_of
from aml_build.parse.text.pictures import picture
from aml_build.parse.text.quotations import PITFALL, quote
from aml_build.parse.text.spaced_addresses import with_whole_address
from aml_build.parse.text.tables import report_shapeless_table, table
from aml_build.parse.text.unread_braces import guessed_line
from aml_build.parse.text.unsupported_blocks import unsupported

_HASHES = re.compile(r"#{2,6}(?![#\s])")
_TAKE_ATTRIBUTES = ("bullet_list", "ordered_list", "table")


def plain_blocks(context: ParseContext, nodes: Sequence[Node]) -> Blocks:
    """Read blocks that explain: nothing in them has an id, and no card is made of them."""
    blocks: list[Block] = []
    for index, node in enumerate(nodes):
        following = nodes[index + 1] if index + 1 < len(nodes) else None
        attributes = attributes_before(context, node, following)
        if attributes is not None:
            _plain_attributes(context, attributes, following)
            continue
        block = plain_block(context, node)
        if block is not None:
            blocks.append(block)
    return tuple(blocks)


def _plain_attributes(
    context: ParseContext, attributes: Attributes, following: Node | None
) -> None:
    """Accept ``{.plain}`` before a list or a table, which is plain here in any case."""
    if following is not None and following.type in _TAKE_ATTRIBUTES:
        classify(
            context, attributes, Grammar("A list or table that explains", ("plain",), id=False)
        )
        return
    refuse(context, attributes, "These attributes are before neither a list nor a table")


def plain_block(context: ParseContext, node: Node) -> Block | None:
    """Read one block that explains; return nothing for a block without content."""
    match node.type:
        case "paragraph":
            return plain_paragraph(context, node)
        case "display" | "display_unclosed":
            shown = display(context, node)
            if shown is None:
                return None
            classify(context, shown.attributes, Grammar("A formula here", ("aside",), id=False))
            return shown.math
        case "bullet_list":
            return BulletList(_items(context, node))
        case "ordered_list":
            start = node.token.attrs.get("start", 1)
            return NumberedList(_items(context, node), int(start))
        case "table":
            return table(context, node).plain(context)
        case "fence":
            return _fence(context, node)
        case "blockquote":
            return _remark(context, node)
    unsupported(context, node)
    return None


def _items(context: ParseContext, node: Node) -> tuple[Blocks, ...]:
    return tuple(_item(context, item) for item in node.children)


def _item(context: ParseContext, node: Node) -> Blocks:
    reported = len(context.diagnostics)
    blocks = plain_blocks(context, node.children)
    # An item that is empty because of another mistake has the message of that mistake.
    explained = len(context.diagnostics) > reported or is_too_deep(context, node.first)
    if not blocks and not explained:
        empty_item(context, context.line_span(node.first))
    return blocks


def empty_item(context: ParseContext, span: Span) -> None:
    """Report an item that does not begin with words."""
    context.report(
        span,
        Code.EMPTY_ITEM,
        "This list item does not begin with text.",
        "Begin the item with words: what follows them may be anything.",
    )


def paragraph_line(context: ParseContext, node: Node, *, clozes: bool = False) -> Line:
    """Read the text of a paragraph that is no picture."""
    content = node.inline.content
    report_foreign_lines(context, node)
    if content.startswith("#") and (hashes := _HASHES.match(content)):
        context.report(
            context.place(content, node.first).span(0, len(hashes[0])),
            Code.MALFORMED_HEADING,
            "There is no space behind these hashes, so this is no heading.",
            f"Write `{hashes[0]} ` with a space, or `\\#` for a hash in the text.",
        )
    return read_line(context, content, context.place(content, node.first), clozes=clozes)


def picture_of(context: ParseContext, node: Node) -> tuple[Block | None, Attributes | None] | None:
    """Read a paragraph that is one image; return nothing if it is not."""
    content = node.inline.content
    if not content.startswith("!["):
        return None
    place = context.place(content, node.first)
    content = with_whole_address(context, content, place)
    tokens = tokens_of(context, content)
    if tokens[0].type != "image":
        return None
    end = tokens[0].meta["end"]
    attributes = _behind_picture(context, content, end, place)
    if content[end:].strip() and attributes is None:
        return None
    return picture(context, tokens[0], content, place), attributes


def _behind_picture(
    context: ParseContext, content: str, end: int, place: Place
) -> Attributes | None:
    """Read the attributes behind a picture, also such as cannot be read."""
    raw = content[end:].strip()
    offset = content.find(raw, end)
    if ATTRIBUTES.fullmatch(raw):
        return read(raw, place, offset)
    attributes = guessed_line(raw, place.shifted(offset)) if raw else None
    if attributes is not None and attributes.reading is Reading.REPORTED:
        report_unclosed(context, place.span(offset, 1))
    return attributes


def plain_paragraph(context: ParseContext, node: Node) -> Block | None:
    """Read a paragraph that explains, or a picture."""
    pictured = picture_of(context, node)
    if pictured is not None:
        refuse(context, pictured[1], "No card is made of a figure here, so it needs no attributes")
        return pictured[0]
    if report_shapeless_table(context, node):
        return None
    line = paragraph_line(context, node)
    refuse(context, line.attributes, "No card is made of this paragraph, so it needs no attributes")
    return paragraph(line)


def paragraph(line: Line) -> Paragraph | None:
    """Make a paragraph of a line; return nothing for an empty line."""
    if not line.children:
        return None
    return Paragraph(line.children, line.span)


def attributes_before(
    context: ParseContext, node: Node, following: Node | None
) -> Attributes | None:
    """Read attributes on a line of their own, also such as cannot be read, before a list or a table."""
    if node.type == "attributes_line":
        raw = node.token.content
        return read(raw, context.place(raw, node.first), 0)
    if node.type != "paragraph" or following is None or following.type not in _TAKE_ATTRIBUTES:
        return None
    content = node.inline.content
    attributes = guessed_line(content, context.place(content, node.first))
    if attributes is not None and attributes.reading is Reading.REPORTED:
        report_unclosed(context, context.line_span(node.first))
    return attributes


def report_unclosed(context: ParseContext, span: Span) -> None:
    """Report attributes that are never closed."""
    code, message, hint = UNFINISHED["attributes_unclosed"]
    context.report(span, code, message, hint)


def remark(context: ParseContext, nodes: Sequence[Node]) -> Remark | None:
    """Make a remark of the content of a quotation that is no pitfall."""
    children = plain_blocks(context, nodes)
    return Remark(children) if children else None


def _remark(context: ParseContext, node: Node) -> Remark | None:
    quoted = quote(context, node)
    if quoted.alert == PITFALL and not quoted.reported:
        context.report(
            context.line_span(node.first),
            Code.UNKNOWN_ALERT,
            "A pitfall cannot be here: it belongs to a concept's body.",
            "Put it below the concept's definition, before the first question,"
            " or begin it with `> [!NOTE]`.",
        )
    return remark(context, quoted.nodes)


def _fence(context: ParseContext, node: Node) -> CodeBlock:
    token = node.token
    report_directive(context, node)
    last = context.lines[token.map[1] - 1] if token.map else ""
    if node.first + 1 == (token.map or [0, 0])[1] or not last.rstrip().endswith(token.markup):
        context.report(
            context.line_span(node.first),
            Code.UNCLOSED_CODE,
            "This code block is never closed, so everything below it is code.",
            f"Close it with a line of {token.markup} and nothing else.",
        )
    language = token.info.split()[0] if token.info.strip() else ""
    text = _as_written(context, token.content.removesuffix("\n"), node.first + 1)
    return CodeBlock(text, language, context.line_span(node.first))


def _as_written(context: ParseContext, code: str, first: int) -> str:
    """Return code, from a 0-based line on, with the spaces that stand at the starts of its lines."""
    rows = []
    for number, row in enumerate(code.split("\n"), first):
        whole = number < len(context.lines) and context.lines[number].endswith(row)
        written = context.source.line(number + 1).replace("\0", "\ufffd")
        rows.append(written[-len(row) :] if row and whole else row)
    return "\n".join(rows)
