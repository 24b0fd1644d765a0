"""The meaning of attributes: ids, former ids, classes and values, with every mistake in them."""

import re
from collections.abc import Mapping

import msgspec

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.diagnostic import diagnose
from aml_build.diagnostics.source import Span
from aml_build.model import Inlines, Key
from aml_build.model.slugs import ID, slug
from aml_build.model.symbols import Definition, MissingId
from aml_build.parse.attributes import Attribute, Attributes, Reading
from aml_build.parse.parse_context import ParseContext
from aml_build.parse.text.attribute_faults import (
    Grammar,
    guess,
    joined,
    report_bad_id,
    report_flaw,
    report_guess,
    report_unknown,
    shown_as,
)
from aml_build.parse.text.inlines import read_text, report_foreign

_ESCAPED = re.compile(r'\\(["\\])')


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

    def key(self, *, guessed: bool = False) -> Key:
        """Return the key of the construct and record its id and former ids; no id is empty.

        ``guessed`` tells that the construct itself may be another one.
        """
        former = [self._defined(*word, former=True) for word in self.words("was")]
        if self.id is None:
            return Key("", tuple(former))
        name = self._defined(self.id.value, self.span(self.id), guessed=guessed)
        return Key(name, tuple(former))

    def _defined(
        self, name: str, span: Span, *, former: bool = False, guessed: bool = False
    ) -> str:
        guessed = guessed or not self.sure
        if not ID.fullmatch(name):
            if self.sure:
                report_bad_id(self.context, name, span, former)
            if not former:
                # References to the id as it ought to be are right.
                name = slug(name) or name
                guessed = True
        definition = Definition(name, span, self.context.concept, self.part, former, guessed)
        self.context.definitions.append(definition)
        return name

    @property
    def sure(self) -> bool:
        """Return whether the braces were read without a mistake in their form."""
        return self.braces is None or self.braces.reading is Reading.SURE


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
        attributes = guess(attributes, grammar)
        report_guess(context, attributes)
    sure = attributes.reading is Reading.SURE
    ids: list[Attribute] = []
    classes: dict[str, Attribute] = {}
    keys: dict[str, Attribute] = {}
    parts = joined(attributes.parts, grammar) if sure else attributes.parts
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
                report_unknown(context, attributes, part, grammar)
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
                f"{shown_as(part)} is a second one of its sort in the same braces.",
                "Keep one of them.",
            )
        elif part.flaw:
            report_flaw(context, attributes, part)
    return AttributeValues(
        context, attributes, grammar.part, ids[0] if ids else None, classes, keys
    )


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
