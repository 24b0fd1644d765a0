"""The line above a card's prompt: where the card belongs, without giving its answer away."""

from collections.abc import Iterator

from aml_build.items.item import Item
from aml_build.items.kinds import ItemKind
from aml_build.model import Blocks, Cloze, Emphasis, Inlines, Link, Paragraph, Ref, Strong
from aml_build.model.plain_text import plain, plain_blocks


def gives_away(name: str, item: Item) -> bool:
    """Return whether the concept's name above the prompt would help with the answer.

    ``name`` is the term as plain text, casefolded.
    """
    if item.kind is ItemKind.CLOZE:
        gaps = [gap.casefold() for _, gap in gaps_of(item.prompt)]
        return any(gap in name or name in gap for gap in gaps)
    if item.kind is ItemKind.FIGURE:
        return False
    answer = plain_blocks(item.answer).casefold()
    return name in answer or (bool(answer) and answer.rstrip(". ") in name)


def gaps_of(nodes: Blocks) -> Iterator[tuple[int, str]]:
    """Yield the number and the plain text of every gap in the paragraphs of a cloze."""
    for block in nodes:
        if isinstance(block, Paragraph):
            yield from _gaps(block.children)


def _gaps(nodes: Inlines) -> Iterator[tuple[int, str]]:
    for node in nodes:
        match node:
            case Cloze(ordinal=ordinal, children=children):
                yield ordinal, plain(children)
                yield from _gaps(children)
            case Strong(children=c) | Emphasis(children=c) | Link(children=c) | Ref(children=c):
                yield from _gaps(c)
            case _:
                continue
