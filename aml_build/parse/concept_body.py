"""The body of a concept: from blocks to constructs."""

from collections.abc import Sequence

from aml_build import model
from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.source import Span
from aml_build.model.drawing import is_tikz
from aml_build.model.plain_text import plain
from aml_build.model.slugs import slug
from aml_build.model.walk import descendants
from aml_build.parse.attributes import Attributes
from aml_build.parse.markdown.parser import Node
from aml_build.parse.parse_context import ParseContext
from aml_build.parse.text import lists
from aml_build.parse.text.attribute_faults import Grammar
from aml_build.parse.text.attribute_values import IdPlace, classify, report_missing_id
from aml_build.parse.text.blocks import (
    attributes_before,
    paragraph_line,
    picture_of,
    plain_block,
    plain_blocks,
    remark,
)
from aml_build.parse.text.displays import Display, display
from aml_build.parse.text.inlines import refuse
from aml_build.parse.text.quotations import PITFALL, Quote, quote
from aml_build.parse.text.tables import ReadTable, report_shapeless_table, table
from aml_build.parse.text.unread_braces import as_meant

_FORMULA = Grammar("A formula", ("aside",), ("name", "was"))
_TABLE = Grammar("A table", ("plain",), ("was",))
_ROW = Grammar("A table row", keys=("was",))
_CLOZE = Grammar("A paragraph with highlights", keys=("was",))
_PITFALL = Grammar("A pitfall", keys=("was",))
_FIGURE = Grammar("A figure", ("plain",), ("was",))
_STRAY = "These attributes are before neither a list nor a table"


def constructs(
    context: ParseContext, nodes: Sequence[Node], term: model.Inlines
) -> tuple[model.Construct, ...]:
    """Read the blocks between a concept's definition and its first question."""
    result: list[model.Construct] = []
    nameless: list[Display] = []
    pending: Attributes | None = None
    rest = list(reversed(nodes))
    while rest:
        node = rest.pop()
        attributes = attributes_before(context, node, rest[-1] if rest else None)
        if attributes is not None:
            refuse(context, pending, _STRAY)
            pending = attributes
            continue
        if node.type == "paragraph" and report_shapeless_table(context, node):
            pending = None
            continue
        if node.type not in ("bullet_list", "ordered_list", "table"):
            refuse(context, pending, _STRAY)
            pending = None
        if node.type == "display":
            construct, has_legend = _formula(context, node, rest[-1:], term, nameless)
            if has_legend:
                rest.pop()
        else:
            construct = _construct(context, node, pending)
            pending = None
            if node.type == "display_unclosed" and rest and lists.looks_like_legend(rest[-1]):
                lists.legend(context, rest.pop())
        if construct is not None:
            result.append(construct)
    refuse(context, pending, _STRAY)
    _report_nameless(context, result, nameless)
    return tuple(result)


def _construct(
    context: ParseContext, node: Node, attributes: Attributes | None
) -> model.Construct | None:
    match node.type:
        case "paragraph":
            return _paragraph(context, node)
        case "bullet_list":
            return _bullet_list(context, node, attributes)
        case "ordered_list":
            return lists.steps(context, node, attributes)
        case "table":
            return _comparison(context, node, attributes)
        case "blockquote":
            return _quote(context, node)
    block = plain_block(context, node)
    return model.Prose(block) if block is not None else None


def _formula(
    context: ParseContext,
    node: Node,
    following: list[Node],
    term: model.Inlines,
    nameless: list[Display],
) -> tuple[model.Construct | None, bool]:
    """Read display math; tell whether the list that follows is its legend and was read too."""
    shown = display(context, node)
    if shown is None:
        return None, False
    values = classify(context, shown.attributes, _FORMULA)
    if "aside" in values.classes:
        if values.id is not None:
            refuse(context, shown.attributes, "A formula that is not asked needs no id")
        return model.Prose(shown.math), False
    key = values.key()
    name = values.text("name")
    if values.id is None and not shown.cluttered:
        words = slug(plain(name), words=3)
        place = IdPlace(shown.span, shown.end)
        report_missing_id(values, "This formula", f"eq-{words}" if words else "formula", place)
    if not name:
        nameless.append(shown)
    entries: tuple[model.LegendEntry, ...] = ()
    has_legend = False
    if following and following[0].type == "bullet_list":
        has_legend = lists.looks_like_legend(following[0])
        if has_legend:
            entries = lists.legend(context, following[0])
        else:
            lists.report_broken_legend(context, following[0])
    return model.Formula(key, name or term, shown.math, entries, shown.span), has_legend


def _report_nameless(
    context: ParseContext, result: Sequence[model.Construct], nameless: list[Display]
) -> None:
    """Report all formulas without name but one: the concept's term can name only one formula."""
    if sum(isinstance(construct, model.Formula) for construct in result) < 2:
        return
    for shown in nameless[1:]:
        context.report(
            shown.span,
            Code.NAMELESS_FORMULA,
            "This concept has several formulas, and this one has no name to ask it by.",
            'Write `{#id name="…"}` behind it, or `{.aside}` if it is not to be asked.',
        )


def _bullet_list(
    context: ParseContext, node: Node, attributes: Attributes | None
) -> model.Construct:
    if attributes is None and lists.looks_like_legend(node):
        context.report(
            context.line_span(node.first),
            Code.STRAY_LEGEND,
            "This list looks like a legend, but no formula is right before it.",
            "Put it right below its formula, or write `{.plain}` on a line before it.",
        )
    return lists.members_or_prose(context, node, attributes)


def _paragraph(context: ParseContext, node: Node) -> model.Construct | None:
    pictured = picture_of(context, node)
    if pictured is not None:
        return _figure(context, node, *pictured)
    line = paragraph_line(context, node, clozes=True)
    if not line.children:
        refuse(context, line.attributes, "These attributes belong to nothing")
        return None
    text = model.Paragraph(line.children, line.span)
    if not any(isinstance(inline, model.Cloze) for inline in descendants(line.children)):
        why = "No card is made of this paragraph, so it needs no attributes"
        refuse(context, line.attributes, why)
        return model.Prose(text)
    line = as_meant(context, line)
    text = model.Paragraph(line.children, line.span)
    values = classify(context, line.attributes, _CLOZE)
    key = values.key()
    if values.id is None:
        base = slug(plain(line.children), words=4, fallback="cloze")
        place = IdPlace(line.span, line.end)
        report_missing_id(values, "This paragraph with highlights", base, place)
    return model.ClozeText(key, text, line.span)


def _figure(
    context: ParseContext, node: Node, picture: model.Block | None, attributes: Attributes | None
) -> model.Figure | model.Prose | None:
    values = classify(context, attributes, _FIGURE)
    if not isinstance(picture, model.Picture):
        return None
    if "plain" in values.classes or (attributes is None and not is_tikz(picture.path)):
        if values.id is not None:
            refuse(context, attributes, "A figure that is not asked needs no id")
        return model.Prose(picture)
    key = values.key()
    if not key.id and picture.path not in context.masked_figures:
        return model.Prose(picture)
    if values.id is None:
        stem = slug(picture.path.rsplit("/", 1)[-1].rsplit(".", 1)[0], fallback="figure")
        content = node.inline.content
        end = context.place(content, node.first).at(len(content))
        place = IdPlace(picture.span, end, "{#")
        report_missing_id(values, "This figure", f"fig-{stem}", place)
    return model.Figure(key, picture, picture.span)


def _comparison(
    context: ParseContext, node: Node, attributes: Attributes | None
) -> model.Construct:
    values = classify(context, attributes, _TABLE)
    read = table(context, node)
    if "plain" in values.classes:
        return model.Prose(read.plain(context))
    key = values.key()
    if values.id is None:
        place = IdPlace(read.span, (node.first + 1, 1), "{#", "}\n", node.end)
        report_missing_id(values, "This comparison", "comparison", place)
    if len(read.head) < 3 or not read.rows:
        context.report(
            read.span,
            Code.EMPTY_TABLE,
            "This table compares nothing: a comparison has at least two columns beside the first,"
            " and a row.",
            "Fill it, or write `{.plain}` on a line before a table that is not to be asked.",
        )
    for index, cell in enumerate(read.head):
        why = "A column is not asked on its own, so it needs no id"
        refuse(context, cell.attributes, why)
        if index and not cell.children:
            _report_empty_cell(context, cell.place.span(0), "column")
    rows = tuple(_row(context, read, index) for index in range(len(read.rows)))
    corner, *subjects = (cell.children for cell in read.head)
    return model.Comparison(key, tuple(subjects), rows, read.span, corner)


def _row(context: ParseContext, read: ReadTable, index: int) -> model.ComparisonRow:
    first, *others = read.rows[index]
    first = as_meant(context, first)
    values = classify(context, first.attributes, _ROW)
    key = values.key()
    span = read.spans[index]
    if not first.children:
        _report_empty_cell(context, first.place.span(0), "row")
    elif values.id is None:
        base = slug(plain(first.children), words=4, fallback=f"row-{index + 1}")
        report_missing_id(values, "This row", base, IdPlace(span, first.end))
    for cell in others:
        refuse(context, cell.attributes, "A row's id belongs in its first cell")
    return model.ComparisonRow(key, first.children, tuple(cell.children for cell in others), span)


def _report_empty_cell(context: ParseContext, span: Span, what: str) -> None:
    context.report(
        span,
        Code.EMPTY_CELL,
        f"This {what} of the comparison has no name.",
        f"Write in its first cell what the {what} is about.",
    )


def _quote(context: ParseContext, node: Node) -> model.Construct | None:
    quoted = quote(context, node)
    if quoted.alert == PITFALL:
        return _pitfall(context, node, quoted)
    block = remark(context, quoted.nodes)
    return model.Prose(block) if block is not None else None


def _pitfall(context: ParseContext, node: Node, quoted: Quote) -> model.Pitfall | None:
    nodes = quoted.nodes
    span = context.line_span(node.first)
    if not nodes or nodes[0].type != "paragraph":
        context.report(
            span,
            Code.EMPTY_PITFALL,
            "This pitfall does not begin with the mistaken claim.",
            "Write the claim as its first paragraph, as somebody who believes it would say it.",
        )
        plain_blocks(context, nodes)
        return None
    line = as_meant(context, paragraph_line(context, nodes[0]))
    values = classify(context, line.attributes, _PITFALL)
    key = values.key()
    claim = line.children or (model.Text(""),)
    if values.id is None:
        base = slug(plain(claim), words=4, fallback="pitfall")
        place = IdPlace(line.span, line.end, first=node.first + 1)
        report_missing_id(values, "This pitfall", base, place)
    correction = plain_blocks(context, nodes[1:])
    if not correction and not quoted.reported:
        context.report(
            line.span,
            Code.MISSING_CORRECTION,
            "This pitfall does not state what is true instead.",
            "Add a second paragraph to the quotation, after a line with `>` alone.",
        )
    return model.Pitfall(key, claim, correction, span)
