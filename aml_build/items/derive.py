"""The one derivation: from concepts to study items."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import assert_never

import msgspec

from aml_build.diagnostics.source import Span
from aml_build.items.item import DEFINITION_FACET, Item, ItemKind, Slot, booklet_numbers
from aml_build.items.phrases import (
    definition_prompt,
    joined,
    led,
    say,
    share_a_word,
    without_question_mark,
)
from aml_build.items.study_order import study_order
from aml_build.model import (
    Align,
    Block,
    Blocks,
    BulletList,
    ClozeText,
    Comparison,
    ComparisonRow,
    Concept,
    Construct,
    Course,
    Emphasis,
    Figure,
    Formula,
    Inline,
    Key,
    Lesson,
    Member,
    Members,
    NumberedList,
    Paragraph,
    Pitfall,
    Prose,
    Question,
    Remark,
    Steps,
    Strong,
    Table,
    Text,
)

#: A symbol in a legend that is half the formula already is not shown with the question.
_GIVES_AWAY = re.compile(r"[-+=/*]|\\(frac|sum|prod|int|log|ln|exp|sqrt|cdot|max|min|le|ge)\b")


_SIBLINGS = 10
"""Members shown on each side of the one asked for: in a very long list, nobody reads them all."""


def derive(course: Course, numbers: Mapping[str, int] | None = None) -> tuple[Item, ...]:
    """Return everything that the course asks, in study order.

    ``numbers`` gives the booklet numbers that were published before, by published_id; new items get the
    next free ones, in the order of the booklet.
    """
    items = tuple(item for lesson in course.lessons for item in lesson_items(lesson))
    return numbered(items, booklet_numbers(slots(items), numbers or {}))


def lesson_items(lesson: Lesson) -> tuple[Item, ...]:
    """Return what one lesson asks, in study order; booklet numbers are still 0."""
    return tuple(
        item for concept in study_order(lesson.concepts) for item in _concept_items(lesson, concept)
    )


def slots(items: Iterable[Item]) -> Iterator[Slot]:
    """Yield what the items' booklet numbers hang on."""
    return (Slot(item.lesson, item.kind, item.published_id) for item in items)


def numbered(items: Iterable[Item], numbers: Mapping[str, int]) -> tuple[Item, ...]:
    """Return the items with their booklet numbers, which are given by published_id."""
    return tuple(msgspec.structs.replace(item, number=numbers[item.published_id]) for item in items)


def _concept_items(lesson: Lesson, concept: Concept) -> Iterator[Item]:
    """Yield the items of one concept: its definition, then its constructs in source order."""
    yield _item(
        lesson,
        concept,
        Key(DEFINITION_FACET),
        ItemKind.DEFINITION,
        concept.span,
        prompt=(definition_prompt(concept),),
        answer=(concept.definition,),
        more=tuple(_helpful(concept.body)),
        reverse=(concept.definition,) if concept.reversible else (),
    )
    for construct in concept.body:
        yield from _construct_items(lesson, concept, construct)


def _construct_items(lesson: Lesson, concept: Concept, construct: Construct) -> Iterator[Item]:
    match construct:
        case Prose():
            return
        case Formula():
            yield _formula(lesson, concept, construct)
        case Members():
            yield from _members(lesson, concept, construct)
        case Steps():
            yield from _steps(lesson, concept, construct)
        case Comparison():
            for row in construct.rows:
                yield _comparison_row(lesson, concept, construct, row)
        case ClozeText():
            yield _item(
                lesson,
                concept,
                construct.key,
                ItemKind.CLOZE,
                construct.span,
                prompt=(construct.text,),
            )
        case Pitfall():
            yield _item(
                lesson,
                concept,
                construct.key,
                ItemKind.PITFALL,
                construct.span,
                prompt=(
                    say(construct.span, "What is wrong with this statement?"),
                    Paragraph((Emphasis(construct.claim),), construct.span),
                ),
                answer=construct.correction,
            )
        case Figure():
            if construct.picture.masks:
                yield _figure(lesson, concept, construct)
        case Question():
            yield _question(lesson, concept, construct)
        case _:
            assert_never(construct)


def _formula(lesson: Lesson, concept: Concept, formula: Formula) -> Item:
    prompt: list[Inline] = [Text("Write as a formula: "), Strong(formula.name)]
    if not share_a_word(formula.name, concept.term):
        prompt += [Text(" ("), *concept.term, Text(")")]
    symbols = joined(
        tuple((e.symbol,) for e in formula.legend if not _GIVES_AWAY.search(e.symbol.tex))
    )
    lines = [Paragraph(tuple(prompt), formula.span)]
    if symbols:
        lines.append(Paragraph((Text("It relates "), *symbols, Text(".")), formula.span))
    legend = BulletList(
        tuple(
            (Paragraph((entry.symbol, Text(": "), *entry.meaning), formula.span),)
            for entry in formula.legend
        )
    )
    return _item(
        lesson,
        concept,
        formula.key,
        ItemKind.FORMULA,
        formula.span,
        prompt=tuple(lines),
        answer=(formula.math,),
        more=(legend,) if formula.legend else (),
    )


def _members(lesson: Lesson, concept: Concept, members: Members) -> Iterator[Item]:
    ask = members.ask or (
        Text(f"Name all {len(members.items)}: "),
        Strong(concept.term),
    )
    entries = tuple(
        led((Strong(member.term),), ": " if member.body else "", member.body, member.span)
        for member in members.items
    )
    yield _item(
        lesson,
        concept,
        members.key,
        ItemKind.LISTING,
        members.span,
        prompt=(Paragraph(ask, members.span),),
        answer=(BulletList(entries),),
    )
    for at, member in enumerate(members.items):
        if member.body:
            near = members.items[max(0, at - _SIBLINGS) : at + _SIBLINGS + 1]
            siblings = tuple(m for m in near if m is not member)
            yield _member(lesson, concept, members, member, siblings)


def _member(
    lesson: Lesson, concept: Concept, members: Members, member: Member, siblings: Sequence[Member]
) -> Item:
    others = joined(tuple(m.term for m in siblings))
    prompt = [
        Paragraph(
            (Emphasis(concept.term), Text(": explain "), Strong(member.term), Text(".")),
            member.span,
        )
    ]
    if others:
        prompt.append(Paragraph((Text("Beside "), *others, Text(".")), member.span))
    return _item(
        lesson,
        concept,
        _within(members.key, member.key),
        ItemKind.MEMBER,
        member.span,
        prompt=tuple(prompt),
        answer=member.body,
    )


def _steps(lesson: Lesson, concept: Concept, steps: Steps) -> Iterator[Item]:
    ask = steps.ask or (
        Text(f"What are the {len(steps.items)} steps of "),
        Strong(concept.term),
        Text("?"),
    )
    bodies = tuple(step.body for step in steps.items)
    yield _item(
        lesson,
        concept,
        steps.key,
        ItemKind.LISTING,
        steps.span,
        prompt=(Paragraph(ask, steps.span),),
        answer=(NumberedList(bodies),),
    )
    if len(steps.items) == 1:
        return
    for at, step in enumerate(steps.items):
        gap: Blocks = (say(step.span, "…?"),)
        first = max(at - 1, 0)
        view = (*bodies[first:at], gap, *bodies[at + 1 : at + 2])
        yield _item(
            lesson,
            concept,
            _within(steps.key, step.key),
            ItemKind.STEP,
            step.span,
            prompt=(
                Paragraph((Strong(concept.term), Text(": which step is missing?")), step.span),
                NumberedList(view, start=first + 1),
            ),
            answer=step.body,
        )


def _comparison_row(
    lesson: Lesson, concept: Concept, comparison: Comparison, row: ComparisonRow
) -> Item:
    subjects = joined(tuple((Strong(s),) for s in comparison.subjects), " vs ")
    return _item(
        lesson,
        concept,
        _within(comparison.key, row.key),
        ItemKind.COMPARISON,
        row.span,
        prompt=(
            Paragraph(
                (*subjects, Text(": "), *without_question_mark(row.aspect), Text("?")), row.span
            ),
        ),
        answer=(
            Table(
                align=(Align.LEFT,) * len(comparison.subjects),
                head=comparison.subjects,
                rows=(row.cells,),
                span=row.span,
            ),
        ),
    )


def _figure(lesson: Lesson, concept: Concept, figure: Figure) -> Item:
    caption = figure.picture.caption or concept.term
    return _item(
        lesson,
        concept,
        figure.key,
        ItemKind.FIGURE,
        figure.span,
        prompt=(Paragraph((*caption, Text(": what is the hidden label?")), figure.span),),
        figure=figure,
    )


def _question(lesson: Lesson, concept: Concept, question: Question) -> Item:
    return _item(
        lesson,
        concept,
        question.key,
        ItemKind.EXAM if question.exam else ItemKind.QUESTION,
        question.span,
        prompt=(Paragraph(question.prompt, question.span),),
        answer=question.answer[:1] if question.exam else question.answer,
        full_answer=question.answer,
    )


def _helpful(body: Iterable[Construct]) -> Iterator[Block]:
    """Yield what of a concept's body helps once its definition is known."""
    for construct in body:
        match construct:
            case Prose(block=block):
                yield block
            case Figure(picture=picture):
                yield picture
            case Pitfall(claim=claim, correction=correction, span=span):
                yield Remark((Paragraph((Text("Not so: "), Emphasis(claim)), span), *correction))
            case _:
                continue


def _item(
    lesson: Lesson,
    concept: Concept,
    facet: Key,
    kind: ItemKind,
    span: Span,
    *,
    prompt: Blocks,
    answer: Blocks = (),
    full_answer: Blocks = (),
    more: Blocks = (),
    reverse: Blocks = (),
    figure: Figure | None = None,
) -> Item:
    """Make an item; its number is given when all are known."""
    related = (*concept.needs, *concept.contrast, *concept.see)
    return Item(
        concept=concept.key,
        facet=facet,
        kind=kind,
        lesson=lesson.number,
        priority=concept.priority,
        prompt=prompt,
        answer=answer,
        full_answer=full_answer or answer,
        more=more,
        see=tuple(dict.fromkeys(related)),
        reverse=reverse,
        figure=figure,
        number=0,
        span=span,
    )


def _within(outer: Key, inner: Key) -> Key:
    """Return the identity of an element of a construct."""
    current, published_id = f"{outer.id}.{inner.id}", f"{outer.published_id}.{inner.published_id}"
    return Key(current, () if current == published_id else (published_id,))
