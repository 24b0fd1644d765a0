"""What stands above a prompt: where we are, without giving the answer away."""

from collections.abc import Iterator, Mapping
from typing import assert_never

from aml_build.items import Item, ItemKind
from aml_build.model import (
    Block,
    Blocks,
    BulletList,
    Cloze,
    Code,
    CodeBlock,
    Emphasis,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Math,
    MathBlock,
    NumberedList,
    Paragraph,
    Picture,
    Ref,
    Remark,
    Strong,
    Table,
    Text,
)

LABELS: Mapping[ItemKind, str] = {
    ItemKind.DEFINITION: "Definition",
    ItemKind.FORMULA: "Formula",
    ItemKind.QUESTION: "Question",
    ItemKind.EXAM: "Exam question",
    ItemKind.LISTING: "List",
    ItemKind.MEMBER: "Member",
    ItemKind.STEP: "Step",
    ItemKind.COMPARISON: "Comparison",
    ItemKind.CLOZE: "Fill the gap",
    ItemKind.PITFALL: "Pitfall",
    ItemKind.FIGURE: "Figure",
}


def gives_away(name: str, item: Item) -> bool:
    """Return whether the concept's name above the prompt would help to the answer.

    ``name`` is the term as plain text, casefolded.
    """
    if item.kind is ItemKind.CLOZE:
        gaps = [gap.casefold() for _, gap in gaps_of(item.prompt)]
        return any(gap in name or name in gap for gap in gaps)
    if item.kind is ItemKind.FIGURE or name in words(item.prompt).casefold():
        return False
    answer = words(item.answer).casefold()
    return name in answer or (bool(answer) and answer.rstrip(". ") in name)


def gaps_of(nodes: Blocks) -> Iterator[tuple[int, str]]:
    """Yield number and plain text of every gap of a cloze's paragraphs."""
    for block in nodes:
        if isinstance(block, Paragraph):
            yield from _gaps(block.children)


def _gaps(nodes: Inlines) -> Iterator[tuple[int, str]]:
    for node in nodes:
        match node:
            case Cloze(ordinal=ordinal, children=children):
                yield ordinal, inline_words(children)
                yield from _gaps(children)
            case Strong(children=c) | Emphasis(children=c) | Link(children=c) | Ref(children=c):
                yield from _gaps(c)
            case _:
                continue


def words(nodes: Blocks) -> str:
    """Return blocks as plain text, math as LaTeX."""
    return " ".join([_block_words(node) for node in nodes])


def inline_words(nodes: Inlines) -> str:
    """Return a run of text as plain text, math as LaTeX."""
    return "".join([_inline_words(node) for node in nodes])


def _inline_words(node: Inline) -> str:
    match node:
        case Text(text=text) | Code(text=text):
            return text
        case Math(tex=tex):
            return tex
        case LineBreak():
            return " "
        case Strong() | Emphasis() | Link() | Ref() | Cloze():
            return inline_words(node.children)
        case _:
            assert_never(node)


def _block_words(node: Block) -> str:
    match node:
        case Paragraph(children=children):
            return inline_words(children)
        case MathBlock(tex=tex):
            return tex
        case CodeBlock(text=text):
            return text
        case BulletList(items=items) | NumberedList(items=items):
            return " ".join([words(item) for item in items])
        case Table(head=head, rows=rows):
            return " ".join([inline_words(cell) for row in (head, *rows) for cell in row])
        case Picture(alt=alt):
            return alt
        case Remark(children=children):
            return words(children)
        case _:
            assert_never(node)
