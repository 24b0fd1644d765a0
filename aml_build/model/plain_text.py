"""The words of text nodes, for counting, comparing and sorting; not for display."""

from collections.abc import Callable, Iterable, Iterator

from aml_build import model
from aml_build.model.walk import children


def plain(inlines: Iterable[model.Node], *, formula: Callable[[str], str] = str) -> str:
    """Return the inlines as one line of plain text; ``formula`` gives the text for LaTeX math."""
    parts = []
    for node in inlines:
        match node:
            case model.Text(text=text) | model.Code(text=text):
                parts.append(text)
            case model.Math(tex=tex):
                parts.append(formula(tex))
            case model.LineBreak():
                parts.append(" ")
            case _:
                parts.append(plain(children(node), formula=formula))
    return "".join(parts)


def plain_blocks(blocks: model.Blocks) -> str:
    """Return the text of the blocks, one run of text a line, without pictures."""
    return "\n".join(map(plain, text_runs(blocks)))


def word_count(blocks: model.Blocks) -> int:
    """Return the number of words that a reader takes in; a formula counts as one."""
    return sum(len(plain(run, formula=lambda _: "x").split()) for run in text_runs(blocks))


def text_runs(blocks: Iterable[model.Node]) -> Iterator[model.Inlines]:
    """Yield the inlines of each paragraph and cell; a display formula as an inline one."""
    for block in blocks:
        match block:
            case model.Paragraph():
                yield block.children
            case model.MathBlock():
                yield (model.Math(block.tex, block.span),)
            case model.CodeBlock():
                yield (model.Code(block.text),)
            case model.Table():
                yield from block.head
                for row in block.rows:
                    yield from row
            case model.Picture():
                continue
            case _:
                yield from text_runs(children(block))
