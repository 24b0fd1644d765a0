"""Which pictures a course shows."""

from collections.abc import Iterator
from typing import assert_never

from aml_build.model import (
    Block,
    Blocks,
    BulletList,
    ClozeText,
    CodeBlock,
    Comparison,
    Concept,
    Construct,
    Course,
    Figure,
    Formula,
    MathBlock,
    Members,
    NumberedList,
    Paragraph,
    Picture,
    Pitfall,
    Prose,
    Question,
    Remark,
    Steps,
    Table,
)


def pictures(course: Course) -> Iterator[Picture]:
    """Yield every picture of the course, in reading order; one that is shown twice comes twice."""
    for lesson in course.lessons:
        yield from _in_blocks(lesson.intro)
        for concept in lesson.concepts:
            yield from _in_concept(concept)


def _in_concept(concept: Concept) -> Iterator[Picture]:
    for construct in concept.body:
        yield from _in_construct(construct)


def _in_construct(construct: Construct) -> Iterator[Picture]:
    match construct:
        case Figure(picture=picture):
            yield picture
        case Prose(block=block):
            yield from _in_block(block)
        case Members(items=items):
            for member in items:
                yield from _in_blocks(member.body)
        case Steps(items=items):
            for step in items:
                yield from _in_blocks(step.body)
        case Pitfall(correction=blocks) | Question(answer=blocks):
            yield from _in_blocks(blocks)
        case Formula() | Comparison() | ClozeText():
            return
        case _:
            assert_never(construct)


def _in_blocks(blocks: Blocks) -> Iterator[Picture]:
    for block in blocks:
        yield from _in_block(block)


def _in_block(block: Block) -> Iterator[Picture]:
    match block:
        case Picture():
            yield block
        case BulletList(items=items) | NumberedList(items=items):
            for item in items:
                yield from _in_blocks(item)
        case Remark(children=children):
            yield from _in_blocks(children)
        case Paragraph() | MathBlock() | Table() | CodeBlock():
            return
        case _:
            assert_never(block)
