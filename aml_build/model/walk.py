"""Flat iterators over everything that lessons say, in the order of their source."""

from collections.abc import Iterable, Iterator
from typing import assert_never

from aml_build.model import (
    Block,
    Blocks,
    BulletList,
    Cloze,
    ClozeText,
    Code,
    CodeBlock,
    Comparison,
    Construct,
    Emphasis,
    Figure,
    Formula,
    Inline,
    Inlines,
    Lesson,
    LineBreak,
    Link,
    Math,
    MathBlock,
    Members,
    NumberedList,
    Paragraph,
    Picture,
    Pitfall,
    Prose,
    Question,
    Ref,
    Remark,
    Steps,
    Strong,
    Table,
    Text,
)

Piece = Block | Inlines
"""Text in its smallest independent unit: a block, or a run of inline nodes that no block holds."""


def pieces(lessons: Iterable[Lesson]) -> Iterator[Piece]:
    """Yield what lessons are made of, without going into blocks."""
    for lesson in lessons:
        yield from lesson.intro
        for concept in lesson.concepts:
            yield concept.term
            yield concept.definition
            for construct in concept.body:
                yield from construct_pieces(construct)


def construct_pieces(construct: Construct) -> Iterator[Piece]:
    """Yield what a construct is made of, without going into blocks."""
    match construct:
        case Prose():
            yield construct.block
        case Formula():
            yield construct.name
            yield construct.math
            for entry in construct.legend:
                yield (entry.symbol,)
                yield entry.meaning
        case Members():
            yield construct.ask
            for member in construct.items:
                yield member.term
                yield from member.body
        case Steps():
            yield construct.ask
            for step in construct.items:
                yield from step.body
        case Comparison():
            yield construct.corner
            yield from construct.subjects
            for row in construct.rows:
                yield row.aspect
                yield from row.cells
        case ClozeText():
            yield construct.text
        case Pitfall():
            yield construct.claim
            yield from construct.correction
        case Figure():
            yield construct.picture
        case Question():
            yield construct.prompt
            yield from construct.answer
        case _:
            assert_never(construct)


def blocks(lessons: Iterable[Lesson]) -> Iterator[Block]:
    """Yield every block, those within blocks after the one that holds them."""
    for piece in pieces(lessons):
        if not isinstance(piece, tuple):
            yield from blocks_of((piece,))


def blocks_of(nodes: Blocks) -> Iterator[Block]:
    """Yield the blocks and those within them."""
    for node in nodes:
        yield node
        match node:
            case BulletList() | NumberedList():
                for item in node.items:
                    yield from blocks_of(item)
            case Remark():
                yield from blocks_of(node.children)
            case Paragraph() | MathBlock() | Table() | CodeBlock() | Picture():
                pass
            case _:
                assert_never(node)


def inlines(lessons: Iterable[Lesson]) -> Iterator[Inline]:
    """Yield every inline node, those within nodes after the one that holds them."""
    for piece in pieces(lessons):
        if isinstance(piece, tuple):
            yield from inlines_of(piece)
        else:
            for block in blocks_of((piece,)):
                yield from _own_inlines(block)


def inlines_of(nodes: Inlines) -> Iterator[Inline]:
    """Yield the inline nodes and those within them."""
    for node in nodes:
        yield node
        match node:
            case Emphasis() | Strong() | Ref() | Link() | Cloze():
                yield from inlines_of(node.children)
            case Text() | Code() | Math() | LineBreak():
                pass
            case _:
                assert_never(node)


def _own_inlines(block: Block) -> Iterator[Inline]:
    """Yield the inline nodes that stand in the block itself, not in blocks within it."""
    match block:
        case Paragraph():
            yield from inlines_of(block.children)
        case Table():
            for cell in (*block.head, *(cell for row in block.rows for cell in row)):
                yield from inlines_of(cell)
        case Picture():
            yield from inlines_of(block.caption)
        case MathBlock() | BulletList() | NumberedList() | CodeBlock() | Remark():
            pass
        case _:
            assert_never(block)


def formulas(lessons: Iterable[Lesson]) -> Iterator[Math | MathBlock]:
    """Yield every formula, inline and display, in the order of the source."""
    for piece in pieces(lessons):
        if isinstance(piece, tuple):
            yield from (node for node in inlines_of(piece) if isinstance(node, Math))
            continue
        for block in blocks_of((piece,)):
            if isinstance(block, MathBlock):
                yield block
            yield from (node for node in _own_inlines(block) if isinstance(node, Math))
