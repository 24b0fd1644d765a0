"""What may be in attributes, and messages about what is wrong in them."""

import re
from collections.abc import Iterator, Sequence

import msgspec
from msgspec.structs import replace

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.source import Span
from aml_build.diagnostics.suggestions import nearest
from aml_build.model.slugs import ID, slug
from aml_build.parse.attributes import Attribute, Attributes, Flaw
from aml_build.parse.parse_context import ParseContext

_WORD = re.compile(r"[^\W\d][\w-]*")
_NAMED_MARKS = {"id": "#", "class": ".", "kind": "."}
"""Attributes of HTML and of other formats, and the marks that stand for them here."""


class Grammar(msgspec.Struct, frozen=True):
    """The attributes that a construct takes."""

    construct: str
    """The name of the construct at the beginning of a message."""
    classes: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    id: bool = True
    part: bool = True
    """Whether the construct is within a concept, not the concept itself."""


def report_bad_id(context: ParseContext, name: str, span: Span, former: bool) -> None:
    """Report an id, or a `former` one, with characters that ids do not have."""
    proposal = slug(name)
    if former:
        hint = "Write it as it was published."
    elif proposal:
        hint = f"Write `#{proposal}`."
    else:
        hint = "Write an id, or remove the `#` and run `aml-build check --fix`."
    context.report(
        span,
        Code.BAD_ID,
        f"`{name}` is no id: ids are lower-case letters, digits and hyphens,"
        " and begin with a letter.",
        hint,
    )


def guess(attributes: Attributes, grammar: Grammar) -> Attributes:
    """Read bare words in braces as the id or the classes that they were meant to be."""
    parts: list[Attribute] = []
    named = not grammar.id or any(part.key == "#" for part in attributes.parts)
    for part in attributes.parts:
        if part.key == "" and part.value in grammar.classes:
            parts.append(replace(part, key="."))
        elif part.key in _NAMED_MARKS:
            parts.append(replace(part, key=_NAMED_MARKS[part.key]))
        elif part.key == "" and parts and parts[-1].key == "#" and not parts[-1].value:
            parts[-1] = replace(part, key="#")
        elif part.key == "" and not named and _WORD.fullmatch(part.value):
            parts.append(replace(part, key="#"))
            named = True
        else:
            parts.append(part)
    return replace(attributes, parts=tuple(parts))


def report_guess(context: ParseContext, attributes: Attributes) -> None:
    """Report braces that are no attributes, with what was probably meant."""
    place, offset, length = attributes.place, attributes.offset, attributes.length
    known = [_written(part) for part in attributes.parts if part.key]
    context.report(
        place.span(offset, length),
        Code.BAD_ATTRIBUTES,
        "This looks like attributes, but it cannot be read as such.",
        (f"Did you mean `{{{' '.join(known)}}}`?" if known else "Write the id as `{#id}`.")
        + r" A brace of the text is written `\{`.",
    )


def joined(parts: Sequence[Attribute], grammar: Grammar) -> Iterator[Attribute]:
    """Yield the parts, each value and id with the words behind it that belong to it and lack quotes."""
    run: list[Attribute] = []
    for part in parts:
        if run and not part.key and nearest(f".{part.value}", _choices(grammar)) is None:
            run.append(part)
            continue
        yield from _one(run)
        run = []
        quoted = part.at + len(part.value) != part.offset + part.length
        if not quoted and (part.key == "#" or part.key in grammar.keys):
            run = [part]
        else:
            yield part
    yield from _one(run)


def _one(run: Sequence[Attribute]) -> Iterator[Attribute]:
    """Yield the parts of one value as one attribute."""
    if len(run) > 1:
        last = run[-1]
        value = " ".join(part.value for part in run)
        length = last.offset + last.length - run[0].offset
        yield replace(run[0], value=value, length=length, flaw=Flaw.WORDS)
    else:
        yield from run


def report_flaw(context: ParseContext, attributes: Attributes, part: Attribute) -> None:
    """Report an attribute that can be read although its form is wrong."""
    if part.key == "#" and part.flaw is Flaw.WORDS:
        return  # It is no id, which is reported.
    message = {
        Flaw.QUOTES: "This value is not in straight double quotes.",
        Flaw.SPACES: "There is a space beside the equals sign.",
        Flaw.WORDS: "This value has several words and no quotes.",
    }.get(part.flaw, f"There is more than one `{part.key}`.")
    context.report(
        attributes.place.span(part.offset, part.length),
        Code.BAD_ATTRIBUTES,
        message,
        f"Write `{_written(part)}`.",
    )


def report_unknown(
    context: ParseContext, attributes: Attributes, part: Attribute, grammar: Grammar
) -> None:
    """Report an attribute that the construct does not take."""
    span = attributes.place.span(part.offset, part.length)
    choices = _choices(grammar)
    shown = shown_as(part)
    near = nearest(shown.strip("`"), choices) or nearest(f".{part.value}", choices)
    if part.key == "#":
        hint = "Remove the id."
    elif part.key in _NAMED_MARKS and part.value and (grammar.id or part.key != "id"):
        hint = f"Did you mean `{_NAMED_MARKS[part.key]}{part.value}`?"
    elif near:
        hint = f"Did you mean `{near}`?"
    elif choices:
        hint = f"{grammar.construct} takes {', '.join(f'`{choice}`' for choice in choices)}."
    else:
        hint = "Remove it."
    if part.key == "." and len(grammar.classes) > 2:
        context.report(span, Code.UNKNOWN_KIND, f"{shown} is no kind of concept.", hint)
        return
    message = f"{grammar.construct} has no attribute {shown}."
    context.report(span, Code.UNKNOWN_ATTRIBUTE, message, hint)


def _choices(grammar: Grammar) -> list[str]:
    return [
        *(f".{name}" for name in grammar.classes),
        *(f"{key}=" for key in grammar.keys),
    ]


def shown_as(part: Attribute) -> str:
    """Return an attribute as a message names it."""
    return f"`{part.key}{part.value}`" if part.key in ("#", ".", "") else f"`{part.key}=`"


def _written(part: Attribute) -> str:
    """Return an attribute as it is to be written."""
    if part.key == "#":
        return f"#{part.value if ID.fullmatch(part.value) else slug(part.value) or 'id'}"
    if part.key == ".":
        return f".{part.value}"
    plain = re.fullmatch(r"[\w-]+", part.value) and part.flaw is not Flaw.QUOTES
    return f"{part.key}={part.value}" if plain else f'{part.key}="{part.value}"'
