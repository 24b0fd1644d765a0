"""What an author can say about a concept: from blocks to constructs."""

from collections.abc import Sequence

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.source import Span
from aml_build.model import (
    Block,
    Cloze,
    ClozeText,
    Comparison,
    ComparisonRow,
    Construct,
    Emphasis,
    Figure,
    Formula,
    Inlines,
    LegendEntry,
    Link,
    Paragraph,
    Picture,
    Pitfall,
    Prose,
    Ref,
    Strong,
    Text,
)
from aml_build.model.plain_text import plain
from aml_build.model.slugs import slug
from aml_build.parse.attributes import Attributes
from aml_build.parse.keys import Grammar, key, miss, sort
from aml_build.parse.keys import text as value_text
from aml_build.parse.markdown.parser import Node
from aml_build.parse.parse_context import Desk
from aml_build.parse.text import lists
from aml_build.parse.text.blocks import (
    PITFALL,
    attributes_line,
    paragraph_line,
    picture_of,
    plain_block,
    plain_blocks,
    quote,
    remark,
)
from aml_build.parse.text.displays import Display, display
from aml_build.parse.text.inlines import refuse
from aml_build.parse.text.tables import ReadTable, table

_FORMULA = Grammar("A formula", ("aside",), ("name", "was"))
_TABLE = Grammar("A table", ("plain",), ("was",))
_ROW = Grammar("A table row", keys=("was",))
_CLOZE = Grammar("A paragraph with highlights", keys=("was",))
_PITFALL = Grammar("A pitfall", keys=("was",))
_FIGURE = Grammar("A figure", ("plain",), ("was",))


def constructs(desk: Desk, nodes: Sequence[Node], term: Inlines) -> tuple[Construct, ...]:
    """Read a concept's body: what stands between its definition and its first question."""
    made: list[Construct] = []
    nameless: list[Display] = []
    waiting: Attributes | None = None
    index = 0
    while index < len(nodes):
        node = nodes[index]
        index += 1
        if node.type == "attributes_line":
            refuse(desk, waiting, "These attributes stand before neither a list nor a table")
            waiting = attributes_line(desk, node)
            continue
        if node.type not in ("bullet_list", "ordered_list", "table"):
            refuse(desk, waiting, "These attributes stand before neither a list nor a table")
            waiting = None
        if node.type == "display":
            following = nodes[index] if index < len(nodes) else None
            built, used = _formula(desk, node, following, term, nameless)
            index += used
        else:
            built = _construct(desk, node, waiting)
            waiting = None
        if built is not None:
            made.append(built)
    refuse(desk, waiting, "These attributes stand before neither a list nor a table")
    _report_nameless(desk, made, nameless)
    return tuple(made)


def _construct(desk: Desk, node: Node, attributes: Attributes | None) -> Construct | None:
    match node.type:
        case "paragraph":
            return _paragraph(desk, node)
        case "bullet_list":
            return _bullet_list(desk, node, attributes)
        case "ordered_list":
            return lists.steps(desk, node, attributes)
        case "table":
            return _comparison(desk, node, attributes)
        case "blockquote":
            return _quote(desk, node)
    block = plain_block(desk, node)
    return Prose(block) if block is not None else None


def _formula(
    desk: Desk, node: Node, following: Node | None, term: Inlines, nameless: list[Display]
) -> tuple[Construct | None, int]:
    """Read display math and, if it is its legend, the list that follows."""
    shown = display(desk, node)
    if shown is None:
        return None, 0
    given = sort(desk, shown.attributes, _FORMULA)
    if "aside" in given.classes:
        if given.id is not None:
            refuse(desk, shown.attributes, "A formula that is not asked needs no id")
        return Prose(shown.math), 0
    made = key(desk, shown.attributes, given)
    name = value_text(desk, shown.attributes, given, "name")
    if given.id is None and not shown.cluttered:
        base = f"eq-{slug(plain(name), words=3)}" if slug(plain(name)) else "formula"
        miss(desk, shown.span, "This formula", base, shown.attributes, shown.end)
    if not name:
        nameless.append(shown)
    entries: tuple[LegendEntry, ...] = ()
    used = 0
    if following is not None and following.type == "bullet_list":
        if lists.looks_like_legend(following):
            entries = lists.legend(desk, following)
            used = 1
        else:
            lists.report_broken_legend(desk, following)
    return Formula(made, name or term, shown.math, entries, shown.span), used


def _report_nameless(desk: Desk, made: Sequence[Construct], nameless: list[Display]) -> None:
    """Of several formulas at most one may go by the concept's term."""
    if sum(isinstance(construct, Formula) for construct in made) < 2:
        return
    for shown in nameless[1:]:
        desk.report(
            shown.span,
            Code.NAMELESS_FORMULA,
            "This concept has several formulas, and this one has no name to ask it by.",
            'Write `{#id name="…"}` behind it, or `{.aside}` if it is not to be asked.',
        )


def _bullet_list(desk: Desk, node: Node, attributes: Attributes | None) -> Construct:
    if attributes is None and lists.looks_like_legend(node):
        desk.report(
            desk.line_span(node.first),
            Code.STRAY_LEGEND,
            "This list looks like a legend, but no formula stands right before it.",
            "Put it right below its formula, or write `{.plain}` on a line before it.",
        )
    return lists.members_or_prose(desk, node, attributes)


def _paragraph(desk: Desk, node: Node) -> Construct | None:
    pictured = picture_of(desk, node)
    if pictured is not None:
        return _figure(desk, node, pictured[0], pictured[1])
    line = paragraph_line(desk, node, clozes=True)
    if not line.children:
        refuse(desk, line.attributes, "These attributes belong to nothing")
        return None
    span = line.place.span(0, line.length)
    text = Paragraph(line.children, span)
    if not has_cloze(line.children):
        refuse(
            desk, line.attributes, "No card is made of this paragraph, so it needs no attributes"
        )
        return Prose(text)
    given = sort(desk, line.attributes, _CLOZE)
    made = key(desk, line.attributes, given)
    if given.id is None:
        base = slug(plain(line.children), words=4, fallback="cloze")
        end = line.place.at(line.length)
        miss(desk, span, "This paragraph with highlights", base, line.attributes, end)
    return ClozeText(made, text, span)


def has_cloze(children: Inlines) -> bool:
    """Tell whether there is a highlight anywhere in some text."""
    for node in children:
        if isinstance(node, Cloze):
            return True
        if isinstance(node, Emphasis | Strong | Link | Ref) and has_cloze(node.children):
            return True
    return False


def _figure(
    desk: Desk, node: Node, picture: Block | None, attributes: Attributes | None
) -> Figure | Prose | None:
    given = sort(desk, attributes, _FIGURE)
    if not isinstance(picture, Picture):
        return None
    if "plain" in given.classes or (attributes is None and not picture.path.endswith(".tex")):
        if given.id is not None:
            refuse(desk, attributes, "A figure that is not asked needs no id")
        return Prose(picture)
    made = key(desk, attributes, given)
    if given.id is None:
        stem = slug(picture.path.rsplit("/", 1)[-1].rsplit(".", 1)[0], fallback="figure")
        content = node.inline.content
        end = desk.place(content, node.first).at(len(content))
        around = ("{#", "}")
        base = f"fig-{stem}"
        miss(desk, picture.span, "This figure", base, attributes, end, around, picture=True)
    return Figure(made, picture, picture.span)


def _comparison(desk: Desk, node: Node, attributes: Attributes | None) -> Construct:
    given = sort(desk, attributes, _TABLE)
    read = table(desk, node)
    if "plain" in given.classes:
        return Prose(read.plain(desk))
    made = key(desk, attributes, given)
    if given.id is None:
        miss(
            desk,
            read.span,
            "This comparison",
            "comparison",
            attributes,
            (node.first + 1, 1),
            ("{#", "}\n"),
        )
    if len(read.head) < 3 or not read.rows:
        desk.report(
            read.span,
            Code.EMPTY_TABLE,
            "This table compares nothing: a comparison has at least two columns beside the first,"
            " and a row.",
            "Fill it, or write `{.plain}` on a line before a table that is not to be asked.",
        )
    for index, cell in enumerate(read.head):
        refuse(desk, cell.attributes, "A column is not asked on its own, so it needs no id")
        if index and not cell.children:
            _report_empty_cell(desk, cell.place.span(0), "column")
    rows = tuple(_row(desk, read, index) for index in range(len(read.rows)))
    corner, *subjects = (cell.children for cell in read.head)
    return Comparison(made, tuple(subjects), rows, read.span, corner)


def _row(desk: Desk, read: ReadTable, index: int) -> ComparisonRow:
    first, *others = read.rows[index]
    given = sort(desk, first.attributes, _ROW)
    made = key(desk, first.attributes, given)
    if not first.children:
        _report_empty_cell(desk, first.place.span(0), "row")
    elif given.id is None:
        base = slug(plain(first.children), words=4, fallback=f"row-{index + 1}")
        miss(desk, read.spans[index], "This row", base, first.attributes, read.ends[index])
    for cell in others:
        refuse(desk, cell.attributes, "A row's id stands in its first cell")
    return ComparisonRow(
        made, first.children, tuple(cell.children for cell in others), read.spans[index]
    )


def _report_empty_cell(desk: Desk, span: Span, what: str) -> None:
    desk.report(
        span,
        Code.EMPTY_CELL,
        f"This {what} of the comparison is called nothing.",
        f"Write in its first cell what the {what} is about.",
    )


def _quote(desk: Desk, node: Node) -> Construct | None:
    quoted = quote(node)
    if quoted.alert != PITFALL:
        block = remark(desk, node, quoted)
        return Prose(block) if block is not None else None
    span = desk.line_span(node.first)
    if not quoted.nodes or quoted.nodes[0].type != "paragraph":
        desk.report(
            span,
            Code.EMPTY_PITFALL,
            "This pitfall does not begin with the mistaken claim.",
            "Write the claim as its first paragraph, as somebody who believes it would say it.",
        )
        plain_blocks(desk, quoted.nodes)
        return None
    line = paragraph_line(desk, quoted.nodes[0])
    given = sort(desk, line.attributes, _PITFALL)
    made = key(desk, line.attributes, given)
    claim = line.children or (Text(""),)
    if given.id is None:
        base = slug(plain(claim), words=4, fallback="pitfall")
        end = line.place.at(line.length)
        miss(desk, line.place.span(0, line.length), "This pitfall", base, line.attributes, end)
    correction = plain_blocks(desk, quoted.nodes[1:])
    if not correction:
        desk.report(
            line.place.span(0, line.length),
            Code.MISSING_CORRECTION,
            "This pitfall does not say what holds instead.",
            "Add a second paragraph to the quotation, after a line with `>` alone.",
        )
    return Pitfall(made, claim, correction, span)
