"""Braces at the end of a text that are no attributes and look as if they were meant as such.

Where a construct takes an id, they are read as they were meant, so that nothing that refers to the
construct is reported too. Everywhere else they are text.
"""

import re

from msgspec.structs import replace

from aml_build import model
from aml_build.diagnostics.codes import Code
from aml_build.parse.attributes import (
    ATTRIBUTES,
    OPENING,
    Attributes,
    Reading,
    read,
    read_beginning,
)
from aml_build.parse.parse_context import ParseContext
from aml_build.parse.positions import Place, single
from aml_build.parse.text.inlines import Line
from aml_build.parse.text.whitespace import one_space, trimmed

_CLOSED = re.compile(r"(?<!\\)\{[^{}$`\n]*(?<!\\)\}$")
_MARKED = r"(?:[#.][A-Za-z]|[A-Za-z][\w-]*=)"
_WITHOUT_OPENING = re.compile(rf"(?<!\S){_MARKED}[^{{}}$`\n]*(?<!\\)\}}$")
_WITHOUT_CLOSING = re.compile(r"(?<!\\)\{\s*[#.A-Za-z][^{}$`\n]*$")
_REPORTED = (Code.UNCLOSED_ATTRIBUTES, Code.MISPLACED_ATTRIBUTES)
_MARK_WITHIN = re.compile(rf"\s{_MARKED}")


def as_meant(context: ParseContext, line: Line) -> Line:
    """Return the line of a construct that takes an id, with the attributes that were meant."""
    if line.attributes is not None and _is_whole(line, line.attributes):
        return line
    number, column = line.end
    start = line.place.at(0)
    first = start[1] - 1 if start[0] == number else 0
    raw = context.lines[number - 1][first : column - 1].rstrip()
    if "{" not in raw and "}" not in raw:
        return line
    place = single(context.path, number, first + 1)
    if line.attributes is not None:
        before = raw[: len(raw) - line.attributes.length].rstrip()
        return _with_those_before(line, before, place)
    reported = _reported(context, raw, place)
    if reported is not None:
        end = reported.offset + reported.length
        behind = raw[reported.offset :] if end == len(raw) else raw[end:].strip()
        shorter = _without(line.children, behind)
        return replace(line, children=shorter or line.children, attributes=reported)
    found = _CLOSED.search(raw) or _WITHOUT_OPENING.search(raw) or _WITHOUT_CLOSING.search(raw)
    shorter = _without(line.children, found[0]) if found else None
    if found is None or shorter is None:
        return line
    return replace(line, children=shorter, attributes=guessed(found[0], place, found.start()))


def _is_whole(line: Line, attributes: Attributes) -> bool:
    """Return whether nothing that may be meant as attributes is before the attributes."""
    last = line.children[-1] if line.children else None
    named = any(part.key == "#" for part in attributes.parts)
    return named and not (isinstance(last, model.Text) and last.text.endswith("}"))


def guessed(raw: str, place: Place, offset: int) -> Attributes:
    """Read text that may be meant as attributes."""
    opened = raw if raw.startswith("{") else f" {raw}"
    closed = opened if raw.endswith("}") else f"{opened} "
    parts = read(closed, place, offset - len(opened) + len(raw)).parts
    return Attributes(parts, place, offset, len(raw), Reading.GUESSED)


def guessed_line(content: str, place: Place) -> Attributes | None:
    """Read a paragraph that is nothing but braces, before a list or a table."""
    raw = content.strip()
    if "\n" in raw:
        return None
    if OPENING.match(raw) and not ATTRIBUTES.match(raw):
        return read_beginning(raw, place, content.find(raw))
    if found := re.fullmatch(r"(\{\s*[#.]?\s*[A-Za-z][^{}$`]*\})[.,;:]?", raw):
        return guessed(found[1], place, content.find(raw))
    return None


def _without(children: model.Inlines, raw: str) -> model.Inlines | None:
    """Return the text without the braces at its end; nothing if they are not plain text."""
    last = children[-1] if children else None
    shown = one_space(raw)
    if not isinstance(last, model.Text) or not last.text.endswith(shown):
        return None
    return trimmed((*children[:-1], model.Text(last.text[: -len(shown)])))


def _with_those_before(line: Line, before: str, place: Place) -> Line:
    """Add the braces before those at the end: what was written into a line with a mistake."""
    assert line.attributes is not None
    found = _CLOSED.search(before)
    if not found or not (_MARK_WITHIN.search(found[0]) or OPENING.match(found[0])):
        return line
    first = guessed(found[0], place, found.start())
    if OPENING.match(found[0]):
        if any(part.key == "#" for part in line.attributes.parts):
            return line
        first = replace(first, reading=Reading.REPORTED)
    shorter = _without(line.children, found[0])
    return replace(line, children=shorter or line.children, attributes=first)


def _reported(context: ParseContext, raw: str, place: Place) -> Attributes | None:
    """Read attributes that were reported where they are, within the text or without an end."""
    for opening in OPENING.finditer(raw):
        if not context.has(*place.at(opening.start()), *_REPORTED):
            continue
        found = ATTRIBUTES.match(raw, opening.start())
        if found is None:
            return read_beginning(raw[opening.start() :], place, opening.start())
        return replace(read(found[0], place, found.start()), reading=Reading.REPORTED)
    return None
