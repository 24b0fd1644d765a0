"""The one derivation: from concepts to study items."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, assert_never

import msgspec

from aml_build import model
from aml_build.diagnostics.source import Span
from aml_build.items.item import DEFINITION_FACET, Item, Slot, booklet_numbers
from aml_build.items.kinds import ItemKind
from aml_build.items.sentences import (
    definition_prompt,
    joined,
    named,
    paragraph,
    sentence,
    share_a_word,
    without_question_mark,
)
from aml_build.items.study_order import study_order

#: The prompt does not show a symbol of the legend that is half the formula already.
_GIVES_AWAY = re.compile(r"[-+=/*]|\\(frac|sum|prod|int|log|ln|exp|sqrt|cdot|max|min|le|ge)\b")
_SIBLINGS = 10
"""Members shown on each side of the one asked for: nobody reads all of a very long list."""


def derive(course: model.Course, numbers: Mapping[str, int] | None = None) -> tuple[Item, ...]:
    """Return everything that the course asks, in study order.

    ``numbers`` contains the booklet numbers already published, by published id; new items get the next
    free numbers, in the order of the booklet.
    """
    items = tuple(item for lesson in course.lessons for item in lesson_items(lesson))
    return numbered(items, booklet_numbers(slots(items), numbers or {}))


def lesson_items(lesson: model.Lesson) -> tuple[Item, ...]:
    """Return what one lesson asks, in study order; booklet numbers are still 0."""
    return tuple(
        item
        for concept in study_order(lesson.concepts)
        for item in _Deriver(lesson, concept).items()
    )


def slots(items: Iterable[Item]) -> Iterator[Slot]:
    """Yield what decides the items' booklet numbers."""
    return (Slot(item.lesson, item.kind, item.published_id) for item in items)


def numbered(items: Iterable[Item], numbers: Mapping[str, int]) -> tuple[Item, ...]:
    """Return the items with their booklet numbers, given by published id."""
    return tuple(msgspec.structs.replace(item, number=numbers[item.published_id]) for item in items)


class _Source(Protocol):
    """What an item asks about: a concept, a construct or an element of one."""

    @property
    def span(self) -> Span: ...


@dataclass(frozen=True, slots=True)
class _Deriver:
    """Derives the items of one concept."""

    lesson: model.Lesson
    concept: model.Concept

    def items(self) -> Iterator[Item]:
        """Yield the item of the definition, then those of the constructs in source order."""
        concept = self.concept
        yield self._item(
            ItemKind.DEFINITION,
            concept,
            model.Key(DEFINITION_FACET),
            (definition_prompt(concept),),
            (concept.definition,),
            more=tuple(_shown_with_definition(concept.body)),
        )
        for construct in concept.body:
            yield from self._construct(construct)

    def _construct(self, construct: model.Construct) -> Iterator[Item]:
        asked: model.Blocks
        match construct:
            case model.Prose():
                return
            case model.Formula():
                yield self._formula(construct)
            case model.Members():
                yield from self._members(construct)
            case model.Steps():
                yield from self._steps(construct)
            case model.Comparison():
                for row in construct.rows:
                    yield self._comparison_row(construct, row)
            case model.ClozeText(key, text):
                yield self._item(ItemKind.CLOZE, construct, key, (text,))
            case model.Pitfall(key, claim, correction, span):
                asked = (
                    paragraph(span, "item.pitfall"),
                    model.Paragraph((model.Emphasis(claim),), span),
                )
                yield self._item(ItemKind.PITFALL, construct, key, asked, correction)
            case model.Figure(key, picture, span):
                if picture.masks:
                    caption = picture.caption or self.concept.term
                    asked = (paragraph(span, "item.figure", caption=caption),)
                    yield self._item(ItemKind.FIGURE, construct, key, asked)
            case model.Question(key, prompt, answer, exam, span):
                kind = ItemKind.EXAM if exam else ItemKind.QUESTION
                short = answer[:1] if exam else answer
                yield self._item(kind, construct, key, (model.Paragraph(prompt, span),), short)
            case _:
                assert_never(construct)

    def _formula(self, formula: model.Formula) -> Item:
        term, name, span = self.concept.term, (model.Strong(formula.name),), formula.span
        if share_a_word(formula.name, term):
            prompt = [paragraph(span, "item.formula", name=name)]
        else:
            prompt = [paragraph(span, "item.formula-of", name=name, term=term)]
        symbols = joined(
            tuple((e.symbol,) for e in formula.legend if not _GIVES_AWAY.search(e.symbol.tex))
        )
        if symbols:
            prompt.append(paragraph(span, "item.symbols", symbols=symbols))
        legend = model.BulletList(
            tuple(
                (paragraph(span, "item.named", name=(entry.symbol,), text=entry.meaning),)
                for entry in formula.legend
            )
        )
        more = (legend,) if formula.legend else ()
        answer = (formula.math,)
        return self._item(ItemKind.FORMULA, formula, formula.key, tuple(prompt), answer, more)

    def _members(self, members: model.Members) -> Iterator[Item]:
        term = (model.Strong(self.concept.term),)
        ask = members.ask or sentence("item.listing", count=len(members.items), term=term)
        answer = model.BulletList(tuple(named(m.term, m.body, members.span) for m in members.items))
        prompt = (model.Paragraph(ask, members.span),)
        yield self._item(ItemKind.LISTING, members, members.key, prompt, (answer,))
        for at, member in enumerate(members.items):
            if member.body:
                before = members.items[max(0, at - _SIBLINGS) : at]
                after = members.items[at + 1 : at + 1 + _SIBLINGS]
                yield self._member(members, member, (*before, *after))

    def _member(
        self, members: model.Members, member: model.Member, siblings: Sequence[model.Member]
    ) -> Item:
        term, name, span = (
            (model.Emphasis(self.concept.term),),
            (model.Strong(member.term),),
            member.span,
        )
        prompt = [paragraph(span, "item.member", term=term, member=name)]
        if others := joined(tuple(m.term for m in siblings)):
            prompt.append(paragraph(span, "item.siblings", members=others))
        key = _within(members.key, member.key)
        return self._item(ItemKind.MEMBER, member, key, tuple(prompt), member.body)

    def _steps(self, steps: model.Steps) -> Iterator[Item]:
        term = (model.Strong(self.concept.term),)
        ask = steps.ask or sentence("item.steps", count=len(steps.items), term=term)
        bodies = tuple(step.body for step in steps.items)
        prompt: model.Blocks = (model.Paragraph(ask, steps.span),)
        yield self._item(ItemKind.LISTING, steps, steps.key, prompt, (model.NumberedList(bodies),))
        if len(steps.items) == 1:
            return
        for at, step in enumerate(steps.items):
            gap: model.Blocks = (paragraph(step.span, "item.missing-step"),)
            first = max(at - 1, 0)
            view = (*bodies[first:at], gap, *bodies[at + 1 : at + 2])
            prompt = (
                paragraph(step.span, "item.step", term=term),
                model.NumberedList(view, start=first + 1),
            )
            yield self._item(ItemKind.STEP, step, _within(steps.key, step.key), prompt, step.body)

    def _comparison_row(self, comparison: model.Comparison, row: model.ComparisonRow) -> Item:
        subjects = joined(tuple((model.Strong(s),) for s in comparison.subjects), "list.versus")
        aspect = without_question_mark(row.aspect)
        prompt = (paragraph(row.span, "item.comparison", subjects=subjects, aspect=aspect),)
        left = (model.Align.LEFT,) * len(comparison.subjects)
        answer = (
            model.Table(align=left, head=comparison.subjects, rows=(row.cells,), span=row.span),
        )
        return self._item(
            ItemKind.COMPARISON, row, _within(comparison.key, row.key), prompt, answer
        )

    def _item(
        self,
        kind: ItemKind,
        source: _Source,
        facet: model.Key,
        prompt: model.Blocks,
        answer: model.Blocks = (),
        more: model.Blocks = (),
    ) -> Item:
        """Make an item, with booklet number 0: the number depends on all items of the course."""
        concept = self.concept
        return Item(
            concept=concept.key,
            facet=facet,
            kind=kind,
            lesson=self.lesson.number,
            priority=concept.priority,
            prompt=prompt,
            answer=answer,
            full_answer=source.answer if isinstance(source, model.Question) else answer,
            more=more,
            see=tuple(dict.fromkeys((*concept.needs, *concept.contrast, *concept.see))),
            reverse=answer if source is concept and concept.reversible else (),
            figure=source if isinstance(source, model.Figure) else None,
            number=0,
            span=source.span,
        )


def _shown_with_definition(body: Iterable[model.Construct]) -> Iterator[model.Block]:
    """Yield the blocks that help once the definition is known."""
    for construct in body:
        match construct:
            case model.Prose(block=block):
                yield block
            case model.Figure(picture=picture):
                yield picture
            case model.Pitfall(claim=claim, correction=correction, span=span):
                wrong = paragraph(span, "item.not-so", claim=(model.Emphasis(claim),))
                yield model.Remark((wrong, *correction))
            case (
                model.Formula()
                | model.Members()
                | model.Steps()
                | model.Comparison()
                | model.ClozeText()
                | model.Question()
            ):
                continue
            case _:
                assert_never(construct)


def _within(outer: model.Key, inner: model.Key) -> model.Key:
    """Return the identity of an element of a construct."""
    current, published_id = f"{outer.id}.{inner.id}", f"{outer.published_id}.{inner.published_id}"
    return model.Key(current, () if current == published_id else (published_id,))
