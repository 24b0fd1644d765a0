"""LaTeX for the questions and answers of the booklet."""

from collections.abc import Mapping

import msgspec

from aml_build import model
from aml_build.engines.tex_log import mark
from aml_build.items.item import DEFINITION_FACET, Item
from aml_build.items.kinds import ItemKind
from aml_build.items.sentences import paragraph
from aml_build.model.drawing import Drawing, LabelBox
from aml_build.render.latex import (
    RenderHooks,
    blocks,
    escape,
    inlines,
    plain_text,
)
from aml_build.render.print_commands import command, environment


class EntryRenderer(msgspec.Struct, frozen=True):
    """Renders questions and answers; knows all that they refer to."""

    concepts: Mapping[str, model.Concept]
    drawings: Mapping[str, Drawing]
    definitions: Mapping[str, int]
    """The number of each concept's definition, by concept id."""
    formulas: Mapping[tuple[str, str], model.Inlines]
    """The name of each formula, by concept and facet."""
    linked: bool
    """Whether cross-references lead to answers that are in the booklet."""

    def question(self, item: Item) -> str:
        """Return the question with its number, its id and the page of its answer."""
        hooks = RenderHooks(picture=self._picture, mark=mark, cloze=_blank, link=_text_only)
        if item.figure is not None:
            body = blocks(self._labelled(item), hooks) + self._masked(item.figure.picture)
            body += command("bookidbelow", escape(item.id))
        else:
            # The heading of this kind already asks what is wrong with the statement.
            prompt = item.prompt[1:] if item.kind is ItemKind.PITFALL else item.prompt
            body = _with_id(prompt, hooks, item)
        return environment("question", body, str(item.lesson), str(item.number))

    def answer(self, item: Item) -> str:
        """Return the full answer, with explanations that help to remember it."""
        hooks = self.hooks()
        heading, rest = self._heading(item, hooks)
        answered = (*rest, *self._answered(item))
        name = escape(item.id)
        if item.kind.short and not item.more and (line := _short(answered)):
            text = mark(line.span) + inlines(line.children, hooks)
            body = command("bookrunin", heading, name, f"%\n{text}") + "%\n"
        else:
            body = f"{command('bookheading', heading, name)}%\n{blocks(answered, hooks)}"
        if item.more:
            body += environment("bookmore", _more(item.more, hooks)) + "\n"
        if item.kind is ItemKind.DEFINITION:
            body += self._see(item)
        return environment("answer", body, str(item.lesson), str(item.number))

    def hooks(self) -> RenderHooks:
        """Return how to render text outside questions: with links, and gaps filled."""
        return RenderHooks(ref=self._ref, picture=self._picture, mark=mark, cloze=_filled)

    def _heading(self, item: Item, hooks: RenderHooks) -> tuple[str, model.Blocks]:
        """Return the heading of an answer, and the part of the question that it repeats."""
        first, *rest = item.prompt
        if name := self.formulas.get((item.concept.id, item.facet.id)):
            return inlines(name, hooks), ()
        if item.kind.under_term or not isinstance(first, model.Paragraph):
            claim = tuple(rest) if item.kind is ItemKind.PITFALL else ()
            return inlines(self.concepts[item.concept.id].term, hooks), claim
        return inlines(first.children, hooks), ()

    def _answered(self, item: Item) -> model.Blocks:
        match item.kind:
            case ItemKind.CLOZE:
                return item.prompt
            case ItemKind.FIGURE if item.figure is not None:
                return (item.figure.picture,)
            case ItemKind.COMPARISON:
                return tuple(_side_by_side(block) for block in item.full_answer)
            case _:
                return item.full_answer

    def _see(self, item: Item) -> str:
        known = [self.concepts[id] for id in item.see if id in self.concepts]
        terms = [self._ref(concept.id, inlines(concept.term)) for concept in known]
        return command("booksee", ", ".join(terms)) + "\n" if terms else ""

    def _ref(self, target: str, text: str) -> str:
        number = self.definitions.get(target)
        if number is None or not self.linked:
            return text
        return command("bookref", f"a{number}", text)

    def _picture(self, picture: model.Picture) -> str:
        drawing = self.drawings.get(picture.path)
        if drawing is None:
            return ""
        caption = inlines(picture.caption)
        return command("bookfigure", drawing.print_file[0], f"{drawing.width:.2f}bp", caption)

    def _labelled(self, item: Item) -> model.Blocks:
        """Return the prompt with the numbers of all labels, since paper hides all of them."""
        picture = item.figure.picture if item.figure else None
        drawing = self.drawings.get(picture.path) if picture else None
        if picture is None or drawing is None:
            return item.prompt
        numbers = ", ".join(str(n) for n in sorted({label.ordinal for label in drawing.labels}))
        caption = picture.caption or self.concepts[item.concept.id].term
        asked = paragraph(
            item.span, "booklet.figure", caption=caption, numbers=(model.Text(numbers),)
        )
        return (asked,)

    def _masked(self, picture: model.Picture) -> str:
        drawing = self.drawings.get(picture.path)
        if drawing is None:
            return ""
        high = drawing.height / drawing.width
        boxes = "".join(_mask(label, high) for label in drawing.labels)
        size = f"{drawing.width:.2f}bp", f"{high:.5f}"
        return command("bookmasked", drawing.print_file[0], *size, boxes) + "\n"


def entry_renderer(
    course: model.Course, items: tuple[Item, ...], drawings: Mapping[str, Drawing], *, linked: bool
) -> EntryRenderer:
    """Return the renderer for a course's booklet."""
    return EntryRenderer(
        concepts={c.id: c for lesson in course.lessons for c in lesson.concepts},
        drawings=drawings,
        definitions={i.concept.id: i.number for i in items if i.facet.id == DEFINITION_FACET},
        formulas={
            (c.id, part.key.id): part.name
            for lesson in course.lessons
            for c in lesson.concepts
            for part in c.body
            if isinstance(part, model.Formula)
        },
        linked=linked,
    )


def _with_id(prompt: model.Blocks, hooks: RenderHooks, item: Item) -> str:
    """Return the prompt with the item's id at the end of its last paragraph, or below it."""
    id = escape(item.id)
    match prompt:
        case (*before, model.Paragraph(children, span)):
            last = mark(span) + inlines(children, hooks)
            return f"{blocks(tuple(before), hooks)}{last}{command('bookid', id)}\n"
        case _:
            return f"{blocks(prompt, hooks)}{command('bookidbelow', id)}\n"


_LINE = 100
"""Characters that about fill a line."""


def _short(answered: model.Blocks) -> model.Paragraph | None:
    """Return the answer if it is one paragraph of two lines or so."""
    match answered:
        case (model.Paragraph(children) as line,) if len(plain_text(children)) <= 2 * _LINE:
            return line
        case _:
            return None


def _side_by_side(block: model.Block) -> model.Block:
    """Return a table of one row as subjects with their cells: on one line if short, else as a list."""
    if not isinstance(block, model.Table) or len(block.rows) != 1:
        return block
    pairs = tuple(zip(block.head, block.rows[0], strict=True))
    if sum(len(plain_text(head + cell)) for head, cell in pairs) > _LINE:
        return model.BulletList(
            tuple(
                (model.Paragraph((model.Strong(h), model.Text(": "), *c), block.span),)
                for h, c in pairs
            )
        )
    joined = [
        node
        for h, c in pairs
        for node in (model.Emphasis(h), model.Text(": "), *c, model.Text("; "))
    ]
    return model.Paragraph(tuple(joined[:-1]), block.span)


def _more(more: model.Blocks, hooks: RenderHooks) -> str:
    """Return the explanations; a list of single lines, such as a legend, is run in to save space."""
    out = []
    for block in more:
        lines = _lines(block)
        if lines:
            rendered = [mark(line.span) + inlines(line.children, hooks) for line in lines]
            out.append("\\booksep\n".join(rendered) + "\\par\n")
        else:
            out.append(blocks((block,), hooks))
    return "".join(out)


def _lines(block: model.Block) -> tuple[model.Paragraph, ...]:
    """Return the items of a list of symbols, each a paragraph that opens with math."""
    if not isinstance(block, model.BulletList):
        return ()
    firsts = [item[0] for item in block.items if len(item) == 1]
    lines = tuple(
        f
        for f in firsts
        if isinstance(f, model.Paragraph) and isinstance(f.children[0], model.Math)
    )
    return lines if len(lines) == len(block.items) else ()


def _mask(label: LabelBox, high: float) -> str:
    """Return a box over a label; the picture's unit is its width, its origin the bottom left."""
    bottom = (1 - label.top - label.height) * high
    box = label.left, bottom, label.width, label.height * high
    return command("bookmask", str(label.ordinal), *(f"{length:.5f}" for length in box))


def _blank(cloze: model.Cloze, _text: str) -> str:
    """Return a line to write on, about as long as handwriting needs."""
    width = min(max(0.75 * len(plain_text(cloze.children)), 4.0), 14.0)
    return command("bookblank", f"{width:.1f}em")


def _filled(_cloze: model.Cloze, text: str) -> str:
    return command("bookfilled", text)


def _text_only(_url: str, text: str) -> str:
    return text
