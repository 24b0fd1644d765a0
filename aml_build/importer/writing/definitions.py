"""The definition of a concept: its first sentence, or a replacement."""

from aml_build.importer.outline import Block, Concept, Display, Item, Listing, Para
from aml_build.importer.structure.term_split import bold_opening, first_sentence
from aml_build.importer.writing.note_blocks import BlockWriter

_COMPRISES = {"it": "Comprende", "de": "Umfasst", "fr": "Comprend", "es": "Comprende"}


def definition_of(concept: Concept, writer: BlockWriter, language: str) -> tuple[str, list[Block]]:
    """Return the definition as text, and the blocks that follow it."""
    blocks = list(concept.blocks)
    if concept.umbrella:
        return "Questions and their answers.", blocks
    for index, block in enumerate(blocks[:4]):
        text, kept = "", list[Block]()
        if isinstance(block, Para):
            text, kept = _first_sentence(block, writer)
        elif isinstance(block, Listing):
            text, kept = _of_list(block, writer, language)
            if text:
                what = f"`{concept.term}` has no text of its own: {text}"
                writer.log.guess(concept.lines, what, 0.5)
        else:
            continue
        if text:
            return text, [*blocks[:index], *kept, *blocks[index + 1 :]]
        break
    if any(isinstance(block, Display) for block in blocks):
        text = "Given by the formula below."
    elif blocks:
        text = "Shown below."
    else:
        text = "No text in the notes yet."
    writer.log.review(
        concept.lines, f"`{concept.term}` has no text to define it.", f"It says `{text}` now; write one or two sentences."
    )  # fmt: skip
    return text, blocks


def _first_sentence(text: Para | Item, writer: BlockWriter) -> tuple[str, list[Block]]:
    head, rest = first_sentence(text.text)
    return writer.sentence(head, text.lines), [Para(rest, text.lines)] if rest else []


def _of_list(listing: Listing, writer: BlockWriter, language: str) -> tuple[str, list[Block]]:
    """Make a definition of a list: of its terms, or of its first item; it may be empty."""
    first, *others = listing.items
    openings = [bold_opening(item.text) for item in listing.items]
    terms = [writer.bare(o.term) for o in openings if o is not None]
    if openings[0] is not None and all(terms):
        comprises = _COMPRISES.get(language, "Comprises")
        return f"{comprises} {'; '.join(terms)}.", [listing]
    if listing.ordered:
        return "", []
    text, kept = _first_sentence(first, writer)
    more = [Listing(False, others)] if others else []
    return text, [*kept, *first.blocks, *more]
