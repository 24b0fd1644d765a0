"""Lists that are asked: steps, members, and the legend of a formula."""

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.source import Span
from aml_build.model import (
    Block,
    Blocks,
    BulletList,
    Inlines,
    Key,
    LegendEntry,
    Math,
    Member,
    Members,
    NumberedList,
    Paragraph,
    Prose,
    Step,
    Steps,
    Strong,
    Text,
)
from aml_build.model.plain_text import plain
from aml_build.model.slugs import slug
from aml_build.parse.attributes import Attributes
from aml_build.parse.keys import Given, Grammar, key, miss, sort
from aml_build.parse.keys import text as value_text
from aml_build.parse.markdown.parser import Node
from aml_build.parse.parse_context import Desk
from aml_build.parse.text.blocks import empty_item, paragraph_line, plain_block, plain_blocks
from aml_build.parse.text.displays import display
from aml_build.parse.text.inlines import refuse

_ITEM = Grammar("A list item", keys=("was",))
_LIST = Grammar("A list", ("plain",), ("ask", "was"))
_SEPARATORS = (":", ".", "–", "—", "-")


def steps(desk: Desk, node: Node, attributes: Attributes | None) -> Steps | Prose:
    """Read an ordered list in a concept's body."""
    given = sort(desk, attributes, _LIST)
    if "plain" in given.classes:
        return _plain(desk, node, given, attributes)
    span = desk.line_span(node.first)
    made = _list_key(desk, node, attributes, given, "This list of steps", "steps")
    ask = value_text(desk, attributes, given, "ask")
    items = tuple(_step(desk, item, number) for number, item in enumerate(node.children, 1))
    return Steps(made, ask, tuple(item for item in items if item is not None), span)


def _step(desk: Desk, node: Node, number: int) -> Step | None:
    span = desk.line_span(node.first)
    first, attributes, end = _item_start(desk, node)
    if first is None or end is None:
        if not node.children or not node.children[0].type.startswith("display"):
            empty_item(desk, span)
        return None
    base = slug(_words(first), words=4, fallback=f"step-{number}")
    made = _item_key(desk, span, attributes, end, "This step", base)
    return Step(made, (first, *plain_blocks(desk, node.children[1:])), span)


def _item_start(
    desk: Desk, node: Node
) -> tuple[Block | None, Attributes | None, tuple[int, int] | None]:
    """Read what an item begins with, its attributes, and where they would go."""
    if not node.children:
        return None, None, None
    first = node.children[0]
    if first.type == "paragraph":
        line = paragraph_line(desk, first)
        block = Paragraph(line.children, line.place.span(0, line.length)) if line.children else None
        return block, line.attributes, line.place.at(line.length)
    if first.type == "display":
        shown = display(desk, first)
        if shown is None or shown.cluttered:
            return (shown.math if shown else None), None, None
        return shown.math, shown.attributes, shown.end
    plain_block(desk, first)
    return None, None, None


def members_or_prose(desk: Desk, node: Node, attributes: Attributes | None) -> Members | Prose:
    """Read a bullet list in a concept's body: members if all its items open with a bold term."""
    given = sort(desk, attributes, _LIST)
    bold = [_opens_bold(item) for item in node.children]
    if "plain" in given.classes or not all(bold):
        if "plain" in given.classes or not _report_mixed(desk, node, bold, given):
            return _plain(desk, node, given, attributes)
        with desk.hushed(Code.MISPLACED_ATTRIBUTES):
            return _plain(desk, node, given, attributes)
    span = desk.line_span(node.first)
    made = _list_key(desk, node, attributes, given, "This list of members", "members")
    ask = value_text(desk, attributes, given, "ask")
    items = [_member(desk, item, number) for number, item in enumerate(node.children, 1)]
    return Members(made, ask, tuple(item for item in items if item is not None), span)


def _opens_bold(node: Node) -> bool:
    if not node.children or node.children[0].type != "paragraph":
        return False
    return node.children[0].inline.content.startswith(("**", "__"))


def _report_mixed(desk: Desk, node: Node, bold: list[bool], given: Given) -> bool:
    """Report a list that was meant to be asked and cannot; tell whether it is one."""
    if given.id is None and "ask" not in given.values and not any(bold):
        return False
    odd = node.children[bold.index(False)]
    desk.report(
        desk.line_span(odd.first),
        Code.MIXED_LIST,
        "This item does not open with a bold term, so no cards are made of its list.",
        "Open every item with `**term**:`, or write `{.plain}` on a line before a list that"
        " is not to be asked.",
    )
    return True


def _member(desk: Desk, node: Node, number: int) -> Member | None:
    span = desk.line_span(node.first)
    line = paragraph_line(desk, node.children[0])
    if not line.children or not isinstance(line.children[0], Strong):
        empty_item(desk, span)
        return None
    term, rest = _split_term(line.children)
    base = slug(plain(term), words=4, fallback=f"item-{number}")
    end = line.place.at(line.length)
    made = _item_key(desk, span, line.attributes, end, "This list item", base)
    body: Blocks = plain_blocks(desk, node.children[1:])
    if rest:
        body = (Paragraph(rest, line.place.span(0, line.length)), *body)
    return Member(made, term, body, span)


def _split_term(children: Inlines) -> tuple[Inlines, Inlines]:
    """Take the bold term and the mark behind it off an item's text."""
    strong = children[0]
    assert isinstance(strong, Strong)
    term = list(strong.children)
    if isinstance(term[-1], Text):
        term[-1] = Text(term[-1].text.rstrip(" :."))
    rest = list(children[1:])
    if rest and isinstance(rest[0], Text):
        text = rest[0].text.lstrip()
        # A hyphen joins words unless a space stands before it.
        if text.startswith(_SEPARATORS) and (text[0] != "-" or rest[0].text != text):
            text = text[1:]
        rest[0] = Text(text.lstrip())
        if not rest[0].text:
            rest.pop(0)
    return tuple(term), tuple(rest)


def looks_like_legend(node: Node) -> bool:
    """Tell whether all items of a list begin with math and a colon."""
    return bool(node.children) and all(_symbol_item(item) for item in node.children)


def _symbol_item(node: Node) -> bool:
    if not node.children or node.children[0].type != "paragraph":
        return False
    content = node.children[0].inline.content
    if not content.startswith("$"):
        return False
    close = content.find("$", 1)
    while close > 0 and content[close - 1] == "\\":
        close = content.find("$", close + 1)
    return close > 0 and content[close + 1 :].lstrip().startswith(":")


def report_broken_legend(desk: Desk, node: Node) -> None:
    """Report the item that keeps the list below a formula from being its legend."""
    symbols = [_symbol_item(item) for item in node.children]
    if not any(symbols):
        return
    odd = node.children[symbols.index(False)]
    desk.report(
        desk.line_span(odd.first),
        Code.MIXED_LIST,
        "This item does not begin with math and a colon, so its list is no legend.",
        "Begin every item with `$symbol$:`; a blank line does not end a list, a line like"
        " `{#id}` or `{.plain}` does.",
    )


def legend(desk: Desk, node: Node) -> tuple[LegendEntry, ...]:
    """Read the list right after a formula."""
    entries = []
    for item in node.children:
        line = paragraph_line(desk, item.children[0])
        refuse(desk, line.attributes, "An entry of a legend is not asked, so it needs no id")
        symbol, *rest = line.children or (Text(""),)
        for extra in item.children[1:]:
            desk.report(
                desk.line_span(extra.first),
                Code.UNSUPPORTED,
                "An entry of a legend is one line of text.",
                "Put what is more than a line into a paragraph below the list.",
            )
        if isinstance(symbol, Math):
            entries.append(LegendEntry(symbol, _after_colon(tuple(rest))))
    return tuple(entries)


def _after_colon(children: Inlines) -> Inlines:
    if not children or not isinstance(children[0], Text):
        return children
    text = children[0].text.lstrip().removeprefix(":").lstrip()
    return (Text(text), *children[1:]) if text else children[1:]


def _plain(desk: Desk, node: Node, given: Given, attributes: Attributes | None) -> Prose:
    if given.id is not None and "plain" in given.classes:
        refuse(desk, attributes, "A list that is not asked needs no id")
    block = plain_block(desk, node)
    assert isinstance(block, BulletList | NumberedList)
    return Prose(block)


def _list_key(
    desk: Desk, node: Node, attributes: Attributes | None, given: Given, what: str, base: str
) -> Key:
    made = key(desk, attributes, given)
    if given.id is None:
        span = desk.line_span(node.first)
        miss(desk, span, what, base, attributes, (node.first + 1, 1), ("{#", "}\n"))
    return made


def _item_key(
    desk: Desk,
    span: Span,
    attributes: Attributes | None,
    end: tuple[int, int],
    what: str,
    base: str,
) -> Key:
    given = sort(desk, attributes, _ITEM)
    made = key(desk, attributes, given)
    if given.id is None:
        miss(desk, span, what, base, attributes, end)
    return made


def _words(block: Block) -> str:
    return plain(block.children) if isinstance(block, Paragraph) else ""
