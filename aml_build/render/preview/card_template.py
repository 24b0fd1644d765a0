"""Anki's card templates, rendered as Anki renders them.

https://docs.ankiweb.net/templates/intro.html; only what our templates use: fields, conditions,
``cloze:``, ``FrontSide``. A test compares every card with the real Anki's.
"""

import html
import re
from collections.abc import Mapping

import msgspec

_TAG = re.compile(r"\{\{([^}]+)\}\}")
_SECTION = re.compile(r"\{\{([#^])([^}]+)\}\}(.*?)\{\{/\2\}\}", re.DOTALL)
_CLOZE_TOKEN = re.compile(r"\{\{c(\d+)::|\}\}")
_OCCLUSION = "image-occlusion:"


class Sides(msgspec.Struct, frozen=True):
    """A card's two sides, as HTML."""

    front: str
    back: str


def render(front: str, back: str, fields: Mapping[str, str], ordinal: int) -> Sides:
    """Return both sides of a card; raise ``KeyError`` for a field that there is not.

    ``ordinal`` is the card's, 0-based: the number of the gap less one, for clozes.
    """
    question = _side(front, fields, ordinal + 1, asking=True)
    shown = {**fields, "FrontSide": question}
    return Sides(question, _side(back, shown, ordinal + 1, asking=False))


def _side(template: str, fields: Mapping[str, str], number: int, *, asking: bool) -> str:
    def section(match: re.Match[str]) -> str:
        sign, name, inner = match.groups()
        shown = bool(fields[name].strip()) is (sign == "#")
        return _SECTION.sub(section, inner) if shown else ""

    def field(match: re.Match[str]) -> str:
        *filters, name = match[1].strip().split(":")
        value = fields[name]
        return cloze(value, number, asking=asking) if filters == ["cloze"] else value

    return _TAG.sub(field, _SECTION.sub(section, template))


def cloze(text: str, number: int, *, asking: bool) -> str:
    """Return a cloze field with gap ``number`` (1-based) asked for, or answered."""
    out: list[tuple[int, list[str]]] = [(0, [])]
    end = 0
    for match in _CLOZE_TOKEN.finditer(text):
        out[-1][1].append(text[end : match.start()])
        end = match.end()
        if match[1]:
            out.append((int(match[1]), []))
        elif len(out) > 1:
            gap, parts = out.pop()
            out[-1][1].append(_gap(gap, "".join(parts), active=gap == number, asking=asking))
        else:
            out[-1][1].append(match[0])
    out[-1][1].append(text[end:])
    return "".join(part for _, parts in out for part in parts)


def _gap(gap: int, inner: str, *, active: bool, asking: bool) -> str:
    if inner.startswith(_OCCLUSION):
        kind = ("cloze" if asking else "cloze-highlight") if active else "cloze-inactive"
        return f'<div class="{kind}" data-ordinal="{gap}" {_shape(inner)}></div>'
    if not active:
        return f'<span class="cloze-inactive" data-ordinal="{gap}">{inner}</span>'
    if not asking:
        return f'<span class="cloze" data-ordinal="{gap}">{inner}</span>'
    return (
        f'<span class="cloze" data-cloze="{html.escape(inner)}" data-ordinal="{gap}">[...]</span>'
    )


def _shape(inner: str) -> str:
    _, shape, *properties = inner.split(":")
    pairs = [tuple(p.split("=", 1)) for p in properties]
    names = {"oi": "occludeInactive"}
    return f'data-shape="{shape}" ' + "".join(
        f'data-{names.get(name, name)}="{html.escape(value)}" ' for name, value in pairs
    )
