"""The headings of a file: what each begins, and what it was meant to begin if it is refused.

A refused heading is read as the heading that it was meant to be, so that its id is known and what
follows it is read as part of it: its message is then the only one.
"""

import re
from collections.abc import Iterator
from enum import Enum, auto

from markdown_it.token import Token

from aml_build.diagnostics.codes import Code
from aml_build.parse.attributes import ATTRIBUTES, OPENING, read
from aml_build.parse.concept import CONCEPT, ends_as_question
from aml_build.parse.markdown.parser import Node
from aml_build.parse.parse_context import ParseContext
from aml_build.parse.positions import single

_HASHES = re.compile(r"(#{1,6})(?![#\s])")
_ID = re.compile(r"(?:^|\s|\))\{#[^{}]+\}\s*(?:\||$)")
_MEANT = "Write `## Term` for a concept or `### Question?` for a question."


class Role(Enum):
    """What a block on the top level of a file begins."""

    TEXT = auto()
    CONCEPT = auto()
    QUESTION = auto()
    NOTHING = auto()
    """It is refused, and what follows belongs to what was before it."""


def roles(context: ParseContext, node: Node, end: int, within: bool) -> Iterator[tuple[Role, Node]]:
    """Yield each part of a block with its role.

    ``end`` is the 0-based line of the next heading; ``within`` tells whether a concept is before it.
    """
    if node.type == "paragraph":
        yield from _paragraph(context, node)
    elif node.type != "heading":
        yield Role.TEXT, node
    elif node.token.markup.startswith("#"):
        yield _heading(context, node, end, within), node
    else:
        yield from _underlined(context, node)


def _paragraph(context: ParseContext, node: Node) -> Iterator[tuple[Role, Node]]:
    """Find a heading whose hashes have no space behind them."""
    content = node.inline.content
    found = _HASHES.match(content)
    first, _, rest = content.partition("\n")
    if found is None or (len(found[1]) == 1 and not _attributes(first)):
        yield Role.TEXT, node
        return
    hashes = found[1]
    text = first[len(hashes) :]
    role = Role.QUESTION if len(hashes) > 2 or _is_question(text) else Role.CONCEPT
    right = "###" if role is Role.QUESTION else "##"
    context.report(
        context.place(content, node.first).span(0, len(hashes)),
        Code.MALFORMED_HEADING,
        "There is no space behind these hashes, so this is no heading.",
        f"Write `{right} ` with a space, or `\\#` for a hash in the text.",
    )
    yield role, _made("heading", f"h{len(right)}", hashes, text, node.first, node.first + 1)
    if rest:
        yield Role.TEXT, _made("paragraph", "p", "", rest, node.first + 1, node.end)


def _heading(context: ParseContext, node: Node, end: int, within: bool) -> Role:
    content = node.inline.content
    level = int(node.token.tag[1])
    if level == 2:
        return Role.CONCEPT
    if level == 3:
        if _is_question(content) or not (
            _names_concept(content)
            or (_attributes(content) and not within)
            or _has_ids(context, node, end)
        ):
            return Role.QUESTION
        message = "A heading of level 3 is a question, and this one begins a concept."
        _refuse(context, node, Code.NOT_A_QUESTION, message, "Write `##`.")
        return Role.CONCEPT
    role, hint = _meant(content, level, within)
    _refuse(
        context,
        node,
        Code.HEADING_LEVEL,
        f"A heading of level {level} has no meaning here.",
        hint,
    )
    return role


def _meant(content: str, level: int, within: bool) -> tuple[Role, str]:
    """Return what a heading of a wrong level was meant to begin, and a hint."""
    if within and _is_question(content):
        return Role.QUESTION, "It ends in a question mark: write `###`."
    if _attributes(content):
        return Role.CONCEPT, "Write `##`." if level == 1 or _names_concept(content) else _MEANT
    if level == 1 and not within:
        return Role.NOTHING, (
            "If it is the lesson's title, remove it: `title:` in the front matter has it."
            " A concept is `## Term`."
        )
    return (Role.CONCEPT if level == 1 else Role.NOTHING), _MEANT


def _underlined(context: ParseContext, node: Node) -> Iterator[tuple[Role, Node]]:
    content = node.inline.content
    concept = "\n" not in content and _attributes(content)
    _refuse(
        context,
        node,
        Code.HEADING_LEVEL,
        "A line of `---` or `===` below text makes a heading of it, which is not used here.",
        "Write `## Term`, or put a blank line in between.",
    )
    if concept:
        yield Role.CONCEPT, node
    else:
        yield Role.TEXT, _made("paragraph", "p", "", content, node.first, node.end - 1)


def _refuse(context: ParseContext, node: Node, code: Code, message: str, hint: str) -> None:
    node.refused = True
    context.report(context.line_span(node.first), code, message, hint)


def _made(kind: str, tag: str, markup: str, content: str, first: int, end: int) -> Node:
    """Make a block of text that Markdown reads as another."""
    made = Node(Token(f"{kind}_open", tag, 1, map=[first, end], markup=markup))
    made.children = [Node(Token("inline", "", 0, content=content.strip()))]
    made.refused = True
    return made


def _attributes(content: str) -> bool:
    """Return whether a heading ends in attributes, even in such as cannot be read."""
    return OPENING.search(content) is not None or content.rstrip().endswith("}")


def _names_concept(content: str) -> bool:
    """Return whether the heading has attributes that only a concept has."""
    found = OPENING.search(content)
    braces = ATTRIBUTES.match(content, found.start()) if found else None
    if braces is None:
        return False
    parts = read(braces[0], single("", 1, 1), 0).parts
    return any(
        (part.key == "." and part.value in CONCEPT.classes)
        or (part.key in CONCEPT.keys and part.key != "was")
        for part in parts
    )


def _has_ids(context: ParseContext, node: Node, end: int) -> bool:
    """Return whether there are ids below a heading, which only a concept's constructs have."""
    return any(_ID.search(line) for line in context.lines[node.end : end])


def _is_question(content: str) -> bool:
    found = OPENING.search(content)
    return ends_as_question(content[: found.start()] if found else content)
