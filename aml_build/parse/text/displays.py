"""Display math: the formula between double dollars and the attributes behind them."""

from collections.abc import Sequence

import msgspec

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.source import Span
from aml_build.model import MathBlock
from aml_build.parse.attributes import ATTRIBUTES, OPENING, Attributes, read, read_beginning
from aml_build.parse.markdown.parser import Node
from aml_build.parse.parse_context import ParseContext
from aml_build.parse.positions import Place, single
from aml_build.parse.text.math_nodes import display_math
from aml_build.parse.text.unread_braces import guessed


class Display(msgspec.Struct, frozen=True):
    """Display math and the attributes behind it."""

    math: MathBlock
    attributes: Attributes | None
    span: Span
    end: tuple[int, int]
    """1-based line and column right behind the closing dollars."""
    cluttered: bool
    """Whether the closing dollars are followed by something else than attributes."""


def display(context: ParseContext, node: Node) -> Display | None:
    """Read display math."""
    token = node.token
    rows: list[tuple[int, int]] = token.meta["rows"]
    line, column = context.at(rows[0][0] - 2)
    span = Span(context.path, line, column, 2)
    if node.type == "display_unclosed":
        context.report(
            span,
            Code.UNCLOSED_MATH,
            "This `$$` is never closed.",
            "Close the formula with `$$` before the next blank line.",
        )
        return None
    if not token.content.strip():
        context.report(
            span, Code.EMPTY_MATH, "There is nothing between these `$$`.", "Write a formula."
        )
        return None
    tex, place = _tex(context, token.content, rows)
    math = display_math(context, tex, place.span)
    end = context.at(rows[-1][1] + 2)
    attributes = _behind(context, token.info, token.meta["tail"])
    cluttered = attributes is None and bool(token.info.strip())
    return Display(math, attributes, span, end, cluttered)


def _tex(context: ParseContext, content: str, rows: Sequence[tuple[int, int]]) -> tuple[str, Place]:
    """Return the LaTeX without white space around it, and its place."""
    starts = []
    offset = 0
    for begin, end in rows:
        starts.append((offset, *context.at(begin)))
        offset += end - begin + 1
    tex = content.strip()
    skipped = len(content) - len(content.lstrip())
    return tex, Place(context.path, tuple(starts), skipped)


def _behind(context: ParseContext, tail: str, offset: int) -> Attributes | None:
    """Read the text behind the closing dollars."""
    raw = tail.strip()
    if not raw:
        return None
    line, column = context.at(offset + len(tail) - len(tail.lstrip()))
    if ATTRIBUTES.fullmatch(raw):
        return read(raw, single(context.path, line, column), 0)
    span = Span(context.path, line, column, len(raw))
    place = single(context.path, line, column)
    if OPENING.match(raw):
        context.report(
            span,
            Code.UNCLOSED_ATTRIBUTES,
            "These attributes cannot be read.",
            'Write `{#id name="…"}`: every quote and the brace closed, nothing behind.',
        )
        return read_beginning(raw, place, 0)
    if raw.startswith("{") or raw.endswith("}"):
        return guessed(raw, place, 0)
    context.report(
        span,
        Code.MISPLACED_DISPLAY,
        "There is text beside display math.",
        "Put the text into a paragraph of its own; only `{#id …}` follows the closing `$$`.",
    )
    return None
