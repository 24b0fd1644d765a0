"""The grammar of ``{#id .class key=value}``.

The attrs plugin of mdit-py-plugins does not fit: it merges all parts into HTML attributes, keeps no
positions, and does not read braces at the end of a paragraph, a heading or a formula.
"""

import re
from collections.abc import Iterator
from enum import StrEnum

import msgspec

from aml_build.parse.positions import Place

OPENING = re.compile(r"\{(?=\s*(?:[#.][^\s}]|[A-Za-z][\w-]*=))")
"""The beginning of attributes; it does not occur in ordinary text."""
ATTRIBUTES = re.compile(OPENING.pattern + r'(?:"(?>[^"\\\n]|\\.)*"|[^"{}\n])*+\}')


def _key(group: str) -> str:
    return rf"(?P<{group}>[A-Za-z][\w-]*)"


_NEXT = r"(?=\s*(?:$|\}|[#.]\S|[A-Za-z][\w-]*\s*=))"
_OTHER_QUOTES = "\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u00ab\u00bb\u2039\u203a'\u0060\u00b4"
"""All quotes but the straight double one."""
_PART = re.compile(
    r"(?P<mark>#+|\.+)(?P<name>[^\s#{}\"]*)"
    rf'|{_key("key")}(?P<equals>\s*=\s*)"(?P<quoted>(?>[^"\\\n]|\\.)*)"'
    rf"|{_key('odd')}\s*=\s*[{_OTHER_QUOTES}]"
    rf"(?P<foreign>[^\"{{}}\n]{{0,300}}?)[{_OTHER_QUOTES}\"]{_NEXT}"
    rf"|{_key('far')}(?:\s+=\s*|=\s+)(?P<distant>[^\s\"{{}}#.=][^\s\"{{}}=]*){_NEXT}"
    rf"|{_key('plain')}=(?P<bare>[^\s\"{{}}]*)"
    r"|(?P<stray>[^\s]+)"
)


class Flaw(StrEnum):
    """What is wrong with the form of an attribute that can still be read."""

    NONE = ""
    QUOTES = "quotes"
    """Its value is in other quotes than straight double ones."""
    SPACES = "spaces"
    """There are spaces around its equals sign."""
    WORDS = "words"
    """It has several words without quotes."""
    MARKS = "marks"
    """It has more than one ``#`` or ``.``."""


class Attribute(msgspec.Struct, frozen=True, gc=False):
    """One part of the braces."""

    key: str
    """``#``, ``.``, the key's name, or empty for any other text."""
    value: str
    """As written, without quotes."""
    offset: int
    """0-based, of the whole part, in the text of the place."""
    length: int
    at: int
    """Offset of the value."""
    flaw: Flaw = Flaw.NONE


class Reading(StrEnum):
    """How braces were read."""

    SURE = "sure"
    GUESSED = "guessed"
    """They are no attributes, but what stands in them looks as if it was meant so."""
    REPORTED = "reported"
    """They were read as far as possible, and what is wrong with them has a diagnostic."""


class Attributes(msgspec.Struct, frozen=True, gc=False):
    """One pair of braces and its place."""

    parts: tuple[Attribute, ...]
    place: Place
    offset: int
    length: int
    reading: Reading = Reading.SURE


def read(raw: str, place: Place, offset: int) -> Attributes:
    """Split braces into parts; ``offset`` is their 0-based start in the text of ``place``."""
    return Attributes(tuple(_parts(raw, offset)), place, offset, len(raw))


def read_beginning(raw: str, place: Place, offset: int) -> Attributes:
    """Read braces that are never closed, up to the part that has lost its quote."""
    parts = []
    for part in _parts(f"{raw} ", offset):
        end = part.offset + part.length - offset
        if part.key not in ("#", ".") and (not part.key or raw[end : end + 1].strip(" }")):
            break
        parts.append(part)
    return Attributes(tuple(parts), place, offset, len(raw), Reading.REPORTED)


def _parts(raw: str, offset: int) -> Iterator[Attribute]:
    for found in _PART.finditer(raw, 1, len(raw) - 1):
        start = offset + found.start()
        length = found.end() - found.start()
        match found.lastgroup:
            case "quoted":
                key, flaw = found["key"], Flaw.NONE if found["equals"] == "=" else Flaw.SPACES
            case "foreign":
                key, flaw = found["odd"], Flaw.QUOTES
            case "distant":
                key, flaw = found["far"], Flaw.SPACES
            case "bare":
                key, flaw = found["plain"], Flaw.NONE
            case "name":
                mark = found["mark"]
                key, flaw = mark[0], Flaw.MARKS if len(mark) > 1 else Flaw.NONE
            case _:
                key, flaw = "", Flaw.NONE
        group = found.lastgroup or "stray"
        yield Attribute(key, found[group], start, length, offset + found.start(group), flaw)
