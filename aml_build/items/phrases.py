"""The words around what authors wrote: stock questions and how parts are joined."""

import re
from collections.abc import Mapping

from aml_build.diagnostics.source import Span
from aml_build.model import Blocks, Concept, ConceptKind, Inlines, Paragraph, Strong, Text
from aml_build.model.plain_text import plain

_STOCK_PROMPTS: Mapping[ConceptKind, tuple[str, str]] = {
    ConceptKind.DEFINITION: ("What is meant by ", "?"),
    # The term stands first: no article has to be guessed.
    ConceptKind.FORMULA: ("", ": what does it say, in words?"),
    ConceptKind.THEOREM: ("", ": what does it say, in words?"),
    ConceptKind.ALGORITHM: ("", ": what does it do?"),
    ConceptKind.TECHNIQUE: ("", ": what is done?"),
    ConceptKind.ARCHITECTURE: ("", ": what characterises it?"),
    ConceptKind.COMPARISON: ("", ": what is the difference, in short?"),
    ConceptKind.OVERVIEW: ("", ": what is it about, in short?"),
}


_LONG_WORD = re.compile(r"[^\W\d_]{4,}")


def definition_prompt(concept: Concept) -> Paragraph:
    """Return the question that a concept's definition answers."""
    if concept.ask:
        return Paragraph(concept.ask, concept.span)
    before, after = _STOCK_PROMPTS[concept.kind]
    lead: Inlines = (Text(before),) if before else ()
    return Paragraph((*lead, Strong(concept.term), Text(after)), concept.span)


def joined(parts: tuple[Inlines, ...], separator: str = ", ") -> Inlines:
    """Return the parts as one run of text."""
    return tuple(
        inline
        for at, part in enumerate(parts)
        for inline in (*((Text(separator),) if at else ()), *part)
    )


def led(lead: Inlines, mark: str, body: Blocks, span: Span) -> Blocks:
    """Return the blocks with words put before their first paragraph."""
    prefix: Inlines = (*lead, Text(mark)) if mark else lead
    if body and isinstance(body[0], Paragraph):
        return (Paragraph((*prefix, *body[0].children), body[0].span), *body[1:])
    return (Paragraph(prefix, span), *body)


def share_a_word(one: Inlines, other: Inlines) -> bool:
    """Return whether a name already says what it belongs to."""
    first, second = (set(_LONG_WORD.findall(plain(x).lower())) for x in (one, other))
    return one == other or bool(first & second)


def say(span: Span, text: str) -> Paragraph:
    """Return a paragraph of our own words."""
    return Paragraph((Text(text),), span)


def without_question_mark(inlines: Inlines) -> Inlines:
    """Return the text without the question mark that an author may have put behind it."""
    match inlines:
        case (*first, Text(text=text)):
            return (*first, Text(text.rstrip("? ")))
        case _:
            return inlines
