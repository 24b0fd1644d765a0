"""Characters that no print font has, found in the model before anything is printed.

Each text is held against the font that prints it: running text and code, formulas as typed, SVG pictures.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

import msgspec

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.diagnostic import Diagnostic, diagnose
from aml_build.diagnostics.source import Source, Span
from aml_build.engines.font_characters import NOT_LATIN_MODERN, NOT_RAW, others
from aml_build.model import (
    Code as CodeText,
    Concept,
    Course,
    Lesson,
    Math,
    MathBlock,
    Node,
    Picture,
    Text,
)
from aml_build.model.nodes import CodeBlock
from aml_build.model.walk import descendants
from aml_build.render.characters import character_commands
from aml_build.storage.source_paths import SETTINGS

_FEW_LETTERS, _FEW_SIGNS = 3, 12
"""Letters of one script, and signs, that have a message each; more have one together."""
_SHOWN = 8
"""Of them, the characters that it names."""
_FILES = 3
"""And the other files."""

_HINT = (
    "Write it with other letters, or as math. Cards show it: `aml-build build deck` makes the deck."
)
_CJK = {"IDEOGRAPHIC", "FULLWIDTH", "HALFWIDTH", "HIRAGANA", "KATAKANA", "BOPOMOFO", "KANGXI"}
_SCRIPTS = {
    "CJK": "Chinese and Japanese characters",
    "HANGUL": "Korean letters",
    "COMBINING": "combining marks",
}


class MissingCharacter(msgspec.Struct, frozen=True, gc=False):
    """A character that print lacks, and where to look for it."""

    char: str
    span: Span
    """Of the concept, the lesson, the formula or the picture that it stands in."""
    elsewhere: bool = False
    """Whether it stands in another file than its place, so that it is not looked for there."""


def lesson_characters(lesson: Lesson) -> tuple[MissingCharacter, ...]:
    """Return the characters of a lesson that print lacks, each at its first place."""
    # Most lessons lack nothing, and their characters are counted faster than their nodes.
    # Newlines keep them apart: a loose accent must not be composed with another character.
    used = "\n".join(set(msgspec.json.encode(lesson).decode() + lesson.label.upper()))
    if not any(_missing(used, font) for font in ("text", "raw")):
        return ()
    first: dict[str, MissingCharacter] = {}
    span = lesson.span
    for node in descendants((lesson,)):
        if isinstance(node, Concept):
            span = node.span
        for text, printable in _texts(node):
            place = node.span if isinstance(node, Math | MathBlock) else span
            for char in _missing(text, printable):
                first.setdefault(char, MissingCharacter(char, place))
    return tuple(first.values())


def course_characters(course: Course) -> tuple[MissingCharacter, ...]:
    """Return the characters that print lacks of what ``course.yaml`` says."""
    texts = (course.title, *course.authors, course.licence, course.description, course.language)
    place = Span(SETTINGS, 1, 1)
    return tuple(MissingCharacter(char, place) for text in texts for char in _missing(text, "text"))


def picture_characters(picture: Picture, labels: str) -> tuple[MissingCharacter, ...]:
    """Return the characters of an SVG picture's labels that print lacks."""
    return tuple(
        MissingCharacter(char, picture.span, elsewhere=True) for char in _missing(labels, "svg")
    )


def missing_glyphs(
    found: Iterable[MissingCharacter], sources: Mapping[str, Source]
) -> tuple[Diagnostic, ...]:
    """Return a diagnostic for each character, at its first place; one for many of a script.

    ``found`` is in the order of the course.
    """
    first: dict[str, Span] = {}
    files: dict[str, dict[str, None]] = {}
    for one in found:
        files.setdefault(one.char, {})[one.span.path] = None
        if one.char not in first:
            first[one.char] = _place(one, sources)
    scripts = sorted(first, key=_script)
    return tuple(
        diagnostic
        for script, group in groupby(scripts, key=_script)
        for diagnostic in _diagnostics(script, list(group), first, files)
    )


def _texts(node: Node) -> Iterator[tuple[str, str]]:
    """Yield the texts of a node itself that are printed, each with the font that prints it."""
    match node:
        case Text(text) | CodeText(text) | CodeBlock(text):
            yield text, "text"
        case Math(tex) | MathBlock(tex):
            yield tex, "raw"
        case Lesson():
            yield node.label, "text"
            yield node.label.upper(), "text"
            yield node.title, "text"
        case Concept():
            yield from ((text, "text") for text in (*node.aka, *node.sources))
        case _:
            return


_PATTERNS = {
    "text": others(frozenset(character_commands())),
    "raw": NOT_RAW,
    "svg": NOT_LATIN_MODERN,
}


def _missing(text: str, font: str) -> list[str]:
    """Return the characters of a text that a font lacks, as print would spell them."""
    if text.isascii():
        return []
    return _PATTERNS[font].findall(unicodedata.normalize("NFC", text))


def _place(one: MissingCharacter, sources: Mapping[str, Source]) -> Span:
    """Return where the character stands, from its construct on; else the construct's place."""
    source = sources.get(one.span.path)
    if source is None or one.elsewhere:
        return one.span
    start = source.offset(one.span.line)
    places = (source.text.find(form, start) for form in (one.char, one.char.lower()))
    at = next((place for place in places if place >= 0), -1)
    return Span(source.path, *source.at(at)) if at >= 0 else one.span


def _script(char: str) -> str:
    """Return the name of a letter's script in capitals; empty for a sign."""
    word = unicodedata.name(char, "").split(" ")[0].split("-")[0]
    if word in _CJK or "\u3000" <= char <= "\u303f" or "\uff00" <= char <= "\uffef":
        return "CJK"
    return word if unicodedata.category(char)[0] in "LM" else ""


def _diagnostics(
    script: str, chars: Sequence[str], first: Mapping[str, Span], files: Mapping[str, Iterable[str]]
) -> Iterator[Diagnostic]:
    if len(chars) <= (_FEW_LETTERS if script else _FEW_SIGNS):
        for char in chars:
            message = f"The print fonts have no character for {_named(char)}."
            yield diagnose(first[char], Code.PRINT_GLYPH, message, _HINT)
        return
    place = first[chars[0]]
    elsewhere = dict.fromkeys(path for char in chars for path in files[char] if path != place.path)
    which = ", ".join(f"`{char}`" for char in chars[:_SHOWN]) + (
        ", …" if len(chars) > _SHOWN else ""
    )
    named = _SCRIPTS.get(script, f"{script.capitalize()} letters" if script else "signs")
    where = f", also in {', '.join([*elsewhere][:_FILES])}" if elsewhere else ""
    more = " and others" if len(elsewhere) > _FILES else ""
    what = f"The print fonts lack {len(chars)} {named} of this course"
    message = f"{what} ({which}){where}{more}."
    hint = "Cards show them: `aml-build build deck` makes the deck. For print, write other letters, or math."
    yield diagnose(place, Code.PRINT_GLYPH, message, hint)


def _named(char: str) -> str:
    """Return a character with its code; one that is not seen alone by its name, too."""
    code = f"U+{ord(char):04X}"
    seen = char.isprintable() and not unicodedata.combining(char)
    return f"`{char}` ({code})" if seen else f"{code} ({unicodedata.name(char, 'no name').lower()})"
