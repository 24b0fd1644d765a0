"""The index of terms and the list of sources."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

import msgspec

from aml_build.items.item import DEFINITION_FACET, Item
from aml_build.model import Concept, Lesson
from aml_build.render.alphabet import SortKey, first_letter, sort_key, sort_text
from aml_build.render.latex import escape, inlines


class Entry(msgspec.Struct, frozen=True):
    """One line of the index."""

    key: SortKey
    text: str
    """LaTeX."""
    main: str
    """The label of the page that says what it is; may be empty."""
    others: tuple[str, ...]
    """Labels of the pages that also treat it, in print order."""


def entries(lessons: Sequence[Lesson], items: Sequence[Item]) -> tuple[Entry, ...]:
    """Return the terms and their other names in alphabetical order; items come in print order."""
    mains, others = _places(items)
    found: list[Entry] = []
    for lesson in lessons:
        for concept in lesson.concepts:
            places = (mains.get(concept.id, ""), tuple(others.get(concept.id, ())))
            names = [Entry(sort_key(sort_text(concept.term)), inlines(concept.term), *places)]
            names += [Entry(sort_key(name), escape(name), *places) for name in concept.aka]
            found += {_stem(entry): entry for entry in reversed(names)}.values()
    # "New Year" and "new-year" are one line; the concept's own spelling comes first and is kept.
    unique: dict[tuple[str, str], Entry] = {}
    for entry in found:
        unique.setdefault((entry.key[0], entry.main), entry)
    return tuple(sorted(unique.values(), key=lambda entry: (entry.key, entry.main)))


def _stem(entry: Entry) -> str:
    """Return a name without the difference of plural and singular, British and American spelling.

    Such names would follow each other: the first of them, the concept's own, is enough.
    """
    return re.sub(r"(?<=\w\w)s\b", "", entry.key[0]).replace("z", "s")


def by_letter(found: Iterable[Entry]) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
    """Return the entries under their first letters; figures and symbols come first, under ``#``."""
    return tuple(
        (letter, tuple(group))
        for letter, group in groupby(found, lambda entry: first_letter(entry.key))
    )


def sources(lessons: Sequence[Lesson]) -> tuple[tuple[str, tuple[Concept, ...]], ...]:
    """Return every source once, in alphabetical order, with the concepts that cite it."""
    found: dict[str, list[Concept]] = {}
    for lesson in lessons:
        for concept in lesson.concepts:
            for source in dict.fromkeys(concept.sources):
                found.setdefault(source, []).append(concept)
    return tuple((source, tuple(found[source])) for source in sorted(found, key=sort_key))


def _places(items: Sequence[Item]) -> tuple[Mapping[str, str], Mapping[str, list[str]]]:
    mains: dict[str, str] = {}
    others: dict[str, list[str]] = {}
    for item in items:
        label = f"a{item.number}"
        if item.kind.indexed:
            others.setdefault(item.concept.id, []).append(label)
        if item.facet.id == DEFINITION_FACET:
            mains[item.concept.id] = label
    return mains, others
