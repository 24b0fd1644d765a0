"""From a concept to a box: a title and parts, one under the other, each measured on its own."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import assert_never

from aml_build.diagnostics.source import Span
from aml_build.engines import pdflatex as tex
from aml_build.model import (
    Align,
    Blocks,
    ClozeText,
    Comparison,
    Concept,
    ConceptKind,
    Construct,
    Course,
    Figure,
    Formula,
    Inlines,
    Lesson,
    MathBlock,
    Members,
    Paragraph,
    Picture,
    Pitfall,
    Prose,
    Question,
    Steps,
)
from aml_build.model.drawing import Drawing
from aml_build.render import latex
from aml_build.render.alphabet import SortKey, sort_key, sort_text
from aml_build.render.cheatsheet.formula_lines import broken, whole
from aml_build.render.cheatsheet.prose_groups import Passage, Showable, gathered, showable


class Rank(IntEnum):
    """How much a part matters; the highest go first where there is no room."""

    CORE = 0
    """What makes the box: title, formulas, definition."""
    MAIN = 1
    """Steps, members, comparisons, the first pitfall."""
    FIGURE = 2
    """A picture, small."""
    EXTRA = 3
    """Legends, further pitfalls, sentences to complete."""
    FILLER = 4
    """Shown only where a column has room to spare."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a box that TeX can measure alone."""

    name: str
    """Unique in its box, and the same after an edit: ``formula eq-rule``."""
    tex: str
    rank: Rank


@dataclass(frozen=True, slots=True)
class Name:
    """What a box may be looked up by."""

    key: SortKey
    tex: str


@dataclass(frozen=True, slots=True)
class Box:
    """One concept on the sheet, or a part of its finder."""

    id: str
    """The concept's id."""
    kind: str
    """As the style file names it: ``Definition``, ``Formula``, …"""
    lesson: int
    priority: int
    term: str
    """As people read it."""
    names: tuple[Name, ...]
    """The term and its other names."""
    title: Part
    parts: tuple[Part, ...]
    """From top to bottom."""
    span: Span


@dataclass(frozen=True, slots=True)
class Band:
    """What opens a lesson."""

    lesson: int
    label: str
    title: str
    part: Part


def bands(course: Course) -> tuple[Band, ...]:
    """Return a band for each lesson."""
    return tuple(_band(lesson) for lesson in course.lessons)


def _band(lesson: Lesson) -> Band:
    label, title = latex.escape(lesson.label), latex.escape(lesson.title)
    part = Part("band", f"{tex.mark(lesson.span)}\\amlband{{{label}}}{{{title}}}", Rank.CORE)
    return Band(lesson.number, lesson.label, lesson.title, part)


def boxes(course: Course, drawings: Mapping[str, Drawing]) -> tuple[Box, ...]:
    """Return a box for each concept, in the order of the course."""
    known = frozenset(concept.id for lesson in course.lessons for concept in lesson.concepts)
    terms = {c.id: c.term for lesson in course.lessons for c in lesson.concepts}
    maker = _Maker(drawings, known, terms)
    return tuple(
        maker.box(lesson, concept) for lesson in course.lessons for concept in lesson.concepts
    )


def picture_file(drawing: Drawing) -> tuple[str, bytes]:
    """Return the name and the bytes of what TeX includes for a drawing."""
    if drawing.pdf:
        return f"{drawing.name}.pdf", drawing.pdf
    return f"{drawing.name}{drawing.suffix}", drawing.image


_ADDITION = re.compile(r"[,;]| \(")
_POINT: Mapping[ConceptKind, tuple[type[Construct], Rank]] = {
    ConceptKind.ALGORITHM: (Steps, Rank.CORE),
    ConceptKind.COMPARISON: (Comparison, Rank.CORE),
    ConceptKind.ARCHITECTURE: (Figure, Rank.MAIN),
}
"""What a concept of this kind is about, and how much that matters in its box."""


@dataclass(frozen=True)
class _Maker:
    drawings: Mapping[str, Drawing]
    known: frozenset[str]
    terms: Mapping[str, Inlines]

    @property
    def spell(self) -> latex.Spell:
        """Return how the sheet spells what the dialect leaves open."""
        return latex.Spell(
            ref=self._ref, picture=self._picture, mark=tex.mark, display=_formula_block
        )

    def _ref(self, target: str, text: str) -> str:
        return f"\\amlsee{{{target}}}{{{text}}}" if target in self.known else text

    def _picture(self, picture: Picture) -> str:
        drawing = self.drawings.get(picture.path)
        if drawing is None:
            return ""
        name, _ = picture_file(drawing)
        return (
            f"\\amlfigure{{{name}}}{{{drawing.width:.2f}}}{{{drawing.height / drawing.width:.4f}}}"
        )

    def box(self, lesson: Lesson, concept: Concept) -> Box:
        """Return the box of one concept: formulas first, then the definition, then the rest."""
        kind = concept.kind.value.capitalize()
        term = latex.inlines(concept.term, latex.PLAIN)
        title = Part("title", f"{tex.mark(concept.span)}\\amltitle{{{kind}}}{{{term}}}", Rank.CORE)
        formulas = [c for c in concept.body if isinstance(c, Formula)]
        alone = len(formulas) == 1
        parts = [self._formula(formula, concept, alone=alone) for formula in formulas]
        definition = _text(latex.inlines(concept.definition.children, self.spell))
        parts.append(Part("definition", tex.mark(concept.definition.span) + definition, Rank.CORE))
        defined = len(parts)
        parts += self._legend(formulas)
        pitfalls = 0
        for number, construct in enumerate(gathered(concept.body)):
            made = self._part(construct)
            if made is None:
                continue
            place = len(parts)
            if isinstance(construct, Pitfall):
                pitfalls += 1
                if pitfalls > 1:
                    made = replace(made, rank=Rank.EXTRA)
            elif (point := _POINT.get(concept.kind)) and isinstance(construct, point[0]):
                made = replace(made, rank=point[1])
            elif (
                number == 0 and isinstance(construct, tuple) and isinstance(construct[0], MathBlock)
            ):
                # The definition says what this display shows: no legend comes between them.
                place = defined
            parts.insert(place, made)
        parts += self._see(concept)
        return Box(
            concept.id,
            kind,
            lesson.number,
            concept.priority,
            latex.plain_text(concept.term),
            _names(concept),
            title,
            tuple(parts),
            concept.span,
        )

    def _formula(self, formula: Formula, concept: Concept, *, alone: bool) -> Part:
        named = not alone and formula.name != concept.term
        name = latex.inlines(formula.name, latex.PLAIN) if named else ""
        body = f"\\amlformula{{{name}}}{{{whole(formula.math.tex)}}}{{{broken(formula.math.tex)}}}"
        return Part(f"formula {formula.key.id}", tex.mark(formula.math.span) + body, Rank.CORE)

    def _legend(self, formulas: Sequence[Formula]) -> list[Part]:
        """Return one legend for all formulas, which says nothing a second time."""
        entries: list[str] = []
        known: set[tuple[str, str]] = set()
        for entry in (entry for formula in formulas for entry in formula.legend):
            symbol = f"${latex.without_blank_lines(entry.symbol.tex)}$"
            meaning = latex.inlines(entry.meaning)
            if (symbol, meaning) in known:
                continue
            known.update((symbol, said) for said in _says(meaning))
            shown = latex.inlines(entry.meaning, self.spell)
            entries.append(f"{tex.mark(entry.symbol.span)}{symbol}~{shown}")
        text = "\\amldot\n".join(entries)
        return [Part("legend", f"\\amllegend{{{text}}}", Rank.EXTRA)] if entries else []

    def _part(self, construct: Construct | Passage) -> Part | None:
        match construct:
            case tuple():
                return self._passage(construct)
            case Formula() | Question() | Prose():
                return None
            case Steps(key, _, items):
                lines = "".join(
                    _item(f"\\amlnumber{{{number}}}", "", step.body, self.spell)
                    for number, step in enumerate(items, start=1)
                )
                return Part(f"steps {key.id}", lines, Rank.MAIN)
            case Members(key):
                return Part(f"members {key.id}", self._members(construct), Rank.MAIN)
            case Comparison(key):
                return Part(f"comparison {key.id}", self._comparison(construct), Rank.MAIN)
            case ClozeText(key, text):
                body = tex.mark(text.span) + _text(latex.inlines(text.children, self.spell))
                return Part(f"cloze {key.id}", body, Rank.EXTRA)
            case Pitfall(key, claim, correction, span):
                body = _run(correction[:1], self.spell)
                mistake = latex.inlines(claim, self.spell)
                line = f"{tex.mark(span)}\\amlpitfall{{{mistake}}}{{{body}}}"
                return Part(f"pitfall {key.id}", line, Rank.MAIN)
            case Figure(key, picture, span):
                drawn = self._picture(picture)
                return (
                    Part(f"figure {key.id}", tex.mark(span) + drawn, Rank.FIGURE) if drawn else None
                )
            case _:
                assert_never(construct)

    def _passage(self, passage: Passage) -> Part | None:
        blocks = showable(passage)
        body = "".join(map(self._block, blocks))
        return Part(f"prose {blocks[0].span.line}", body, Rank.FILLER) if body else None

    def _block(self, block: Showable) -> str:
        match block:
            case Paragraph(children):
                shown = _text(latex.inlines(children, self.spell))
            case MathBlock():
                shown = _formula_block(block)
            case Picture():
                shown = self._picture(block)
        return tex.mark(block.span) + shown if shown else ""

    def _members(self, members: Members) -> str:
        if not any(item.body for item in members.items):
            names = [f"\\textbf{{{latex.inlines(m.term, self.spell)}}}" for m in members.items]
            return tex.mark(members.span) + _text("\\amldot\n".join(names))
        return "".join(
            _item(
                "\\amlbullet",
                f"\\amllead{{{latex.inlines(item.term, self.spell)}}}",
                item.body,
                self.spell,
            )
            for item in members.items
        )

    def _comparison(self, comparison: Comparison) -> str:
        head = (comparison.corner, *comparison.subjects)
        rows = [(row.aspect, *row.cells) for row in comparison.rows]
        align = (Align.LEFT,) * len(head)
        return tex.mark(comparison.span) + latex.table(head, rows, align, self.spell)

    def _see(self, concept: Concept) -> list[Part]:
        targets = [
            id_ for id_ in dict.fromkeys(concept.contrast + concept.see) if id_ in self.terms
        ]
        if not targets:
            return []
        names = ", ".join(
            self._ref(id_, latex.inlines(self.terms[id_], latex.PLAIN)) for id_ in targets
        )
        return [Part("see", f"\\amlnames{{{names}}}\n", Rank.FILLER)]


def _says(meaning: str) -> Iterator[str]:
    """Return what an explanation says: itself, and itself without what it adds at its end."""
    yield meaning
    for addition in _ADDITION.finditer(meaning):
        yield meaning[: addition.start()]


def _names(concept: Concept) -> tuple[Name, ...]:
    place = tex.mark(concept.span)
    term = place + latex.inlines(concept.term, latex.PLAIN)
    return (
        Name(sort_key(sort_text(concept.term)), term),
        *(Name(sort_key(name), place + latex.escape(name)) for name in concept.aka),
    )


def _text(body: str) -> str:
    return f"\\amltext{{{body}}}\n"


def _formula_block(block: MathBlock) -> str:
    return f"\\amlformula{{}}{{{whole(block.tex)}}}{{{broken(block.tex)}}}"


def _item(mark: str, lead: str, body: Blocks, spell: latex.Spell) -> str:
    """Return a hanging item whose first paragraph runs on from its lead."""
    first = body[0] if body else None
    if isinstance(first, Paragraph):
        text, rest = tex.mark(first.span) + latex.inlines(first.children, spell), body[1:]
    else:
        text, rest = "", body
    between = "\\enspace " if lead and text else ""
    hang = "\\amlhangitem" if mark.startswith("\\amlbullet") else "\\amlitem"
    return f"{hang}{{{mark}}}{{{lead}{between}{text}}}\n{latex.blocks(rest, spell)}"


def _run(nodes: Blocks, spell: latex.Spell) -> str:
    """Return blocks as they stand within a line; only paragraphs can."""
    return " ".join(latex.inlines(n.children, spell) for n in nodes if isinstance(n, Paragraph))
