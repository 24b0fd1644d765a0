"""One concept: its heading, its definition, its body, its questions."""

import re

import msgspec

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.source import Span
from aml_build.model import Concept, ConceptKind, Paragraph, Question, Text
from aml_build.model.plain_text import plain
from aml_build.model.slugs import slug
from aml_build.model.symbols import Reference, ReferenceKind
from aml_build.parse.concept_body import constructs
from aml_build.parse.markdown.parser import Node
from aml_build.parse.parse_context import ParseContext
from aml_build.parse.positions import single
from aml_build.parse.text.attribute_faults import Grammar
from aml_build.parse.text.attribute_values import (
    AttributeValues,
    IdPlace,
    classify,
    report_missing_id,
    unescaped,
)
from aml_build.parse.text.blocks import paragraph_line, plain_blocks
from aml_build.parse.text.inlines import Line, read_line, refuse
from aml_build.parse.text.tables import report_shapeless_table
from aml_build.parse.text.unread_braces import as_meant

_KINDS = tuple(kind.value for kind in ConceptKind)
CONCEPT = Grammar(
    "A concept",
    (*_KINDS, "reversible"),
    ("priority", "aka", "see", "needs", "contrast", "source", "ask", "was"),
    part=False,
)
_QUESTION = Grammar("A question", ("exam",), ("was",))
_ID_AT_END = re.compile(r"\{#[^{}]*\}\s*$")
_PRIORITIES = {"1": 1, "2": 2, "3": 3}


class Section(msgspec.Struct, frozen=True):
    """The part of the file that belongs to one concept."""

    heading: Node
    body: list[Node]
    questions: list[tuple[Node, list[Node]]]


def concept(context: ParseContext, section: Section) -> Concept:
    """Read a concept."""
    line, place = _heading(context, section.heading)
    values = classify(context, line.attributes, CONCEPT)
    term = line.children
    if not term:
        context.report(
            place.span,
            Code.EMPTY_TERM,
            "This heading names no concept.",
            "Write the term behind `##`.",
        )
    key = values.key()
    if values.id is None:
        base = slug(plain(term), fallback="concept")
        report_missing_id(values, "This concept", base, place)
    definition, rest = _definition(context, section, place.span)
    body = constructs(context, rest, term)
    questions = tuple(_question(context, heading, nodes) for heading, nodes in section.questions)
    return Concept(
        key=key,
        term=term or (Text("?"),),
        kind=_kind(values),
        priority=_priority(values),
        aka=values.phrases("aka"),
        see=_references(values, ReferenceKind.SEE),
        needs=_references(values, ReferenceKind.NEEDS),
        contrast=_references(values, ReferenceKind.CONTRAST),
        sources=values.phrases("source"),
        reversible="reversible" in values.classes,
        definition=definition,
        body=(*body, *questions),
        span=place.span,
        ask=values.text("ask"),
    )


def _heading(context: ParseContext, node: Node) -> tuple[Line, IdPlace]:
    """Read the text of a heading; locate its words and the end of them."""
    raw = context.lines[node.first]
    content = node.inline.content
    hashes = node.token.markup if node.token.markup.startswith("#") else ""
    column = raw.find(content, raw.find(hashes) + len(hashes)) if content else len(raw.rstrip())
    place = single(context.path, node.first + 1, column + 1)
    line = as_meant(context, read_line(context, content, place))
    length = len(content)
    if line.attributes is not None:
        _, end = line.attributes.place.at(line.attributes.offset)
        length = len(content[: end - column - 1].rstrip())
    span = place.span(0, length) if length else context.line_span(node.first)
    return line, IdPlace(span, place.at(len(content)))


def _definition(
    context: ParseContext, section: Section, span: Span
) -> tuple[Paragraph, list[Node]]:
    """Return the definition at the beginning of a concept's body, and the rest of the body."""
    body = section.body
    index = next((i for i, node in enumerate(body) if node.type != "html_block"), len(body))
    first = body[index] if index < len(body) else None
    if first is not None and first.type == "paragraph" and report_shapeless_table(context, first):
        return Paragraph((), span), [*body[:index], *body[index + 1 :]]
    if first is not None and first.type == "paragraph" and not _is_construct(first):
        line = paragraph_line(context, first)
        why = "The definition needs no attributes: the heading has them"
        refuse(context, line.attributes, why)
        if line.children:
            return Paragraph(line.children, line.span), [*body[:index], *body[index + 1 :]]
    if not section.heading.refused:
        context.report(
            span,
            Code.MISSING_DEFINITION,
            "This concept does not begin with a definition.",
            "Say what it is, in one or two sentences, in the first paragraph below the heading.",
        )
    return Paragraph((), span), body


def _is_construct(node: Node) -> bool:
    """Return whether a paragraph is a picture, or has highlights and the id of their cards."""
    content = node.inline.content
    return (content.startswith("![") and not content.startswith("![[")) or (
        "==" in content and bool(_ID_AT_END.search(content))
    )


def _question(context: ParseContext, node: Node, answer: list[Node]) -> Question:
    line, place = _heading(context, node)
    values = classify(context, line.attributes, _QUESTION)
    words = plain(line.children)
    doubtful = not ends_as_question(words)
    if doubtful and not node.refused:
        context.report(
            place.span,
            Code.NOT_A_QUESTION,
            "A heading of level 3 is a question, and this one has no question mark.",
            "Write it as a question that ends in `?`, or write `##` if it is a concept.",
        )
    key = values.key(guessed=doubtful)
    if values.id is None:
        report_missing_id(values, "This question", slug(words, words=4, fallback="question"), place)
    blocks = plain_blocks(context, answer)
    if not blocks and not node.refused:
        context.report(
            place.span,
            Code.EMPTY_ANSWER,
            "This question has no answer.",
            "Write the short answer as a paragraph below it.",
        )
    return Question(
        key, line.children or (Text("?"),), blocks, "exam" in values.classes, place.span
    )


def ends_as_question(text: str) -> bool:
    """Return whether a text ends in a question mark."""
    return text.rstrip().endswith("?")


def _kind(values: AttributeValues) -> ConceptKind:
    kinds = [name for name in values.classes if name in _KINDS]
    if len(kinds) > 1:
        values.context.report(
            values.span(values.classes[kinds[1]]),
            Code.DUPLICATE_ATTRIBUTE,
            f"`.{kinds[1]}` is a second kind: a concept has one.",
            "Keep one of them.",
        )
    return ConceptKind(kinds[0]) if kinds else ConceptKind.DEFINITION


def _priority(values: AttributeValues) -> int:
    part = values.keys.get("priority")
    if part is None:
        return 2
    priority = _PRIORITIES.get(unescaped(part))
    if priority is None:
        values.context.report(
            values.span(part),
            Code.BAD_VALUE,
            f"`priority` cannot be `{part.value}`.",
            "Write `priority=1` (essential), `priority=2` (normal) or `priority=3` (background).",
        )
    return priority or 2


def _references(values: AttributeValues, kind: ReferenceKind) -> tuple[str, ...]:
    found = values.words(kind.value)
    context = values.context
    context.references += [Reference(name, span, context.concept, kind) for name, span in found]
    return tuple(dict.fromkeys(name for name, _ in found))
