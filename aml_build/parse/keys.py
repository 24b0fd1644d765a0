"""From attributes to keys, options and former ids, with every mistake in them."""

import re
from collections.abc import Mapping

import msgspec

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.source import Span
from aml_build.diagnostics.suggestions import nearest
from aml_build.model import Inlines, Key
from aml_build.model.slugs import slug
from aml_build.model.symbols import Gap, Name
from aml_build.parse.attributes import Attribute, Attributes
from aml_build.parse.parse_context import Desk
from aml_build.parse.text.inlines import read_text

_ID = re.compile(r"[a-z][a-z0-9-]*")
_QUOTED_QUOTE = re.compile(r'\\(["\\])')


class Grammar(msgspec.Struct, frozen=True):
    """What a construct's braces may hold."""

    called: str
    """What messages call the construct."""
    classes: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    id: bool = True


class Given(msgspec.Struct, frozen=True):
    """What a construct's braces hold."""

    id: Attribute | None
    classes: Mapping[str, Attribute]
    values: Mapping[str, Attribute]


NOTHING = Given(None, {}, {})


def sort(desk: Desk, attributes: Attributes | None, grammar: Grammar) -> Given:
    """Sort attributes into id, classes and values; report what the construct does not take."""
    if attributes is None:
        return NOTHING
    ids: list[Attribute] = []
    classes: dict[str, Attribute] = {}
    values: dict[str, Attribute] = {}
    for part in attributes.parts:
        span = attributes.place.span(part.offset, part.length)
        if part.key == "#" and grammar.id:
            ids.append(part)
            taken = len(ids) > 1
        elif part.key == "." and part.value in grammar.classes:
            taken = classes.setdefault(part.value, part) is not part
        elif part.key in grammar.keys:
            taken = values.setdefault(part.key, part) is not part
        else:
            _unknown(desk, part, span, grammar)
            continue
        if taken:
            desk.report(
                span,
                Code.DUPLICATE_ATTRIBUTE,
                f"{_shown(part)} is a second one of its sort in the same braces.",
                "Keep one of them.",
            )
    return Given(ids[0] if ids else None, classes, values)


def _unknown(desk: Desk, part: Attribute, span: Span, grammar: Grammar) -> None:
    choices = [
        *(f".{name}" for name in grammar.classes),
        *(f"{key}=" for key in grammar.keys),
    ]
    shown = _shown(part)
    wish = nearest(shown.strip("`"), choices) or nearest(f".{part.value}", choices)
    if part.key == "#":
        hint = "Remove the id."
    elif wish:
        hint = f"Did you mean `{wish}`?"
    elif choices:
        hint = f"{grammar.called} takes {', '.join(f'`{choice}`' for choice in choices)}."
    else:
        hint = "Remove it."
    if part.key == "." and len(grammar.classes) > 2:
        desk.report(span, Code.UNKNOWN_KIND, f"{shown} is no kind of concept.", hint)
        return
    desk.report(span, Code.UNKNOWN_ATTRIBUTE, f"{grammar.called} has no attribute {shown}.", hint)


def _shown(part: Attribute) -> str:
    if part.key in ("#", ".", ""):
        return f"`{part.key}{part.value}`"
    return f"`{part.key}=`"


def key(desk: Desk, attributes: Attributes | None, given: Given, *, part: bool = True) -> Key:
    """Make the identity that was given, noting where it and its former ids stand."""
    if attributes is None:
        return Key("")
    former = []
    if "was" in given.values:
        for name, span in words(attributes, given.values["was"]):
            former.append(_named(desk, name, span, part, former=True))
    if given.id is None:
        return Key("", tuple(former))
    span = attributes.place.span(given.id.offset, given.id.length)
    return Key(_named(desk, given.id.value, span, part, former=False), tuple(former))


def _named(desk: Desk, name: str, span: Span, part: bool, *, former: bool) -> str:
    if not _ID.fullmatch(name):
        proposal = slug(name)
        desk.report(
            span,
            Code.BAD_ID,
            f"`{name}` is no id: ids are lower-case letters, digits and hyphens,"
            " and begin with a letter.",
            f"Write `#{proposal}`."
            if proposal and not former
            else "Write it as it was published."
            if former
            else "Write an id, or remove the `#` and run `aml-build check --fix`.",
        )
    desk.given.append(Name(name, span, desk.concept, part, former))
    return name


def words(attributes: Attributes, part: Attribute) -> list[tuple[str, Span]]:
    """Return the words of a value, each with its place."""
    return [
        (found[0], attributes.place.span(part.at + found.start(), len(found[0])))
        for found in re.finditer(r"\S+", part.value)
    ]


def phrases(given: Given, name: str) -> tuple[str, ...]:
    """Return the parts of a value that is separated by semicolons."""
    if name not in given.values:
        return ()
    parts = (part.strip() for part in unquoted(given.values[name]).split(";"))
    return tuple(part for part in parts if part)


def unquoted(part: Attribute) -> str:
    r"""Return a value's text: within quotes, a quote is written ``\"``."""
    return _QUOTED_QUOTE.sub(r"\1", part.value)


def text(desk: Desk, attributes: Attributes | None, given: Given, name: str) -> Inlines:
    """Return a value that is read as Markdown; empty where it is not given."""
    if attributes is None or name not in given.values:
        return ()
    part = given.values[name]
    # Markdown itself takes the backslash off an escaped quote, so columns stay right.
    return read_text(desk, part.value, attributes.place.shifted(part.at))


def miss(
    desk: Desk,
    span: Span,
    what: str,
    base: str,
    attributes: Attributes | None,
    at: tuple[int, int],
    around: tuple[str, str] = (" {#", "}"),
    *,
    part: bool = True,
    picture: bool = False,
) -> None:
    """Report a missing id; ``at`` is where braces of their own would go if there are none."""
    desk.report(
        span,
        Code.MISSING_ID,
        f"{what} has no id.",
        "Run `aml-build check --fix`, which writes one, or write "
        f"`{{#{base}}}` yourself; never change it later.",
    )
    if attributes is not None:
        at = attributes.place.at(attributes.offset + 1)
        around = ("#", " " if attributes.parts else "")
    desk.gaps.append(Gap(*at, *around, desk.concept, part, base, picture=span if picture else None))
