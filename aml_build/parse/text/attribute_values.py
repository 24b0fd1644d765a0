"""The meaning of attributes: ids, former ids, classes and values, with every mistake in them."""

import re
from collections.abc import Mapping, Sequence

import msgspec
from msgspec.structs import replace

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.diagnostic import diagnose
from aml_build.diagnostics.source import Span
from aml_build.diagnostics.suggestions import nearest
from aml_build.model import Inlines, Key
from aml_build.model.slugs import ID, slug
from aml_build.model.symbols import Definition, MissingId
from aml_build.parse.attributes import Attribute, Attributes, Flaw, Reading
from aml_build.parse.parse_context import ParseContext
from aml_build.parse.text.inlines import read_text

_WORD = re.compile(r"[^\W\d][\w-]*")
_NAMED_MARKS = {"id": "#", "class": ".", "kind": "."}
"""Attributes of HTML and of other formats, and the marks that stand for them here."""
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
            if self.sure:
                _report_bad_id(self.context, name, span, former)
            if not former:
                # References to the id as it ought to be are right.
                name = slug(name) or name
        definition = Definition(name, span, self.context.concept, self.part, former)
        self.context.definitions.append(definition)
        return name

    @property
    def sure(self) -> bool:
        """Return whether the braces were read without a mistake in their form."""
        return self.braces is None or self.braces.reading is Reading.SURE


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
    if attributes.reading is Reading.GUESSED:
        attributes = _guess(attributes, grammar)
        _report_guess(context, attributes)
    sure = attributes.reading is Reading.SURE
    ids: list[Attribute] = []
    classes: dict[str, Attribute] = {}
    keys: dict[str, Attribute] = {}
    parts = _joined(attributes.parts, grammar) if sure else attributes.parts
    for part in parts:
        if part.key == "#" and grammar.id:
            ids.append(part)
            first = ids[0]
        elif part.key == "." and part.value in grammar.classes:
            first = classes.setdefault(part.value, part)
        elif part.key in grammar.keys:
            first = keys.setdefault(part.key, part)
        else:
            if sure:
                _report_unknown(context, attributes, part, grammar)
            if part.value in grammar.classes and part.key in ("", "class", "kind"):
                classes.setdefault(part.value, part)
            elif part.key == "id" and grammar.id:
                ids.append(part)
            continue
        if not sure:
            continue
        if first is not part:
            context.report(
                attributes.place.span(part.offset, part.length),
                Code.DUPLICATE_ATTRIBUTE,
                f"{_shown(part)} is a second one of its sort in the same braces.",
                "Keep one of them.",
            )
        elif part.flaw:
            _report_flaw(context, attributes, part)
    return AttributeValues(
        context, attributes, grammar.part, ids[0] if ids else None, classes, keys
    )


def _guess(attributes: Attributes, grammar: Grammar) -> Attributes:
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


def _report_guess(context: ParseContext, attributes: Attributes) -> None:
    place, offset, length = attributes.place, attributes.offset, attributes.length
    known = [_written(part) for part in attributes.parts if part.key]
    context.report(
        place.span(offset, length),
        Code.BAD_ATTRIBUTES,
        "This looks like attributes, but it cannot be read as such.",
        (f"Did you mean `{{{' '.join(known)}}}`?" if known else "Write the id as `{#id}`.")
        + r" A brace of the text is written `\{`.",
    )


def _joined(parts: Sequence[Attribute], grammar: Grammar) -> list[Attribute]:
    """Join a value or an id with the words behind it that belong to it and lack quotes."""
    joined: list[Attribute] = []
    for part in parts:
        last = joined[-1] if joined else None
        if (
            last is not None
            and not part.key
            and (last.key == "#" or last.key in grammar.keys)
            and last.at + len(last.value) == last.offset + last.length
            and nearest(f".{part.value}", _choices(grammar)) is None
        ):
            length = part.offset + part.length - last.offset
            value = f"{last.value} {part.value}"
            joined[-1] = replace(last, value=value, length=length, flaw=Flaw.WORDS)
        else:
            joined.append(part)
    return joined


def _report_flaw(context: ParseContext, attributes: Attributes, part: Attribute) -> None:
    if part.key == "#" and part.flaw is Flaw.WORDS:
        return  # It is no id, which is reported.
    message = {
        Flaw.QUOTES: "Values are in straight double quotes.",
        Flaw.SPACES: "There is a space beside the equals sign.",
        Flaw.WORDS: "A value of several words is in double quotes.",
    }.get(part.flaw, f"There is more than one `{part.key}`.")
    context.report(
        attributes.place.span(part.offset, part.length),
        Code.BAD_ATTRIBUTES,
        message,
        f"Write `{_written(part)}`.",
    )


def _report_unknown(
    context: ParseContext, attributes: Attributes, part: Attribute, grammar: Grammar
) -> None:
    span = attributes.place.span(part.offset, part.length)
    choices = _choices(grammar)
    shown = _shown(part)
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


def _shown(part: Attribute) -> str:
    return f"`{part.key}{part.value}`" if part.key in ("#", ".", "") else f"`{part.key}=`"


def _written(part: Attribute) -> str:
    """Return an attribute as it is to be written."""
    if part.key == "#":
        return f"#{part.value if ID.fullmatch(part.value) else slug(part.value) or 'id'}"
    if part.key == ".":
        return f".{part.value}"
    plain = re.fullmatch(r"[\w-]+", part.value) and part.flaw is not Flaw.QUOTES
    return f"{part.key}={part.value}" if plain else f'{part.key}="{part.value}"'


class IdPlace(msgspec.Struct, frozen=True):
    """Where the id of a construct belongs."""

    span: Span
    """What a message about the construct underlines."""
    end: tuple[int, int]
    """1-based line and column at which braces of their own go, if the construct has none."""
    before: str = " {#"
    after: str = "}"
    last: int = 0
    """The 1-based last line of a construct that does not end where its id goes; 0 for all others."""
    first: int = 0
    """The 1-based first line of a construct that begins before its text; 0 for all others."""


def report_missing_id(values: AttributeValues, construct: str, base: str, place: IdPlace) -> None:
    """Report a missing id; ``base`` is the proposed id.

    ``construct`` is the subject of the message, such as "This formula".
    """
    context, braces = values.context, values.braces
    at, before, after = place.end, place.before, place.after
    if braces is not None:
        at = braces.place.at(braces.offset + 1)
        before, after = "#", " " if braces.parts else ""
    context.missing(
        min(place.first or place.span.line, at[0]),
        max(place.end[0], place.last),
        MissingId(*at, before, after, context.concept, values.part, base),
        diagnose(
            place.span,
            Code.MISSING_ID,
            f"{construct} has no id.",
            "Run `aml-build check --fix`, which writes one, or write "
            f"`{{#{base}}}` yourself; never change it later.",
        ),
    )
