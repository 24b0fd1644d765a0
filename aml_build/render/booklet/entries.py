"""How the booklet prints its questions and answers."""

from collections.abc import Mapping

import msgspec

from aml_build.engines.pdflatex import mark
from aml_build.items.item import DEFINITION_FACET, Item
from aml_build.items.kinds import ItemKind
from aml_build.items.sentences import paragraph
from aml_build.model import (
    Block,
    Blocks,
    BulletList,
    Cloze,
    Concept,
    Course,
    Emphasis,
    Formula,
    Inlines,
    Math,
    MathBlock,
    Paragraph,
    Picture,
    Strong,
    Table,
    Text,
)
from aml_build.model.drawing import Drawing, LabelBox
from aml_build.render.latex import Spell, blocks, escape, inlines, plain_text, without_blank_lines


class Scribe(msgspec.Struct, frozen=True):
    """Everything that the entries of one booklet refer to."""

    concepts: Mapping[str, Concept]
    drawings: Mapping[str, Drawing]
    definitions: Mapping[str, int]
    """The number of each concept's definition, by concept id."""
    formulas: Mapping[tuple[str, str], Inlines]
    """The name of each formula, by concept and facet."""
    linked: bool
    """Whether cross-references lead to answers that are in the booklet."""

    def question(self, item: Item) -> str:
        """Return what is asked, with its number, its boxes, its name and its answer's page."""
        spell = Spell(
            picture=self._picture, mark=mark, cloze=_blank, display=_display, link=_text_only
        )
        if item.figure is not None:
            body = blocks(self._labelled(item), spell) + self._masked(item.figure.picture)
            body += f"\\bookidbelow{{{escape(item.id)}}}"
        else:
            # The heading over the mistakes already asks what is wrong with them.
            prompt = item.prompt[1:] if item.kind is ItemKind.PITFALL else item.prompt
            body = _with_id(prompt, spell, item)
        return f"\\begin{{question}}{{{item.lesson}}}{{{item.number}}}%\n{body}\\end{{question}}\n"

    def answer(self, item: Item) -> str:
        """Return the answer at length, with what helps once it is known."""
        spell = self.spell()
        heading, rest = self._heading(item, spell)
        answered = (*rest, *self._answered(item))
        name = escape(item.id)
        if item.kind.short and not item.more and (line := _short(answered)):
            said = mark(line.span) + inlines(line.children, spell)
            body = f"\\bookrunin{{{heading}}}{{{name}}}{{%\n{said}}}%\n"
        else:
            body = f"\\bookheading{{{heading}}}{{{name}}}%\n{blocks(answered, spell)}"
        if item.more:
            body += f"\\begin{{bookmore}}{_more(item.more, spell)}\\end{{bookmore}}\n"
        if item.kind is ItemKind.DEFINITION:
            body += self._see(item)
        return f"\\begin{{answer}}{{{item.lesson}}}{{{item.number}}}%\n{body}\\end{{answer}}\n"

    def spell(self) -> Spell:
        """Return how running text is spelled where the reader may know everything."""
        return Spell(
            ref=self._ref, picture=self._picture, mark=mark, cloze=_filled, display=_display
        )

    def _heading(self, item: Item, spell: Spell) -> tuple[str, Blocks]:
        """Return the words over an answer and what else of the question the answer needs."""
        first, *rest = item.prompt
        if name := self.formulas.get((item.concept.id, item.facet.id)):
            return inlines(name, spell), ()
        if item.kind.under_term or not isinstance(first, Paragraph):
            claim = tuple(rest) if item.kind is ItemKind.PITFALL else ()
            return inlines(self.concepts[item.concept.id].term, spell), claim
        return inlines(first.children, spell), ()

    def _answered(self, item: Item) -> Blocks:
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
        return f"\\booksee{{{', '.join(terms)}}}\n" if terms else ""

    def _ref(self, target: str, text: str) -> str:
        number = self.definitions.get(target)
        if number is None or not self.linked:
            return text
        return f"\\bookref{{a{number}}}{{{text}}}"

    def _picture(self, picture: Picture) -> str:
        drawing = self.drawings.get(picture.path)
        if drawing is None:
            return f"\\par[{escape(picture.alt)}]\\par"
        caption = inlines(picture.caption)
        return f"\\bookfigure{{{file_name(drawing)}}}{{{drawing.width:.2f}bp}}{{{caption}}}"

    def _labelled(self, item: Item) -> Blocks:
        """Return what a figure shows and which of its labels are asked for: paper hides them all."""
        picture = item.figure.picture if item.figure else None
        drawing = self.drawings.get(picture.path) if picture else None
        if picture is None or drawing is None:
            return item.prompt
        numbers = ", ".join(str(n) for n in sorted({label.ordinal for label in drawing.labels}))
        caption = picture.caption or self.concepts[item.concept.id].term
        asked = paragraph(item.span, "booklet.figure", caption=caption, numbers=(Text(numbers),))
        return (asked,)

    def _masked(self, picture: Picture) -> str:
        drawing = self.drawings.get(picture.path)
        if drawing is None:
            return ""
        high = drawing.height / drawing.width
        boxes = "".join(_mask(label, high) for label in drawing.labels)
        return f"\\bookmasked{{{file_name(drawing)}}}{{{drawing.width:.2f}bp}}{{{high:.5f}}}{{{boxes}}}\n"


def scribe(
    course: Course, items: tuple[Item, ...], drawings: Mapping[str, Drawing], *, linked: bool
) -> Scribe:
    """Gather what the entries of a course's booklet refer to."""
    return Scribe(
        concepts={c.id: c for lesson in course.lessons for c in lesson.concepts},
        drawings=drawings,
        definitions={i.concept.id: i.number for i in items if i.facet.id == DEFINITION_FACET},
        formulas={
            (c.id, part.key.id): part.name
            for lesson in course.lessons
            for c in lesson.concepts
            for part in c.body
            if isinstance(part, Formula)
        },
        linked=linked,
    )


def file_name(drawing: Drawing) -> str:
    """Return the name under which TeX finds the drawing."""
    return drawing.name + (".pdf" if drawing.pdf else drawing.suffix)


def file_data(drawing: Drawing) -> bytes:
    """Return what TeX reads."""
    return drawing.pdf or drawing.image


def _with_id(prompt: Blocks, spell: Spell, item: Item) -> str:
    """Return the prompt with the item's name at the end of its last line, where there is one."""
    name = escape(item.id)
    match prompt:
        case (*before, Paragraph(children, span)):
            last = mark(span) + inlines(children, spell)
            return f"{blocks(tuple(before), spell)}{last}\\bookid{{{name}}}\n"
        case _:
            return f"{blocks(prompt, spell)}\\bookidbelow{{{name}}}\n"


_LINE = 100
"""Characters that about fill a line."""


def _short(answered: Blocks) -> Paragraph | None:
    """Return the answer if it is one paragraph of two lines or so."""
    match answered:
        case (Paragraph(children) as line,) if len(plain_text(children)) <= 2 * _LINE:
            return line
        case _:
            return None


def _side_by_side(block: Block) -> Block:
    """Return a one-row table as subjects with what holds of each: on one line, or one a line."""
    if not isinstance(block, Table) or len(block.rows) != 1:
        return block
    pairs = tuple(zip(block.head, block.rows[0], strict=True))
    if sum(len(plain_text(head + cell)) for head, cell in pairs) > _LINE:
        return BulletList(
            tuple((Paragraph((Strong(h), Text(": "), *c), block.span),) for h, c in pairs)
        )
    joined = [node for h, c in pairs for node in (Emphasis(h), Text(": "), *c, Text("; "))]
    return Paragraph(tuple(joined[:-1]), block.span)


def _more(more: Blocks, spell: Spell) -> str:
    """Return what helps; a list of single lines, such as a legend, is run in to save room."""
    out = []
    for block in more:
        lines = _lines(block)
        if lines:
            spelled = [mark(line.span) + inlines(line.children, spell) for line in lines]
            out.append("\\booksep\n".join(spelled) + "\\par\n")
        else:
            out.append(blocks((block,), spell))
    return "".join(out)


def _lines(block: Block) -> tuple[Paragraph, ...]:
    """Return the items of a list of symbols, each a paragraph that opens with math."""
    if not isinstance(block, BulletList):
        return ()
    firsts = [item[0] for item in block.items if len(item) == 1]
    lines = tuple(f for f in firsts if isinstance(f, Paragraph) and isinstance(f.children[0], Math))
    return lines if len(lines) == len(block.items) else ()


def _mask(label: LabelBox, high: float) -> str:
    """Return a box over a label; the picture's unit is its width, its origin the bottom left."""
    bottom = (1 - label.top - label.height) * high
    place = (
        f"{{{label.left:.5f}}}{{{bottom:.5f}}}{{{label.width:.5f}}}{{{label.height * high:.5f}}}"
    )
    return f"\\bookmask{{{label.ordinal}}}{place}"


def _blank(cloze: Cloze, _text: str) -> str:
    """Return a line to write on, about as long as handwriting needs."""
    width = min(max(0.75 * len(plain_text(cloze.children)), 4.0), 14.0)
    return f"\\bookblank{{{width:.1f}em}}"


def _filled(_cloze: Cloze, text: str) -> str:
    return f"\\bookfilled{{{text}}}"


def _display(block: MathBlock) -> str:
    return f"\\bookdisplay{{{without_blank_lines(block.tex)}}}"


def _text_only(_url: str, text: str) -> str:
    return text
