"""Study items as notes: the fields that students see."""

import functools
import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from urllib.parse import quote

import msgspec

from aml_build.items.item import Item
from aml_build.items.kinds import ItemKind
from aml_build.model import Blocks, Course, Picture
from aml_build.model.drawing import Drawing
from aml_build.model.plain_text import plain
from aml_build.phrases import phrase
from aml_build.render.anki.card_context import gaps_of, gives_away
from aml_build.render.anki.guids import guid
from aml_build.render.anki.note_context import NoteContext, note_context
from aml_build.render.anki.note_types import NoteKind
from aml_build.render.anki.occlusion import occlusions
from aml_build.render.html import RenderHooks, blocks, escape, inlines
from aml_build.storage.files import digest

_PX_PER_BP = 2.4
"""Figures use 8-point type, cards 19-pixel type: this scale makes both look alike."""


_BORROWED = re.compile("\x1e([^\x1e]*)\x1e")
"""The place of a text that belongs to another concept or to the lesson, by its key in ``_Writer``.

The parser refuses this control character, so no author's text contains it.
"""
_LESSON = "/lesson"
"""The key of the lesson's name; a concept's id contains no slash."""

_KIND_LABELS = {kind: f'<span class="kind {kind}">{kind.label}</span>' for kind in ItemKind}


class InvalidNoteError(Exception):
    """A note that Anki would import silently and show as nothing: a bug of this program."""


class NoteContent(msgspec.Struct, frozen=True, gc=False):
    """One note as a student sees it."""

    guid: str
    published_id: str
    """The item's published id: the GUID is made from it and the course's id."""
    id: str
    """The item's current id, ``concept/facet``: the note's field ``ID``."""
    kind: NoteKind
    """Which note type; a GUID must never change it."""
    fields: tuple[str, ...]
    """HTML, in the order of the type's fields."""
    tags: tuple[str, ...]
    deck: str
    """Full name of the lesson's deck."""
    lesson: int
    media: tuple[str, ...]
    """File names that the fields use; a name changes when the bytes change."""
    cards: tuple[int, ...]
    """0-based ordinals of the cards that Anki makes from it."""
    number: int
    """Its number in the booklet."""
    ordinals: Mapping[int, str]
    """The answer of each numbered gap or label, by its 1-based number; empty for questions."""
    own: str
    """A digest of what the text, figure and media of its own concept make of it, 16 hexadecimal digits.

    It sets the note's modification time. Titles of other concepts, the lesson's name and tag, the
    booklet number and the report address are left out: a change there must not replace a student's tags.
    """
    shown: str
    """A digest of all fields, tags and media, 16 hexadecimal digits.

    Neither digest covers style or templates: Anki updates them without changing a note.
    """

    @property
    def named_fields(self) -> dict[str, str]:
        """Return the fields by name, without empty ones."""
        named = zip(self.kind.row.fields, self.fields, strict=True)
        return {name: text for name, text in named if text}


def notes(
    course: Course, items: Sequence[Item], drawings: Mapping[str, Drawing]
) -> tuple[NoteContent, ...]:
    """Return the notes of the items, in their order; raise ``InvalidNoteError`` for one that Anki cannot show.

    A figure item without a drawing has no note; without TeX, there are no drawings.
    """
    context = note_context(course, drawings)
    lessons = groupby(items, key=lambda item: item.lesson)
    return tuple(
        chain.from_iterable(lesson_notes(context, number, group) for number, group in lessons)
    )


def lesson_notes(
    context: NoteContext, lesson: int, items: Iterable[Item]
) -> tuple[NoteContent, ...]:
    """Return the notes of one lesson's items; see ``notes``."""
    writer = _Writer(context, lesson)
    shown = (i for i in items if i.figure is None or i.figure.picture.path in context.drawings)
    return tuple([writer.note(item) for item in shown])


def number_label(number: int) -> str:
    """Return the part of a card that names its question in the booklet, as HTML."""
    return phrase("card.number", number=number).replace(" ", "&nbsp;")


class _Writer:
    """Writes the notes of one lesson; caches what many of them share."""

    def __init__(self, context: NoteContext, lesson: int) -> None:
        self._course = context
        self._lesson = context.lessons[lesson]
        label, title = escape(self._lesson.label), escape(self._lesson.title)
        self._label = label
        self._where = f"<span>{phrase('lesson.name', label=label, title=title)}</span>"
        self._hooks = RenderHooks(ref=self._ref, picture=self._picture)
        self._cloze_hooks = RenderHooks(ref=self._ref, picture=self._picture, cloze=True)
        self._term = functools.cache(self._new_term)
        self._related = functools.cache(self._new_related)
        self._ids = {known.published_id: id for id, known in context.concepts.items()}
        self._media: list[str] = []

    def note(self, item: Item) -> NoteContent:
        """Return the item's note."""
        self._media.clear()
        kind, own, ordinals = self._own_fields(item)
        concept = item.concept.id
        number = number_label(item.number)
        own = {"ID": item.id, "Term": self._term(concept), **own}
        values = {
            "Where": f"{self._where} <span>{concept}</span> <span>{number}</span>",
            "Report": self._report(concept),
            **{name: _BORROWED.sub(self._borrowed, text) for name, text in own.items()},
        }
        fields = tuple([values.get(name, "") for name in kind.row.fields])
        cards = tuple(n - 1 for n in sorted(ordinals)) if kind is not NoteKind.QUESTION else (0,)
        if kind is NoteKind.QUESTION and values["Reverse"]:
            cards = (0, 1)
        _validate(item, kind, values, cards)
        tags = self._tags(item)
        own_tags = (tag for tag in tags if tag != self._lesson.tag)
        media = tuple(dict.fromkeys(self._media))
        return NoteContent(
            guid=guid(self._course.course, item.published_id),
            published_id=item.published_id,
            id=item.id,
            kind=kind,
            fields=fields,
            tags=tags,
            deck=self._lesson.deck,
            lesson=item.lesson,
            media=media,
            cards=cards,
            number=item.number,
            ordinals=ordinals,
            own=digest(kind, *chain(*own.items()), "tags", *own_tags, "media", *media)[:16],
            shown=digest(kind, *fields, "tags", *tags, "media", *media)[:16],
        )

    def _own_fields(self, item: Item) -> tuple[NoteKind, dict[str, str], Mapping[int, str]]:
        """Return the note's type, the fields of that type alone, and the answer of each number."""
        prompt = self._html(item.prompt) if item.kind is not ItemKind.CLOZE else ""
        context = self._context(item, prompt)
        more = self._html(item.more) + self._related(item.concept.id)
        if item.kind is ItemKind.CLOZE:
            text = blocks(item.prompt, self._cloze_hooks)
            gaps: dict[int, str] = {}
            for ordinal, gap in gaps_of(item.prompt):
                gaps[ordinal] = f"{gaps[ordinal]} … {gap}" if ordinal in gaps else gap
            return NoteKind.CLOZE, {"Context": context, "Text": text, "More": more}, gaps
        if item.figure is not None:
            drawing = self._course.drawings[item.figure.picture.path]
            own = {
                "Occlusion": occlusions(drawing),
                "Image": self._image(item.figure.picture, drawing),
                "Header": f'<div class="context">{context}</div>{prompt}',
                "Width": str(round(drawing.width * _PX_PER_BP)),
                "Back Extra": more,
            }
            return NoteKind.FIGURE, own, {label.ordinal: label.id for label in drawing.labels}
        own = {
            "Context": context,
            "Prompt": prompt,
            "Answer": self._html(item.answer),
            "More": more,
            "Reverse": self._html(item.reverse) if item.reverse else "",
        }
        return NoteKind.QUESTION, own, {}

    def _html(self, nodes: Blocks) -> str:
        return blocks(nodes, self._hooks)

    def _context(self, item: Item, prompt: str) -> str:
        """Return the kind and the concept; the kind alone where the prompt names the concept.

        Where the concept would give the answer away, the lesson replaces it.
        """
        label = _KIND_LABELS[item.kind]
        term = self._term(item.concept.id)
        if term in prompt or term.casefold() in prompt.casefold():
            return label
        name = plain(self._course.concepts[item.concept.id].term).casefold()
        if gives_away(name, item):
            return f"{label} <span>{_borrowed(_LESSON)}</span>"
        return f"{label} <span>{term}</span>"

    def _new_term(self, concept: str) -> str:
        return inlines(self._course.concepts[concept].term, self._hooks)

    def _title(self, concept: str) -> str:
        """Return the place of a concept's title, under the id that its author never changes."""
        return _borrowed(self._course.concepts[concept].published_id)

    def _borrowed(self, found: re.Match[str]) -> str:
        """Return the text that belongs at a place."""
        if found[1] == _LESSON:
            return self._label
        return _BORROWED.sub(self._plain_title, self._term(self._ids[found[1]]))

    def _plain_title(self, found: re.Match[str]) -> str:
        """Return the title for a place within another title, where it may not lead back."""
        return escape(plain(self._course.concepts[self._ids[found[1]]].term))

    def _new_related(self, concept: str) -> str:
        return "".join(self._relations(concept))

    def _relations(self, concept: str) -> Iterator[str]:
        seen = {concept}
        known = self._course.concepts
        for field in ("needs", "contrast", "see"):
            ids = [id for id in getattr(known[concept], field) if id not in seen and id in known]
            seen.update(ids)
            if ids:
                terms = " · ".join(map(self._title, ids))
                label = phrase(f"card.{field}")
                yield f'<p class="see"><span>{label}</span> {terms}</p>'

    def _report(self, concept: str) -> str:
        url = self._course.report_url.replace("{concept}", quote(concept, safe=""))
        return f'<a href="{html.escape(url)}">{phrase("card.report")}</a>' if url else ""

    def _tags(self, item: Item) -> tuple[str, ...]:
        course = self._course.course
        return (
            f"{course}::kind::{item.kind}",
            self._lesson.tag,
            f"{course}::priority::{item.priority}",
        )

    def _ref(self, target: str, text: str) -> str:
        return f'<span class="ref">{text or self._title(target)}</span>'

    def _picture(self, picture: Picture) -> str:
        drawing = self._course.drawings.get(picture.path)
        if drawing is None:
            return f'<p class="missing">{escape(picture.alt)}</p>'
        caption = inlines(picture.caption, self._hooks)
        below = f"<figcaption>{caption}</figcaption>" if caption else ""
        return f"<figure>{self._image(picture, drawing)}{below}</figure>"

    def _image(self, picture: Picture, drawing: Drawing) -> str:
        name = drawing.name + drawing.suffix
        self._media.append(name)
        width = round(drawing.width * _PX_PER_BP)
        return f'<img src="{name}" alt="{html.escape(picture.alt)}" width="{width}">'


def _borrowed(key: str) -> str:
    return f"\x1e{key}\x1e"


def _validate(
    item: Item, kind: NoteKind, values: Mapping[str, str], cards: tuple[int, ...]
) -> None:
    """Raise ``InvalidNoteError`` for a note that Anki imports silently and cannot show."""
    needed = {
        NoteKind.QUESTION: ("Prompt", "Answer"),
        NoteKind.CLOZE: ("Text",),
        NoteKind.FIGURE: ("Occlusion", "Image"),
    }
    for name in ("ID", *needed[kind]):
        if not values[name]:
            raise InvalidNoteError(f"{item.id}: the field {name} is empty")
    if not cards:
        raise InvalidNoteError(f"{item.id}: no gap or label to ask for, so no card")
    if min(cards) < 0:
        raise InvalidNoteError(f"{item.id}: numbers of gaps and labels start at 1")
    if "\x1f" in "".join(values.values()):
        raise InvalidNoteError(f"{item.id}: a field contains the character that separates fields")
