"""The page: cards by lesson, each with its source line, waiting to be scrolled to."""

import html
import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from string import Template
from urllib.parse import quote

from aml_build.drawing import Drawing
from aml_build.items import Item
from aml_build.model import Course
from aml_build.render.anki.note_types import FIELDS, note_type
from aml_build.render.anki.notes import NoteContent
from aml_build.render.preview.cardtemplate import Sides, render
from aml_build.render.preview.mathjax_files import mathjax_files
from aml_build.resources import template

# Authors' text is escaped, so this can be nothing but an image of ours.
_IMAGE = re.compile(r'<img src="(?=[^":/]+")')


def preview(
    course: Course,
    items: Sequence[Item],
    contents: Sequence[NoteContent],
    drawings: Mapping[str, Drawing],
    *,
    content: str = "../../content",
) -> dict[str, bytes]:
    """Return the files of the preview by POSIX path; ``index.html`` opens without a server.

    ``content`` is the way from the page to the folder of notes, for links to the sources.
    """
    by_origin = {item.origin: item for item in items}
    used = {name for note in contents for name in note.media}
    pictures = {d.name + d.suffix: d.image for d in drawings.values()}
    page = Template(template("preview/index.html")).substitute(
        language=html.escape(course.language),
        title=html.escape(course.title),
        card_css=template("anki/card.css"),
        page_css=template("preview/preview.css"),
        script=template("preview/preview.js"),
        lessons="\n".join(_lessons(course, contents, by_origin, content)),
        chooser=_chooser(course),
        cards=sum(len(note.cards) for note in contents),
        notes=len(contents),
    )
    return {
        "index.html": page.encode(),
        **{f"media/{name}": pictures[name] for name in sorted(used)},
        **{f"mathjax/{path}": data for path, data in mathjax_files().items()},
    }


def _lessons(
    course: Course, contents: Sequence[NoteContent], items: Mapping[str, Item], content: str
) -> list[str]:
    titles = {lesson.number: f"{lesson.label}: {lesson.title}" for lesson in course.lessons}
    return [
        f'<section class="pv-lesson" id="lesson-{number}">'
        f"<h2>{html.escape(titles[number])}</h2>\n"
        + "\n".join(
            _card(note, at, items[note.origin], content) for note in group for at in note.cards
        )
        + "\n</section>"
        for number, group in groupby(contents, key=lambda note: note.lesson)
    ]


def _chooser(course: Course) -> str:
    return "".join(
        f'<option value="lesson-{lesson.number}">{html.escape(lesson.label)}: '
        f"{html.escape(lesson.title)}</option>"
        for lesson in course.lessons
    )


def _card(note: NoteContent, ordinal: int, item: Item, content: str) -> str:
    """Return one card, inert until the page's script shows it."""
    sides = _sides(note, ordinal)
    which = f"{note.id} · card {ordinal + 1}" if len(note.cards) > 1 else note.id
    span = item.span
    source = f"{content}/{quote(span.path)}#L{span.line}"
    return (
        f'<article class="pv-card" data-kind="{item.kind}" data-ordinal="{ordinal + 1}">'
        f'<header><b>{html.escape(which)}</b> <a href="{html.escape(source)}">'
        f"{html.escape(span.path)}:{span.line}</a></header>"
        f"<template>{sides.front}</template><template>{sides.back}</template></article>"
    )


def _sides(note: NoteContent, ordinal: int) -> Sides:
    model = note_type(note.kind)
    # A cloze type has one template for all its cards.
    design = model.templates[ordinal if len(model.templates) > 1 else 0]
    fields = dict(zip(FIELDS[note.kind], note.fields, strict=True))
    sides = render(design["qfmt"], design["afmt"], fields, ordinal)
    return Sides(*(_IMAGE.sub('<img src="media/', side) for side in (sides.front, sides.back)))
