"""One concept: its heading, its definition, its body, its questions."""

import msgspec

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.source import Span
from aml_build.model import Concept, ConceptKind, Paragraph, Question, Text
from aml_build.model.plain_text import plain
from aml_build.model.slugs import slug
from aml_build.model.symbols import Use, UseKind
from aml_build.parse.attributes import Attributes
from aml_build.parse.constructs import constructs
from aml_build.parse.keys import Given, Grammar, key, miss, phrases, sort, unquoted, words
from aml_build.parse.keys import text as value_text
from aml_build.parse.markdown.parser import Node
from aml_build.parse.parse_context import Desk
from aml_build.parse.positions import single
from aml_build.parse.text.blocks import paragraph_line, plain_blocks
from aml_build.parse.text.inlines import Line, read_line, refuse

_KINDS = tuple(kind.value for kind in ConceptKind)
_CONCEPT = Grammar(
    "A concept",
    (*_KINDS, "reversible"),
    ("priority", "aka", "see", "needs", "contrast", "source", "ask", "was"),
)
_QUESTION = Grammar("A question", ("exam",), ("was",))
_PRIORITIES = {"1": 1, "2": 2, "3": 3}


class Section(msgspec.Struct, frozen=True):
    """A concept's part of the file."""

    heading: Node
    body: list[Node]
    questions: list[tuple[Node, list[Node]]]


def concept(desk: Desk, section: Section) -> Concept:
    """Read a concept."""
    line, span, end = _heading(desk, section.heading)
    attributes = line.attributes
    given = sort(desk, attributes, _CONCEPT)
    term = line.children
    if not term:
        desk.report(
            span,
            Code.EMPTY_TERM,
            "This heading names no concept.",
            "Write the term behind `##`.",
        )
    made = key(desk, attributes, given, part=False)
    if given.id is None:
        base = slug(plain(term), fallback="concept")
        miss(desk, span, "This concept", base, attributes, end, part=False)
    definition, rest = _definition(desk, section, span)
    body = constructs(desk, rest, term)
    questions = tuple(_question(desk, heading, nodes) for heading, nodes in section.questions)
    return Concept(
        key=made,
        term=term or (Text("?"),),
        kind=_kind(desk, attributes, given),
        priority=_priority(desk, attributes, given),
        aka=phrases(given, "aka"),
        see=_pointers(desk, attributes, given, UseKind.SEE),
        needs=_pointers(desk, attributes, given, UseKind.NEEDS),
        contrast=_pointers(desk, attributes, given, UseKind.CONTRAST),
        sources=phrases(given, "source"),
        reversible="reversible" in given.classes,
        definition=definition,
        body=(*body, *questions),
        span=span,
        ask=value_text(desk, attributes, given, "ask"),
    )


def _heading(desk: Desk, node: Node) -> tuple[Line, Span, tuple[int, int]]:
    """Read a heading: its text, the span of its words, and where braces would go."""
    raw = desk.lines[node.first]
    content = node.inline.content
    hashes = raw.find("#")
    column = raw.find(content, hashes + len(node.token.markup)) if content else len(raw.rstrip())
    place = single(desk.path, node.first + 1, column + 1)
    line = read_line(desk, content, place)
    length = len(content)
    if line.attributes is not None:
        length = len(content[: line.attributes.offset].rstrip())
    span = place.span(0, length) if length else desk.line_span(node.first)
    return line, span, place.at(len(content))


def _definition(desk: Desk, section: Section, span: Span) -> tuple[Paragraph, list[Node]]:
    """Take the definition off a concept's body."""
    body = section.body
    index = next((i for i, node in enumerate(body) if node.type != "html_block"), len(body))
    if index < len(body) and body[index].type == "paragraph" and not _is_picture(body[index]):
        line = paragraph_line(desk, body[index])
        refuse(desk, line.attributes, "The definition needs no attributes: the heading has them")
        if line.children:
            where = line.place.span(0, line.length)
            return Paragraph(line.children, where), [*body[:index], *body[index + 1 :]]
    desk.report(
        span,
        Code.MISSING_DEFINITION,
        "This concept does not begin with a definition.",
        "Say what it is, in one or two sentences, in the first paragraph below the heading.",
    )
    return Paragraph((), span), body


def _is_picture(node: Node) -> bool:
    return node.inline.content.startswith("![")


def _question(desk: Desk, node: Node, answer: list[Node]) -> Question:
    line, span, end = _heading(desk, node)
    given = sort(desk, line.attributes, _QUESTION)
    words_of_it = plain(line.children)
    if not words_of_it.rstrip().endswith("?"):
        desk.report(
            span,
            Code.NOT_A_QUESTION,
            "A heading of level 3 is a question, and this one has no question mark.",
            "Write it as a question that ends in `?`, or write `##` if it is a concept.",
        )
    made = key(desk, line.attributes, given)
    if given.id is None:
        base = slug(words_of_it, words=4, fallback="question")
        miss(desk, span, "This question", base, line.attributes, end)
    blocks = plain_blocks(desk, answer)
    if not blocks:
        desk.report(
            span,
            Code.EMPTY_ANSWER,
            "This question has no answer.",
            "Write the short answer as a paragraph below it.",
        )
    return Question(made, line.children or (Text("?"),), blocks, "exam" in given.classes, span)


def _kind(desk: Desk, attributes: Attributes | None, given: Given) -> ConceptKind:
    kinds = [name for name in given.classes if name in _KINDS]
    if len(kinds) > 1 and attributes is not None:
        part = given.classes[kinds[1]]
        desk.report(
            attributes.place.span(part.offset, part.length),
            Code.DUPLICATE_ATTRIBUTE,
            f"`.{kinds[1]}` is a second kind: a concept has one.",
            "Keep one of them.",
        )
    return ConceptKind(kinds[0]) if kinds else ConceptKind.DEFINITION


def _priority(desk: Desk, attributes: Attributes | None, given: Given) -> int:
    part = given.values.get("priority")
    if part is None or attributes is None:
        return 2
    priority = _PRIORITIES.get(unquoted(part))
    if priority is None:
        desk.report(
            attributes.place.span(part.offset, part.length),
            Code.BAD_VALUE,
            f"`priority` cannot be `{part.value}`.",
            "Write `priority=1` (essential), `priority=2` (normal) or `priority=3` (background).",
        )
    return priority or 2


def _pointers(
    desk: Desk, attributes: Attributes | None, given: Given, kind: UseKind
) -> tuple[str, ...]:
    part = given.values.get(kind.value)
    if part is None or attributes is None:
        return ()
    found = words(attributes, part)
    for name, span in found:
        desk.used.append(Use(name, span, desk.concept, kind))
    return tuple(dict.fromkeys(name for name, _ in found))
