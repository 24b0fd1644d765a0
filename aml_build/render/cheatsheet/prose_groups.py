"""Which blocks of prose make no sense apart: a sheet shows all of them or none."""

from collections.abc import Iterator, Sequence

from aml_build.model import Block, Construct, MathBlock, Paragraph, Picture, Prose
from aml_build.render.latex import plain_text

Passage = tuple[Block, ...]
Showable = Paragraph | MathBlock | Picture
"""Tables, lists and listings to look at take more room than they are worth on a sheet."""
_GOES_ON = frozenset(":,;\u2013\u2014-")


def gathered(body: Sequence[Construct]) -> Iterator[Construct | Passage]:
    """Return the constructs in order, their prose in passages.

    A display belongs to the paragraph before it, which leads to it, and to the one behind it, which
    says what stands in it; a paragraph without an end to whatever follows.
    """
    passage: Passage = ()
    for construct in body:
        block = construct.block if isinstance(construct, Prose) else None
        if passage and (block is None or not _belong(passage[-1], block)):
            yield passage
            passage = ()
        if block is None:
            yield construct
        else:
            passage += (block,)
    if passage:
        yield passage


def showable(passage: Passage) -> tuple[Showable, ...]:
    """Return the blocks of a passage if a sheet can show all of them, else nothing."""
    found = tuple(block for block in passage if isinstance(block, Showable))
    return found if len(found) == len(passage) else ()


def _belong(block: Block, following: Block) -> bool:
    if isinstance(following, MathBlock):
        return isinstance(block, Paragraph | MathBlock)
    if isinstance(block, MathBlock):
        return isinstance(following, Paragraph)
    if isinstance(block, Paragraph):
        last = plain_text(block.children)[-1:]
        return last.isalnum() or last in _GOES_ON
    return False
