"""The meaning of attributes: ids, former ids, classes and values, with every mistake in them."""

import re
from collections.abc import Mapping

import msgspec

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.source import Span
from aml_build.diagnostics.suggestions import nearest
from aml_build.model import Inlines, Key
from aml_build.model.slugs import ID, slug
from aml_build.model.symbols import Definition, MissingId
from aml_build.parse.attributes import Attribute, Attributes
from aml_build.parse.parse_context import ParseContext
from aml_build.parse.text.inlines import read_text, report_foreign

_ESCAPED = re.compile(r'\\(["\\])')


class Grammar(msgspec.Struct, frozen=True):
    """The attributes that a construct takes."""

    construct: str
    """The name of the construct at the beginning of a message."""
    classes: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    id: bool = True
    part: bool = True
    """Whether the construct is within a concept, not the concept itself."""


class AttributeValues(msgspec.Struct, frozen=True):
    """The attributes of one construct, by meaning."""

    context: ParseContext
    braces: Attributes | None
    part: bool = True
    id: Attribute | None = None
    classes: Mapping[str, Attribute] = {}
    keys: Mapping[str, Attribute] = {}

    def span(self, part: Attribute) -> Span:
        """Return the span of one attribute."""
        assert self.braces is not None
        return self.braces.place.span(part.offset, part.length)

    def words(self, name: str) -> list[tuple[str, Span]]:
        """Return the words of a value, each with its span."""
        part = self.keys.get(name)
        if part is None or self.braces is None:
            return []
        place = self.braces.place
        return [
            (found[0], place.span(part.at + found.start(), len(found[0])))
            for found in re.finditer(r"\S+", part.value)
        ]

    def phrases(self, name: str) -> tuple[str, ...]:
        """Return the parts of a value that is separated by semicolons."""
        part = self.keys.get(name)
        if part is not None and self.braces is not None:
            place = self.braces.place.shifted(part.at)
            report_foreign(self.context, part.value, place.span)
        parts = unescaped(part).split(";") if part else ()
        return tuple(stripped for text in parts if (stripped := text.strip()))

    def text(self, name: str) -> Inlines:
        """Return a value that is read as Markdown; empty if it is absent."""
        part = self.keys.get(name)
        if part is None or self.braces is None:
            return ()
        # Markdown removes the backslash before an escaped quote itself, so columns stay right.
        return read_text(self.context, part.value, self.braces.place.shifted(part.at))

    def key(self) -> Key:
        """Return the key of the construct and record its id and former ids; no id is empty."""
        former = [self._defined(*word, former=True) for word in self.words("was")]
        if self.id is None:
            return Key("", tuple(former))
        name = self._defined(self.id.value, self.span(self.id), former=False)
        return Key(name, tuple(former))

    def _defined(self, name: str, span: Span, *, former: bool) -> str:
        if not ID.fullmatch(name):
            _report_bad_id(self.context, name, span, former)
        definition = Definition(name, span, self.context.concept, self.part, former)
        self.context.definitions.append(definition)
        return name


def _report_bad_id(context: ParseContext, name: str, span: Span, former: bool) -> None:
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


def unescaped(part: Attribute) -> str:
    r"""Return a value's text: in quotes, a quote is written ``\"``."""
    return _ESCAPED.sub(r"\1", part.value)


def classify(
    context: ParseContext, attributes: Attributes | None, grammar: Grammar
) -> AttributeValues:
    """Sort attributes into id, classes and values; report those that the construct does not take."""
    if attributes is None:
        return AttributeValues(context, None, grammar.part)
    ids: list[Attribute] = []
    classes: dict[str, Attribute] = {}
    keys: dict[str, Attribute] = {}
    for part in attributes.parts:
        if part.key == "#" and grammar.id:
            ids.append(part)
            first = ids[0]
        elif part.key == "." and part.value in grammar.classes:
            first = classes.setdefault(part.value, part)
        elif part.key in grammar.keys:
            first = keys.setdefault(part.key, part)
        else:
            _report_unknown(context, attributes, part, grammar)
            continue
        if first is not part:
            context.report(
                attributes.place.span(part.offset, part.length),
                Code.DUPLICATE_ATTRIBUTE,
                f"{_shown(part)} is a second one of its sort in the same braces.",
                "Keep one of them.",
            )
    return AttributeValues(
        context, attributes, grammar.part, ids[0] if ids else None, classes, keys
    )


def _report_unknown(
    context: ParseContext, attributes: Attributes, part: Attribute, grammar: Grammar
) -> None:
    span = attributes.place.span(part.offset, part.length)
    choices = [
        *(f".{name}" for name in grammar.classes),
        *(f"{key}=" for key in grammar.keys),
    ]
    shown = _shown(part)
    near = nearest(shown.strip("`"), choices) or nearest(f".{part.value}", choices)
    if part.key == "#":
        hint = "Remove the id."
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


def _shown(part: Attribute) -> str:
    return f"`{part.key}{part.value}`" if part.key in ("#", ".", "") else f"`{part.key}=`"


class IdPlace(msgspec.Struct, frozen=True):
    """Where the id of a construct belongs."""

    span: Span
    """What a message about the construct underlines."""
    end: tuple[int, int]
    """1-based line and column at which braces of their own go, if the construct has none."""
    before: str = " {#"
    after: str = "}"


def report_missing_id(values: AttributeValues, construct: str, base: str, place: IdPlace) -> None:
    """Report a missing id; ``base`` is the proposed id.

    ``construct`` is the subject of the message, such as "This formula".
    """
    context, braces = values.context, values.braces
    context.report(
        place.span,
        Code.MISSING_ID,
        f"{construct} has no id.",
        "Run `aml-build check --fix`, which writes one, or write "
        f"`{{#{base}}}` yourself; never change it later.",
    )
    at, before, after = place.end, place.before, place.after
    if braces is not None:
        at = braces.place.at(braces.offset + 1)
        before, after = "#", " " if braces.parts else ""
    missing = MissingId(*at, before, after, context.concept, values.part, base)
    context.missing_ids.append(missing)
