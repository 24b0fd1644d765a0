"""The index of terms and the list of sources."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

import msgspec

from aml_build.items import DEFINITION_FACET, Item, ItemKind
from aml_build.model import Cloze, Concept, Emphasis, Inlines, Lesson, Link, Math, Ref, Strong, Text
from aml_build.model import Code as Verbatim
from aml_build.render.latex import escape, inlines

_COMMAND = re.compile(r"\\([A-Za-z]+)|[^A-Za-z0-9]")
_FONTS = frozenset({"mathbf", "mathbb", "mathcal", "mathrm", "boldsymbol", "hat", "bar", "tilde"})

_WORTH_LOOKING_UP = frozenset(
    {ItemKind.EXAM, ItemKind.FORMULA, ItemKind.COMPARISON, ItemKind.LISTING, ItemKind.FIGURE}
)
"""Kinds whose pages the index names beside the definition's: with all, it would name every page."""


class Entry(msgspec.Struct, frozen=True):
    """One line of the index."""

    key: tuple[str, str]
    """What it is sorted by: without case, accents and marks; then as it is."""
    text: str
    """LaTeX."""
    main: str
    """The label of the page that says what it is; may be empty."""
    others: tuple[str, ...]
    """Labels of the pages that also treat it, in print order."""


def entries(lessons: Sequence[Lesson], items: Sequence[Item]) -> tuple[Entry, ...]:
    """Return the terms and their other names in alphabetical order; items come in print order."""
    mains, others = _places(items)
    found = []
    for lesson in lessons:
        for concept in lesson.concepts:
            places = (mains.get(concept.id, ""), tuple(others.get(concept.id, ())))
            found.append(Entry(_key(sort_text(concept.term)), inlines(concept.term), *places))
            found += [Entry(_key(name), escape(name), *places) for name in concept.aka]
    # "New Year" and "new-year" are one line; the concept's own spelling comes first and stays.
    unique: dict[tuple[str, str], Entry] = {}
    for entry in found:
        unique.setdefault((entry.key[0], entry.main), entry)
    return tuple(sorted(unique.values(), key=lambda entry: (entry.key, entry.main)))


def by_letter(found: Iterable[Entry]) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    """Return the entries under their first letters; figures and symbols come first, under ``#``."""
    return tuple((letter, tuple(group)) for letter, group in groupby(found, key=_letter))


def sources(lessons: Sequence[Lesson]) -> tuple[tuple[str, tuple[Concept, ...]], ...]:
    """Return every source once, in alphabetical order, with the concepts that rest on it."""
    found: dict[str, list[Concept]] = {}
    for lesson in lessons:
        for concept in lesson.concepts:
            for source in dict.fromkeys(concept.sources):
                found.setdefault(source, []).append(concept)
    return tuple((source, tuple(found[source])) for source in sorted(found, key=_key))


def sort_text(nodes: Inlines) -> str:
    """Return the words of a term as they are looked up: math by the names of its symbols."""
    out = []
    for node in nodes:
        match node:
            case Text(text) | Verbatim(text):
                out.append(text)
            case Math(tex):
                out.append(_COMMAND.sub(_symbol_name, tex))
            case Emphasis(children) | Strong(children) | Cloze(_, children):
                out.append(sort_text(children))
            case Ref(_, children) | Link(_, children):
                out.append(sort_text(children))
            case _:
                out.append(" ")
    return "".join(out)


def _symbol_name(match: "re.Match[str]") -> str:
    name = match.group(1) or ""
    return "" if name in _FONTS else name


def _key(text: str) -> tuple[str, str]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    # Word by word: "New York" stands before "newborn".
    words = "".join(c if c.isalnum() else " " for c in plain.casefold().replace("'", ""))
    return " ".join(words.replace("\u2019", "").split()), text


def _letter(entry: Entry) -> str:
    first = entry.key[0][:1]
    return first.upper() if first.isalpha() else "#"


def _places(items: Sequence[Item]) -> tuple[Mapping[str, str], Mapping[str, list[str]]]:
    mains: dict[str, str] = {}
    others: dict[str, list[str]] = {}
    for item in items:
        label = f"a{item.number}"
        if item.kind in _WORTH_LOOKING_UP:
            others.setdefault(item.concept.id, []).append(label)
        if item.facet.id == DEFINITION_FACET:
            mains[item.concept.id] = label
    return mains, others
