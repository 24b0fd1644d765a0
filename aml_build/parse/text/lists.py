"""Lists that cards are made of: steps, members, and the legend of a formula."""

import re

from aml_build import model
from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.source import Span
from aml_build.model.plain_text import plain
from aml_build.model.slugs import slug
from aml_build.parse.attributes import Attributes
from aml_build.parse.markdown.parser import Node
from aml_build.parse.markdown.rule_math import CLOSED
from aml_build.parse.parse_context import ParseContext
from aml_build.parse.text.attribute_faults import Grammar
from aml_build.parse.text.attribute_values import (
    AttributeValues,
    IdPlace,
    classify,
    report_missing_id,
)
from aml_build.parse.text.blocks import (
    empty_item,
    paragraph,
    paragraph_line,
    plain_block,
    plain_blocks,
)
from aml_build.parse.text.displays import display
from aml_build.parse.text.inlines import refuse
from aml_build.parse.text.unread_braces import as_meant

_ITEM = Grammar("A list item", keys=("was",))
_LIST = Grammar("A list", ("plain",), ("ask", "was"))
_SEPARATORS = (":", ".", "–", "—", "-")


def steps(
    context: ParseContext, node: Node, attributes: Attributes | None
) -> model.Steps | model.Prose:
    """Read an ordered list in a concept's body."""
    values = classify(context, attributes, _LIST)
    if "plain" in values.classes:
        return _plain(node, values)
    span = context.line_span(node.first)
    key = _list_key(node, span, values, "This list of steps", "steps")
    ask = values.text("ask")
    items = (_step(context, item, number) for number, item in enumerate(node.children, 1))
    return model.Steps(key, ask, tuple(item for item in items if item is not None), span)


def _step(context: ParseContext, node: Node, number: int) -> model.Step | None:
    span = context.line_span(node.first)
    first, attributes, end = _item_start(context, node)
    if first is None or end is None:
        if not node.children or not node.children[0].type.startswith("display"):
            empty_item(context, span)
        return None
    base = slug(_words(first), words=4, fallback=f"step-{number}")
    key = _item_key(context, attributes, IdPlace(span, end), "This step", base)
    return model.Step(key, (first, *plain_blocks(context, node.children[1:])), span)


def _item_start(
    context: ParseContext, node: Node
) -> tuple[model.Block | None, Attributes | None, tuple[int, int] | None]:
    """Read the beginning of an item and its attributes; locate the place for an id."""
    if not node.children:
        return None, None, None
    first = node.children[0]
    if first.type == "paragraph":
        line = as_meant(context, paragraph_line(context, first))
        return paragraph(line), line.attributes, line.end
    if first.type == "display":
        shown = display(context, first)
        if shown is None or shown.cluttered:
            return (shown.math if shown else None), None, None
        return shown.math, shown.attributes, shown.end
    plain_block(context, first)
    return None, None, None


def members_or_prose(
    context: ParseContext, node: Node, attributes: Attributes | None
) -> model.Members | model.Prose:
    """Read a bullet list in a concept's body: members if all its items open with a bold term."""
    values = classify(context, attributes, _LIST)
    if "plain" in values.classes:
        return _plain(node, values)
    bold = [_opens_bold(item) for item in node.children]
    if not all(bold):
        reported = _report_mixed(node, bold, values)
        with context.suppressed(*([Code.MISPLACED_ATTRIBUTES] if reported else [])):
            return _plain(node, values)
    span = context.line_span(node.first)
    key = _list_key(node, span, values, "This list of members", "members")
    ask = values.text("ask")
    items = (_member(context, item, number) for number, item in enumerate(node.children, 1))
    return model.Members(key, ask, tuple(item for item in items if item is not None), span)


def _opens_bold(node: Node) -> bool:
    if not node.children or node.children[0].type != "paragraph":
        return False
    return node.children[0].inline.content.startswith(("**", "__"))


def _report_mixed(node: Node, bold: list[bool], values: AttributeValues) -> bool:
    """Report a list that is only partly a list of members; return whether it is one."""
    if values.id is None and "ask" not in values.keys and not any(bold):
        return False
    context = values.context
    context.report(
        context.line_span(node.children[bold.index(False)].first),
        Code.MIXED_LIST,
        "This item does not open with a bold term, so no cards are made of its list.",
        "Open every item with `**term**:`, or write `{.plain}` on a line before a list that"
        " is not to be asked.",
    )
    return True


def _member(context: ParseContext, node: Node, number: int) -> model.Member | None:
    span = context.line_span(node.first)
    line = as_meant(context, paragraph_line(context, node.children[0]))
    if not line.children or not isinstance(line.children[0], model.Strong):
        empty_item(context, span)
        return None
    term, rest = _split_term(line.children)
    base = slug(plain(term), words=4, fallback=f"item-{number}")
    key = _item_key(context, line.attributes, IdPlace(span, line.end), "This list item", base)
    body: model.Blocks = plain_blocks(context, node.children[1:])
    if rest:
        body = (model.Paragraph(rest, line.span), *body)
    return model.Member(key, term, body, span)


def _split_term(children: model.Inlines) -> tuple[model.Inlines, model.Inlines]:
    """Split an item's text into its bold term and what follows the separator behind it."""
    strong = children[0]
    assert isinstance(strong, model.Strong)
    term = list(strong.children)
    if isinstance(term[-1], model.Text):
        term[-1] = model.Text(re.sub(r"[\s:.]+\Z", "", term[-1].text))
    rest = list(children[1:])
    if rest and isinstance(rest[0], model.Text):
        text = rest[0].text.lstrip()
        # A hyphen without a space before it joins two words, so it is no separator.
        if text.startswith(_SEPARATORS) and (text[0] != "-" or rest[0].text != text):
            text = text[1:]
        rest[0] = model.Text(text.lstrip())
        if not rest[0].text:
            rest.pop(0)
    return tuple(term), tuple(rest)


def looks_like_legend(node: Node) -> bool:
    """Return whether all items of a list begin with math and a colon, or with a lost dollar."""
    items = [_symbol_item(item) for item in node.children]
    return any(items) and all(
        symbol or _dollar_lost(item) for symbol, item in zip(items, node.children, strict=True)
    )


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


def _dollar_lost(node: Node) -> bool:
    """Return whether an item begins with a dollar that begins no formula, which is reported."""
    if not node.children or node.children[0].type != "paragraph":
        return False
    content = node.children[0].inline.content
    return content.startswith("$") and not CLOSED.match(content)


def report_broken_legend(context: ParseContext, node: Node) -> None:
    """Report the item because of which the list below a formula is not its legend."""
    symbols = [_symbol_item(item) for item in node.children]
    if not any(symbols):
        return
    odd = node.children[symbols.index(False)]
    context.report(
        context.line_span(odd.first),
        Code.MIXED_LIST,
        "This item does not begin with math and a colon, so its list is no legend.",
        "Begin every item with `$symbol$:`; a blank line does not end a list, a line like"
        " `{#id}` or `{.plain}` does.",
    )


def legend(context: ParseContext, node: Node) -> tuple[model.LegendEntry, ...]:
    """Read the list right after a formula."""
    entries = []
    for item in node.children:
        line = paragraph_line(context, item.children[0])
        refuse(context, line.attributes, "An entry of a legend is not asked, so it needs no id")
        symbol, *rest = line.children or (model.Text(""),)
        for extra in item.children[1:]:
            context.report(
                context.line_span(extra.first),
                Code.UNSUPPORTED,
                "An entry of a legend is one line of text.",
                "Put what is more than a line into a paragraph below the list.",
            )
        if isinstance(symbol, model.Math):
            entries.append(model.LegendEntry(symbol, _after_colon(tuple(rest))))
    return tuple(entries)


def _after_colon(children: model.Inlines) -> model.Inlines:
    if not children or not isinstance(children[0], model.Text):
        return children
    text = children[0].text.lstrip().removeprefix(":").lstrip()
    return (model.Text(text), *children[1:]) if text else children[1:]


def _plain(node: Node, values: AttributeValues) -> model.Prose:
    if values.id is not None and "plain" in values.classes:
        refuse(values.context, values.braces, "A list that is not asked needs no id")
    block = plain_block(values.context, node)
    assert isinstance(block, model.BulletList | model.NumberedList)
    return model.Prose(block)


def _list_key(
    node: Node, span: Span, values: AttributeValues, construct: str, base: str
) -> model.Key:
    key = values.key()
    if values.id is None:
        place = IdPlace(span, (node.first + 1, 1), "{#", "}\n", node.end)
        report_missing_id(values, construct, base, place)
    return key


def _item_key(
    context: ParseContext,
    attributes: Attributes | None,
    place: IdPlace,
    construct: str,
    base: str,
) -> model.Key:
    values = classify(context, attributes, _ITEM)
    key = values.key()
    if values.id is None:
        report_missing_id(values, construct, base, place)
    return key


def _words(block: model.Block) -> str:
    return plain(block.children) if isinstance(block, model.Paragraph) else ""
