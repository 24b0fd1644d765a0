"""Sentences as model inlines: phrases whose placeholders are filled with authors' text."""

import re
from functools import cache

from aml_build.diagnostics.source import Span
from aml_build.model import Blocks, Concept, Inline, Inlines, Paragraph, Strong, Text
from aml_build.model.plain_text import plain
from aml_build.phrases import pieces

_LONG_WORD = re.compile(r"[^\W\d_]{4,}")


def sentence(key: str, **values: Inlines | int) -> Inlines:
    """Return a phrase as inlines; raise ``KeyError`` for an unknown key or placeholder."""
    nodes: list[Inline] = []
    for text, name in _pieces(key):
        nodes += text
        if name:
            value = values[name]
            nodes += (Text(str(value)),) if isinstance(value, int) else value
    return tuple(nodes)


@cache
def _pieces(key: str) -> tuple[tuple[Inlines, str | None], ...]:
    return tuple(((Text(text),) if text else (), name) for text, name in pieces(key))


def paragraph(span: Span, key: str, **values: Inlines | int) -> Paragraph:
    """Return a phrase as a paragraph; raise ``KeyError`` for an unknown key or placeholder."""
    return Paragraph(sentence(key, **values), span)


def definition_prompt(concept: Concept) -> Paragraph:
    """Return the question that a concept's definition answers."""
    if concept.ask:
        return Paragraph(concept.ask, concept.span)
    return paragraph(concept.span, f"ask.{concept.kind}", term=(Strong(concept.term),))


def joined(parts: tuple[Inlines, ...], separator: str = "list.separator") -> Inlines:
    """Return the parts as one run of text; ``separator`` is the key of the phrase between them."""
    between = sentence(separator)
    return tuple(n for at, part in enumerate(parts) for n in (*(between if at else ()), *part))


def named(name: Inlines, body: Blocks, span: Span) -> Blocks:
    """Return the blocks with a name in bold at the start of the first paragraph."""
    bold: Inlines = (Strong(name),)
    match body:
        case ():
            return (Paragraph(bold, span),)
        case (Paragraph(children, place), *rest):
            return (paragraph(place, "item.named", name=bold, text=children), *rest)
        case _:
            return (paragraph(span, "item.named", name=bold, text=()), *body)


def share_a_word(one: Inlines, other: Inlines) -> bool:
    """Return whether two names have a long word in common."""
    first, second = (set(_LONG_WORD.findall(plain(x).lower())) for x in (one, other))
    return one == other or bool(first & second)


def without_question_mark(inlines: Inlines) -> Inlines:
    """Return the text without a question mark at its end."""
    match inlines:
        case (*first, Text(text=text)):
            return (*first, Text(text.rstrip("? ")))
        case _:
            return inlines
