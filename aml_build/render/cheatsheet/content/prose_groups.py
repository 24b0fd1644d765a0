"""Groups of prose blocks that depend on each other: a sheet shows a whole group or nothing of it."""

from collections.abc import Sequence

from aml_build.model import Block, Construct, MathBlock, Paragraph, Picture, Prose
from aml_build.render.latex import plain_text

Passage = tuple[Block, ...]
Showable = Paragraph | MathBlock | Picture
"""Tables, lists and listings without questions take too much space for a sheet."""
_CONTINUES = frozenset(":,;\u2013\u2014-")


def grouped(body: Sequence[Construct]) -> tuple[Construct | Passage, ...]:
    """Return the constructs in order, their prose in passages.

    A display belongs to the paragraph before it, which introduces it, and to the one after it, which
    explains it. A paragraph that does not end a sentence belongs to the block after it.
    """
    found: list[Construct | Passage] = []
    for construct in body:
        before = found[-1] if found else None
        if not isinstance(construct, Prose):
            found.append(construct)
        elif isinstance(before, tuple) and _belong_together(before[-1], construct.block):
            found[-1] = (*before, construct.block)
        else:
            found.append((construct.block,))
    return tuple(found)


def showable(passage: Passage) -> tuple[Showable, ...]:
    """Return the blocks of a passage if a sheet can show all of them, else none."""
    found = tuple(block for block in passage if isinstance(block, Showable))
    return found if len(found) == len(passage) else ()


def _belong_together(block: Block, following: Block) -> bool:
    if isinstance(following, MathBlock):
        return isinstance(block, Paragraph | MathBlock)
    if isinstance(block, MathBlock):
        return isinstance(following, Paragraph)
    if isinstance(block, Paragraph):
        last = plain_text(block.children)[-1:]
        return last.isalnum() or last in _CONTINUES
    return False
