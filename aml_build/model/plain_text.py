"""The words of text nodes, for counting, comparing and sorting; not for display."""

from collections.abc import Callable, Iterable, Iterator

from aml_build.model import (
    Blocks,
    Code,
    CodeBlock,
    Inlines,
    LineBreak,
    Math,
    MathBlock,
    Node,
    Paragraph,
    Picture,
    Table,
    Text,
)
from aml_build.model.walk import children


def plain(inlines: Iterable[Node], *, formula: Callable[[str], str] = str) -> str:
    """Return the inlines as one line of plain text; ``formula`` gives the text for LaTeX math."""
    parts = []
    for node in inlines:
        match node:
            case Text(text=text) | Code(text=text):
                parts.append(text)
            case Math(tex=tex):
                parts.append(formula(tex))
            case LineBreak():
                parts.append(" ")
            case _:
                parts.append(plain(children(node), formula=formula))
    return "".join(parts)


def plain_blocks(blocks: Blocks) -> str:
    """Return the text of the blocks, one run of text a line, without pictures."""
    return "\n".join(map(plain, text_runs(blocks)))


def word_count(blocks: Blocks) -> int:
    """Return the number of words that a reader takes in; a formula counts as one."""
    return sum(len(plain(run, formula=lambda _: "x").split()) for run in text_runs(blocks))


def text_runs(blocks: Iterable[Node]) -> Iterator[Inlines]:
    """Yield the inlines of each paragraph and cell; a display formula as an inline one."""
    for block in blocks:
        match block:
            case Paragraph():
                yield block.children
            case MathBlock():
                yield (Math(block.tex, block.span),)
            case CodeBlock():
                yield (Code(block.text),)
            case Table():
                yield from block.head
                for row in block.rows:
                    yield from row
            case Picture():
                continue
            case _:
                yield from text_runs(children(block))
