"""The words of text nodes, for counting, comparing and sorting; not for showing."""

from collections.abc import Iterable, Iterator
from typing import assert_never

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


def plain(inlines: Inlines) -> str:
    """Return the inlines as one line of plain text; math is its LaTeX."""
    return "".join(map(_inline, inlines))


def plain_blocks(blocks: Blocks) -> str:
    """Return the blocks' text, one block a line; pictures count for nothing."""
    return "\n".join(text for block in blocks for text in _block(block))


def word_count(blocks: Blocks) -> int:
    """Return how many words a reader takes in; a formula counts as one."""
    return sum(1 for text in map(_without_math, _inline_runs(blocks)) for word in text.split())


def _inline(inline: Inline) -> str:
    match inline:
        case Text(text=text) | Code(text=text):
            return text
        case Math(tex=tex):
            return tex
        case Emphasis(children=inside) | Strong(children=inside) | Cloze(children=inside):
            return plain(inside)
        case Ref(children=inside) | Link(children=inside):
            return plain(inside)
        case LineBreak():
            return " "
        case _:
            assert_never(inline)


def _block(block: Block) -> Iterator[str]:
    match block:
        case MathBlock(tex=tex):
            yield tex
        case CodeBlock(text=text):
            yield text
        case _:
            yield from map(plain, _inline_runs((block,)))


def _inline_runs(blocks: Iterable[Block]) -> Iterator[Inlines]:
    """Yield every run of text; a display formula as the formula alone."""
    for block in blocks:
        match block:
            case Paragraph(children=inside):
                yield inside
            case MathBlock(tex=tex, span=span):
                yield (Math(tex, span),)
            case BulletList(items=entries) | NumberedList(items=entries):
                for entry in entries:
                    yield from _inline_runs(entry)
            case Table(head=head, rows=rows):
                yield from head
                for row in rows:
                    yield from row
            case CodeBlock(text=text):
                yield (Code(text),)
            case Remark(children=children):
                yield from _inline_runs(children)
            case Picture():
                continue
            case _:
                assert_never(block)


def _without_math(inlines: Inlines) -> str:
    """Return the text with a stand-in of one word for each formula."""
    parts = []
    for inline in inlines:
        match inline:
            case Math():
                parts.append("x")
            case Emphasis(children=inside) | Strong(children=inside) | Cloze(children=inside):
                parts.append(_without_math(inside))
            case Ref(children=inside) | Link(children=inside):
                parts.append(_without_math(inside))
            case _:
                parts.append(_inline(inline))
    return "".join(parts)
