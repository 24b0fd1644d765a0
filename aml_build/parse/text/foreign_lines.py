"""Lines that begin with a mark of another format, and Markdown reads as running text."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from aml_build.diagnostics.codes import Code
from aml_build.parse.markdown.parser import Node
from aml_build.parse.markdown.rule_cloze import CODE
from aml_build.parse.markdown.rule_math import CLOSED
from aml_build.parse.parse_context import ParseContext


class _Fault(NamedTuple):
    offset: int
    """In the text of the paragraph."""
    length: int
    message: str
    hint: str


_TASK_ITEM = re.compile(r"[\s>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)+\[[ xX]\](?:\s|\Z)")
_DEFINITION = re.compile(r":[ \t]+\S")
_LABEL = re.compile(r"(\()?([a-z]|[ivx]{2,5}|\d{1,2})[.)][ \t]+\S")
_BULLET = re.compile(r"([•◦▪▫‣●○∙·–—])[ \t\u00a0]*\S")
_GRID = re.compile(r"\+[-=:+]{3,}\+[ \t]*")
_BLOCK_ID = re.compile(r"\s\^[A-Za-z0-9-]{2,}\Z")
_CARD = re.compile(r"\?{1,2}")
_QUESTION = "Write `### Question?` as a heading and the answer below it"
_SECOND = {"a": "b", "i": "ii", "1": "2"}
"""The second label of a list by its first."""
_OPAQUE = re.compile(rf"\\.|{CODE}|{CLOSED.pattern}")
"""Escaped characters, code and formulas, whose lines are no lines of the text."""
_NO_BREAK = re.compile(r"[^\n]")
_DIRECTIVE = re.compile(r"\{\s*([\w.-]*)")


def report_foreign_lines(context: ParseContext, node: Node) -> None:
    """Report the foreign marks at the starts and ends of a paragraph's lines."""
    content = node.inline.content
    if "\n" in content:
        content = _OPAQUE.sub(lambda found: _NO_BREAK.sub("x", found[0]), content)
    for offset, length, message, hint in _faults(content, context.lines[node.first]):
        place = context.place(content, node.first)
        context.report(place.span(offset, length), Code.FOREIGN_SYNTAX, message, f"{hint}.")


def _faults(content: str, raw: str) -> Iterator[_Fault]:
    if content.startswith("[") and _TASK_ITEM.match(raw):
        yield _Fault(
            0,
            3,
            "`[ ]` and `[x]` make no box to tick here.",
            r"Delete it; as text it is written `\[`",
        )
    if found := _BLOCK_ID.search(content):
        yield _Fault(
            found.start() + 1,
            found.end() - found.start() - 1,
            f"`{found[0].strip()}` names nothing here.",
            r"Write `{#id}` where a construct takes one, or delete it; as text it is written `\^`",
        )
    if content.startswith(":") and _DEFINITION.match(content):
        yield _definition(0)
    elif content.startswith("+") and _GRID.match(content):
        yield _Fault(
            0,
            len(content.split("\n", 1)[0]),
            "A table is not drawn with `+` here.",
            r"Write `| a | b |` and below it `|---|---|`; as text the line begins with `\+`",
        )
    if "\n" in content:
        yield from _in_lines(content)


def _in_lines(content: str) -> Iterator[_Fault]:
    offset = 0
    for line, following in pairwise(content.split("\n")):
        offset_of_line, offset = offset, offset + len(line) + 1
        if _DEFINITION.match(following):
            yield _definition(offset)
        if _CARD.fullmatch(following):
            yield _Fault(
                offset,
                len(following),
                f"`{following}` does not divide a question from its answer here.",
                rf"{_QUESTION}; as text it is written `\?`",
            )
        if _lettered(line, following) or _bulleted(line, following):
            label = line.split()[0]
            yield _Fault(
                offset_of_line,
                len(label),
                f"Lines that begin like this one, with `{label}`, are one paragraph here.",
                "Write `1. ` or `- ` before each of them, or a blank line between them",
            )


def _definition(offset: int) -> _Fault:
    return _Fault(
        offset,
        1,
        "A colon at the start of a line makes no definition here.",
        "Write `## Term` and the definition below it, or a list of `- **Term**: definition`;"
        r" as text it is written `\:`",
    )


def _lettered(line: str, following: str) -> bool:
    """Return whether two lines begin with ``a)`` and ``b)``, ``(i)`` and ``(ii)``, and the like."""
    first, second = _LABEL.match(line), _LABEL.match(following)
    if first is None or second is None or (first[2].isdigit() and not first[1]):
        return False
    return _SECOND.get(first[2]) == second[2]


def _bulleted(line: str, following: str) -> bool:
    first, second = _BULLET.match(line), _BULLET.match(following)
    return first is not None and second is not None and first[1] == second[1]


def report_directive(context: ParseContext, node: Node) -> None:
    """Report code whose language is in braces: a directive of MyST or an attribute of Pandoc."""
    found = _DIRECTIVE.match(node.token.info.strip())
    if found is None:
        return
    name = found[1].removeprefix(".")
    fence = node.token.markup
    context.report(
        context.line_span(node.first),
        Code.FOREIGN_SYNTAX,
        "Braces behind these marks have no meaning here.",
        f"Write `{fence}{name}` if this is code, `> [!NOTE]` for a remark, or `$$` for a formula.",
    )
