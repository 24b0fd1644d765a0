"""Render each concept as a box: its parts in LaTeX, from top to bottom."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from aml_build import model
from aml_build.engines.tex_log import mark
from aml_build.model.drawing import Drawing
from aml_build.render import latex
from aml_build.render.alphabet import sort_key, sort_text
from aml_build.render.cheatsheet.content.box import Box, Name, Part, Rank
from aml_build.render.cheatsheet.content.prose_groups import Passage, Showable, grouped, showable
from aml_build.render.formula_lines import broken, whole, without_blank_lines


def bands(course: model.Course) -> dict[int, Part]:
    """Return the band that opens each lesson, by the lesson's number."""
    return {lesson.number: _band(lesson) for lesson in course.lessons}


def _band(lesson: model.Lesson) -> Part:
    label, title = latex.escape(lesson.label), latex.escape(lesson.title)
    body = f"{mark(lesson.span)}\\amlband{{{label}}}{{{title}}}"
    return Part("band", body, Rank.CORE, f"{lesson.number}:band")


def boxes(course: model.Course, drawings: Mapping[str, Drawing]) -> tuple[Box, ...]:
    """Return a box for each concept, in the order of the course."""
    terms = {c.id: c.term for lesson in course.lessons for c in lesson.concepts}
    renderer = _BoxRenderer(drawings, terms)
    return tuple(
        renderer.box(lesson, concept) for lesson in course.lessons for concept in lesson.concepts
    )


_ADDITION = re.compile(r"[,;]| \(")
_POINT: Mapping[model.ConceptKind, tuple[type[model.Construct], Rank]] = {
    model.ConceptKind.ALGORITHM: (model.Steps, Rank.CORE),
    model.ConceptKind.COMPARISON: (model.Comparison, Rank.CORE),
    model.ConceptKind.ARCHITECTURE: (model.Figure, Rank.MAIN),
}
"""The construct that a concept of this kind explains, and its rank in the box."""
_BELOW = (model.Paragraph, model.BulletList, model.NumberedList, model.Remark, model.CodeBlock)
"""The blocks whose lines are as wide as the item above lets them be."""


@dataclass(frozen=True)
class _BoxRenderer:
    drawings: Mapping[str, Drawing]
    terms: Mapping[str, model.Inlines]
    """Of all concepts, by id."""

    @property
    def spell(self) -> latex.RenderHooks:
        """Return the sheet's spelling of references, pictures, marks and displays."""
        return latex.RenderHooks(ref=self._ref, picture=self._picture, mark=mark, display=_display)

    def _ref(self, target: str, text: str) -> str:
        return f"\\amlsee{{{target}}}{{{text}}}" if target in self.terms else text

    def _picture(self, picture: model.Picture) -> str:
        drawing = self.drawings.get(picture.path)
        if drawing is None:
            return ""
        name, _ = drawing.print_file
        return (
            f"\\amlfigure{{{name}}}{{{drawing.width:.2f}}}{{{drawing.height / drawing.width:.4f}}}"
        )

    def box(self, lesson: model.Lesson, concept: model.Concept) -> Box:
        """Return the box of one concept: formulas first, then the definition, then the rest."""
        kind = concept.kind.value.capitalize()
        term = latex.inlines(concept.term, latex.PLAIN)
        title = Part("title", f"{mark(concept.span)}\\amltitle{{{kind}}}{{{term}}}", Rank.CORE)
        formulas = [c for c in concept.body if isinstance(c, model.Formula)]
        alone = len(formulas) == 1
        parts = [self._formula(formula, concept, alone=alone) for formula in formulas]
        definition = _text(latex.inlines(concept.definition.children, self.spell))
        parts.append(Part("definition", mark(concept.definition.span) + definition, Rank.CORE))
        before_legend = len(parts)
        parts += self._legend(formulas)
        first_pitfall = next((c for c in concept.body if isinstance(c, model.Pitfall)), None)
        for number, construct in enumerate(grouped(concept.body)):
            part, place = self._part(construct), len(parts)
            if part is None:
                continue
            if isinstance(construct, model.Pitfall) and construct is not first_pitfall:
                part = replace(part, rank=Rank.EXTRA)
            elif (point := _POINT.get(concept.kind)) and isinstance(construct, point[0]):
                part = replace(part, rank=point[1])
            elif number == 0 and isinstance(construct, tuple) and _opens_with_display(construct):
                # The definition refers to this display, so the legend must not come between them.
                place = before_legend
            parts.insert(place, part)
        parts += self._see(concept)
        return Box(
            concept.id,
            kind,
            lesson.number,
            concept.priority,
            latex.plain_text(concept.term),
            _names(concept),
            replace(title, slot=f"{concept.id}/title"),
            tuple(replace(part, slot=f"{concept.id}/{part.name}") for part in parts),
            concept.span,
        )

    def _formula(self, formula: model.Formula, concept: model.Concept, *, alone: bool) -> Part:
        named = not alone and formula.name != concept.term
        name = latex.inlines(formula.name, latex.PLAIN) if named else ""
        body = mark(formula.math.span) + _display(formula.math, name)
        return Part(f"formula {formula.key.id}", body, Rank.CORE)

    def _legend(self, formulas: Sequence[model.Formula]) -> list[Part]:
        """Return one legend for all formulas, with each explanation once."""
        entries: list[str] = []
        known: set[tuple[str, str]] = set()
        for entry in (entry for formula in formulas for entry in formula.legend):
            symbol = f"${without_blank_lines(entry.symbol.tex)}$"
            meaning = latex.inlines(entry.meaning)
            if (symbol, meaning) in known:
                continue
            known.update((symbol, shorter) for shorter in _with_shorter_forms(meaning))
            shown = latex.inlines(entry.meaning, self.spell)
            entries.append(f"{mark(entry.symbol.span)}{symbol}~{shown}")
        text = "\\amldot\n".join(entries)
        return [Part("legend", f"\\amllegend{{{text}}}", Rank.EXTRA)] if entries else []

    def _part(self, construct: model.Construct | Passage) -> Part | None:
        match construct:
            case tuple():
                return self._passage(construct)
            case model.Formula() | model.Question() | model.Prose():
                return None
            case model.Steps(key, _, items):
                lines = "".join(
                    _item(f"\\amlnumber{{{number}}}", "", step.body, self.spell)
                    for number, step in enumerate(items, start=1)
                )
                return Part(f"steps {key.id}", lines, Rank.MAIN)
            case model.Members(key):
                return Part(f"members {key.id}", self._members(construct), Rank.MAIN)
            case model.Comparison(key):
                return Part(f"comparison {key.id}", self._comparison(construct), Rank.MAIN)
            case model.ClozeText(key, text):
                body = mark(text.span) + _text(latex.inlines(text.children, self.spell))
                return Part(f"cloze {key.id}", body, Rank.EXTRA)
            case model.Pitfall(key, claim, correction, span):
                body = _run(correction[:1], self.spell)
                mistake = latex.inlines(claim, self.spell)
                line = f"{mark(span)}\\amlpitfall{{{mistake}}}{{{body}}}"
                return Part(f"pitfall {key.id}", line, Rank.MAIN)
            case model.Figure(key, picture, span):
                drawn = self._picture(picture)
                return Part(f"figure {key.id}", mark(span) + drawn, Rank.FIGURE) if drawn else None
            case _:
                assert_never(construct)

    def _passage(self, passage: Passage) -> Part | None:
        blocks = showable(passage)
        body = "".join(map(self._block, blocks))
        return Part(f"prose {blocks[0].span.line}", body, Rank.FILLER) if body else None

    def _block(self, block: Showable) -> str:
        match block:
            case model.Paragraph(children):
                shown = _text(latex.inlines(children, self.spell))
            case model.MathBlock():
                shown = _display(block)
            case model.Picture():
                shown = self._picture(block)
        return mark(block.span) + shown if shown else ""

    def _members(self, members: model.Members) -> str:
        if not any(item.body for item in members.items):
            names = [f"\\textbf{{{latex.inlines(m.term, self.spell)}}}" for m in members.items]
            return mark(members.span) + _text("\\amldot\n".join(names))
        return "".join(
            _item(
                "\\amlbullet",
                f"\\amllead{{{latex.inlines(item.term, self.spell)}}}",
                item.body,
                self.spell,
            )
            for item in members.items
        )

    def _comparison(self, comparison: model.Comparison) -> str:
        head = (comparison.corner, *comparison.subjects)
        rows = [(row.aspect, *row.cells) for row in comparison.rows]
        align = (model.Align.LEFT,) * len(head)
        return latex.table(head, rows, align, comparison.span, self.spell)

    def _see(self, concept: model.Concept) -> list[Part]:
        targets = [
            id_ for id_ in dict.fromkeys(concept.contrast + concept.see) if id_ in self.terms
        ]
        if not targets:
            return []
        names = ", ".join(
            self._ref(id_, latex.inlines(self.terms[id_], latex.PLAIN)) for id_ in targets
        )
        return [Part("see", f"\\amlnames{{{names}}}\n", Rank.FILLER)]


def _opens_with_display(passage: Passage) -> bool:
    return isinstance(passage[0], model.MathBlock)


def _with_shorter_forms(meaning: str) -> Iterator[str]:
    """Return an explanation, and its beginnings up to a comma, semicolon or bracket."""
    yield meaning
    for addition in _ADDITION.finditer(meaning):
        yield meaning[: addition.start()]


def _names(concept: model.Concept) -> tuple[Name, ...]:
    place = mark(concept.span)
    term = place + latex.inlines(concept.term, latex.PLAIN)
    return (
        Name(sort_key(sort_text(concept.term)), term),
        *(Name(sort_key(name), place + latex.escape(name)) for name in concept.aka),
    )


def _text(body: str) -> str:
    return f"\\amltext{{{body}}}\n"


def _display(block: model.MathBlock, name: str = "") -> str:
    return f"\\amlformula{{{name}}}{{{whole(block.tex)}}}{{{broken(block.tex)}}}"


def _item(bullet: str, lead: str, body: model.Blocks, spell: latex.RenderHooks) -> str:
    """Return a hanging item; its first paragraph continues on the line of its lead.

    Its other text and its lists are set below that paragraph; all else is as wide as the box.
    """
    first = body[0] if body else None
    if isinstance(first, model.Paragraph):
        text, rest = mark(first.span) + latex.inlines(first.children, spell), body[1:]
    else:
        text, rest = "", body
    between = "\\enspace " if lead and text else ""
    hang = "\\amlhangitem" if bullet.startswith("\\amlbullet") else "\\amlitem"
    below = "".join(
        f"\\amlbelow{{{hang}}}{{{latex.blocks((block,), spell)}}}"
        if isinstance(block, _BELOW)
        else latex.blocks((block,), spell)
        for block in rest
    )
    return f"{hang}{{{bullet}}}{{{lead}{between}{text}}}\n{below}"


def _run(nodes: model.Blocks, spell: latex.RenderHooks) -> str:
    """Return the paragraphs of blocks in one line; other blocks cannot be in a line."""
    return " ".join(
        latex.inlines(n.children, spell) for n in nodes if isinstance(n, model.Paragraph)
    )
