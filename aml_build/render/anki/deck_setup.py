"""The decks and note types that a package brings, without notes."""

import html

import msgspec

from aml_build.model import Course
from aml_build.model.edition import Edition
from aml_build.phrases import phrase
from aml_build.render.anki.note_types import NoteType


class DeckHead(msgspec.Struct, frozen=True):
    """A deck without its cards."""

    id: int
    name: str
    description: str = ""
    """HTML"""


class CollectionSetup(msgspec.Struct, frozen=True):
    """What a collection contains before there are notes."""

    decks: tuple[DeckHead, ...]
    note_types: tuple[NoteType, ...]


def deck_name(title: str) -> str:
    """Return a title as one level of a deck's name: two colons would begin another."""
    while "::" in title:
        title = title.replace("::", ":")
    return title.strip(": ")


def deck_description(course: Course, edition: Edition) -> str:
    """Return the deck's description, as HTML."""
    version = edition.version and phrase("edition.version", version=edition.version)
    licence = course.licence and phrase("edition.licence", licence=course.licence)
    lines = [
        f"<b>{html.escape(course.title)}</b>",
        " · ".join(filter(None, (version, edition.date))),
        *map(html.escape, (course.description, ", ".join(course.authors), licence)),
    ]
    if course.report_url:
        url = html.escape(course.report_url.replace("{concept}", ""))
        asked = html.escape(phrase("deck.report"))
        lines.append(asked.replace("[", f'<a href="{url}">').replace("]", "</a>"))
    return "<br>".join(filter(None, lines))
