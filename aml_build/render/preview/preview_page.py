"""The page of all cards: by lesson, each card with a link to its source line."""

import html
import re
from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import groupby
from string import Template
from urllib.parse import quote

import msgspec

from aml_build.diagnostics.source import Span
from aml_build.items.item import Item
from aml_build.model import Course
from aml_build.model.drawing import Drawing
from aml_build.phrases import phrase
from aml_build.render.anki.note_types import note_type
from aml_build.render.anki.notes import NoteContent, number_label
from aml_build.render.preview.card_template import Sides, render
from aml_build.render.preview.mathjax_files import mathjax_files
from aml_build.resources import template

# Authors' text is escaped, so this matches only images that the cards show.
_IMAGE = re.compile(r'<img src="(?=[^":/]+")')


class Card(msgspec.Struct, frozen=True):
    """One card of the page."""

    key: str
    """Unique on the page, and the same from build to build."""
    span: Span
    """Where its note begins."""
    opening: str
    head: str
    sides: str
    """Front and back; the page's script shows them."""
    unnumbered: tuple[str, ...]
    """What its note shows besides its number in the booklet."""

    @property
    def html(self) -> str:
        """Return the whole card."""
        return f"{self.opening}{self.head}{self.sides}</article>"


class Section(msgspec.Struct, frozen=True):
    """One lesson's part of the page."""

    id: str
    title: str
    """HTML"""
    cards: tuple[Card, ...]


class Page(msgspec.Struct, frozen=True):
    """The page in parts, so that two can be compared."""

    frame: Mapping[str, str]
    """What surrounds the cards, by name in the template."""
    sections: tuple[Section, ...]
    notes: int

    @property
    def counts(self) -> Mapping[str, str]:
        """Return how many cards and notes there are, by name in the template."""
        cards = sum(len(section.cards) for section in self.sections)
        return {"cards": str(cards), "notes": str(self.notes)}

    @property
    def html(self) -> str:
        """Return the whole page."""
        lessons = "\n".join(
            f'<section class="pv-lesson" id="{section.id}">'
            f"<h2>{section.title}</h2>\n"
            + "\n".join(card.html for card in section.cards)
            + "\n</section>"
            for section in self.sections
        )
        return Template(template("preview/index.html")).substitute(
            self.frame, lessons=lessons, **self.counts
        )


def preview(
    course: Course,
    items: Sequence[Item],
    contents: Sequence[NoteContent],
    drawings: Mapping[str, Drawing],
    *,
    content: str = "../../content",
) -> dict[str, bytes]:
    """Return the files of the preview by POSIX path; ``index.html`` opens without a server.

    ``content`` is the relative URL from the page to the folder of notes, for links to the sources.
    """
    page = lay_out(course, items, contents, content)
    return {"index.html": page.html.encode(), **companions(contents, drawings)}


def lay_out(
    course: Course,
    items: Sequence[Item],
    contents: Sequence[NoteContent],
    content: str,
    unwritten: Container[str] = (),
) -> Page:
    """Return the page of all cards; see ``preview``.

    ``unwritten`` are the ids of the notes whose id is not in the source yet.
    """
    by_published_id = {item.published_id: item for item in items}
    titles = {
        lesson.number: html.escape(phrase("lesson.name", label=lesson.label, title=lesson.title))
        for lesson in course.lessons
    }
    frame = {
        "language": html.escape(course.language),
        "title": html.escape(course.title),
        "card_css": template("anki/card.css"),
        "page_css": template("preview/preview.css"),
        "script": template("preview/preview.js"),
    }
    sections = tuple(
        Section(
            f"lesson-{number}",
            titles[number],
            tuple(
                _card(note, at, by_published_id[note.published_id], content, note.id in unwritten)
                for note in group
                for at in note.cards
            ),
        )
        for number, group in groupby(contents, key=lambda note: note.lesson)
    )
    return page_of(frame, sections)


def page_of(frame: Mapping[str, str], sections: Iterable[Section]) -> Page:
    """Return the page of the sections, with a list of them to jump to."""
    there = tuple(sections)
    options = (f'<option value="{section.id}">{section.title}</option>' for section in there)
    # A note's cards differ in the last part of their key.
    notes = {card.key.rpartition("/")[0] for section in there for card in section.cards}
    return Page({**frame, "chooser": "".join(options)}, there, len(notes))


def companions(
    contents: Sequence[NoteContent], drawings: Mapping[str, Drawing]
) -> dict[str, bytes]:
    """Return the other files that the page needs, by POSIX path."""
    used = {name for note in contents for name in note.media}
    pictures = {d.name + d.suffix: d.image for d in drawings.values()}
    return {
        **{f"media/{name}": pictures[name] for name in sorted(used)},
        **{f"mathjax/{path}": data for path, data in mathjax_files().items()},
    }


def _card(note: NoteContent, ordinal: int, item: Item, content: str, unwritten: bool) -> Card:
    sides = _sides(note, ordinal)
    which = note.id
    if len(note.cards) > 1:
        which = phrase("preview.card", id=note.id, number=ordinal + 1)
    span = item.span
    source = f"{content}/{quote(span.path)}#L{span.line}"
    key = f"{note.id}/{ordinal + 1}"
    mark = f' <i class="pv-unwritten">{phrase("preview.unwritten")}</i>' if unwritten else ""
    number = number_label(note.number)
    return Card(
        key,
        span,
        f'<article class="pv-card" data-card="{html.escape(key)}" data-kind="{item.kind}" '
        f'data-ordinal="{ordinal + 1}">',
        f'<header><b>{html.escape(which)}</b>{mark} <a href="{html.escape(source)}">'
        f"{html.escape(span.path)}:{span.line}</a></header>",
        f"<template>{sides.front}</template><template>{sides.back}</template>",
        tuple([field.replace(number, "") for field in note.fields]),
    )


def _sides(note: NoteContent, ordinal: int) -> Sides:
    templates = note_type(note.kind).templates
    # A cloze type has one template for all its cards.
    design = templates[ordinal if len(templates) > 1 else 0]
    fields = dict(zip(note.kind.row.fields, note.fields, strict=True))
    sides = render(design["qfmt"], design["afmt"], fields, ordinal)
    return Sides(*(_IMAGE.sub('<img src="media/', side) for side in (sides.front, sides.back)))
