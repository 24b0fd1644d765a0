"""Display math: what stands between and behind double dollars."""

from collections.abc import Sequence

import msgspec

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.source import Span
from aml_build.model import MathBlock
from aml_build.parse.attributes import ATTRIBUTES, Attributes, read
from aml_build.parse.markdown.parser import Node
from aml_build.parse.parse_context import Desk
from aml_build.parse.positions import Place, single
from aml_build.parse.text.math import display_math


class Display(msgspec.Struct, frozen=True):
    """Display math and the attributes behind it."""

    math: MathBlock
    attributes: Attributes | None
    span: Span
    end: tuple[int, int]
    """1-based line and column right behind the closing dollars."""
    cluttered: bool
    """Whether something stands there that does not belong there."""


def display(desk: Desk, node: Node) -> Display | None:
    """Read display math."""
    token = node.token
    rows: list[tuple[int, int]] = token.meta["rows"]
    line, column = desk.at(rows[0][0] - 2)
    span = Span(desk.path, line, column, 2)
    if node.type == "display_unclosed":
        desk.report(
            span,
            Code.UNCLOSED_MATH,
            "This `$$` is never closed.",
            "Close the formula with `$$` before the next blank line.",
        )
        return None
    if not token.content.strip():
        desk.report(
            span, Code.EMPTY_MATH, "There is nothing between these `$$`.", "Write a formula."
        )
        return None
    tex, place = _tex(desk, token.content, rows)
    math = display_math(desk, tex, place.span)
    end = desk.at(rows[-1][1] + 2)
    attributes = _behind(desk, token.info, token.meta["tail"])
    cluttered = attributes is None and bool(token.info.strip())
    return Display(math, attributes, span, end, cluttered)


def _tex(desk: Desk, content: str, rows: Sequence[tuple[int, int]]) -> tuple[str, Place]:
    """Return the LaTeX without blanks around it, and where it stands."""
    starts = []
    offset = 0
    for begin, end in rows:
        starts.append((offset, *desk.at(begin)))
        offset += end - begin + 1
    tex = content.strip()
    skipped = len(content) - len(content.lstrip())
    return tex, Place(desk.path, tuple(starts), skipped)


def _behind(desk: Desk, tail: str, offset: int) -> Attributes | None:
    """Read what stands behind the closing dollars."""
    raw = tail.strip()
    if not raw:
        return None
    line, column = desk.at(offset + len(tail) - len(tail.lstrip()))
    if ATTRIBUTES.fullmatch(raw):
        return read(raw, single(desk.path, line, column), 0)
    span = Span(desk.path, line, column, len(raw))
    if raw.startswith("{"):
        desk.report(
            span,
            Code.UNCLOSED_ATTRIBUTES,
            "These attributes cannot be read.",
            'Write `{#id name="…"}`: every quote and the brace closed, nothing behind.',
        )
        return None
    desk.report(
        span,
        Code.MISPLACED_DISPLAY,
        "Text stands beside display math.",
        "Put the text into a paragraph of its own; only `{#id …}` follows the closing `$$`.",
    )
    return None
