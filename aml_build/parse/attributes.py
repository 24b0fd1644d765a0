"""The grammar of ``{#id .class key=value}``.

The attrs plugin of mdit-py-plugins does not fit: it merges all parts into HTML attributes, keeps no
positions, and does not read braces at the end of a paragraph, a heading or a formula.
"""

import re
from collections.abc import Iterator

import msgspec

from aml_build.parse.positions import Place

OPENING = re.compile(r"\{(?=\s*(?:[#.][^\s}]|[A-Za-z][\w-]*=))")
"""The beginning of attributes; it does not occur in ordinary text."""
ATTRIBUTES = re.compile(OPENING.pattern + r'(?:"(?>[^"\\\n]|\\.)*"|[^"{}\n])*+\}')
_PART = re.compile(
    r'(?P<key>[A-Za-z][\w-]*)=(?:"(?P<quoted>(?>[^"\\\n]|\\.)*)"|(?P<bare>[^\s"{}]*))'
    r"|(?P<mark>[#.])(?P<name>[^\s#{}\"]*)|(?P<stray>[^\s]+)"
)


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


class Attributes(msgspec.Struct, frozen=True, gc=False):
    """One pair of braces and its place."""

    parts: tuple[Attribute, ...]
    place: Place
    offset: int
    length: int


def read(raw: str, place: Place, offset: int) -> Attributes:
    """Split braces into parts; ``offset`` is their 0-based start in the text of ``place``."""
    return Attributes(tuple(_parts(raw, offset)), place, offset, len(raw))


def _parts(raw: str, offset: int) -> Iterator[Attribute]:
    for found in _PART.finditer(raw, 1, len(raw) - 1):
        start = offset + found.start()
        length = found.end() - found.start()
        if (key := found["key"]) is not None:
            group = "quoted" if found["quoted"] is not None else "bare"
            yield Attribute(key, found[group], start, length, offset + found.start(group))
        elif (mark := found["mark"]) is not None:
            yield Attribute(mark, found["name"], start, length, start + 1)
        else:
            yield Attribute("", found["stray"], start, length, start)
