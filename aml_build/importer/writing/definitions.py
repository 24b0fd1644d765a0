"""The definition of a concept: its first sentence, or the best that stands in for one."""

from aml_build.importer.outline import Block, Concept, Display, Listing, Para
from aml_build.importer.structure.term_split import bold_opening, first_sentence
from aml_build.importer.writing.note_blocks import BlockWriter

_COMPRISES = {"it": "Comprende", "de": "Umfasst", "fr": "Comprend", "es": "Comprende"}


def definition_of(concept: Concept, writer: BlockWriter, language: str) -> tuple[str, list[Block]]:
    """Return the definition as text, and the blocks that follow it."""
    blocks = list(concept.blocks)
    if concept.umbrella:
        return "Questions and their answers.", blocks
    index = next((n for n, b in enumerate(blocks[:4]) if isinstance(b, Para | Listing)), -1)
    if index >= 0 and isinstance(para := blocks[index], Para):
        head, rest = first_sentence(para.text)
        text = writer.sentence(head, para.lines)
        if text:
            following: list[Block] = [Para(rest, para.lines)] if rest else []
            return text, [*blocks[:index], *following, *blocks[index + 1 :]]
    if index >= 0 and isinstance(listing := blocks[index], Listing):
        found = _of_list(listing, writer, language)
        if found is not None:
            text, kept = found
            writer.log.guess(concept.lines, f"`{concept.term}` has no text of its own: {text}", 0.5)
            return text, [*blocks[:index], *kept, *blocks[index + 1 :]]
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


def _of_list(
    listing: Listing, writer: BlockWriter, language: str
) -> tuple[str, list[Block]] | None:
    """Make a definition of a list: of its terms, or of its first item."""
    openings = [bold_opening(item.text) for item in listing.items]
    terms = [writer.bare(o.term) for o in openings if o is not None]
    if openings[0] is not None and all(terms):
        comprises = _COMPRISES.get(language, "Comprises")
        return f"{comprises} {'; '.join(terms)}.", [listing]
    if listing.ordered:
        return None
    item = listing.items[0]
    head, rest = first_sentence(item.text)
    text = writer.sentence(head, item.lines)
    if not text:
        return None
    kept: list[Block] = [Para(rest, item.lines)] if rest else []
    kept += item.blocks
    if listing.items[1:]:
        kept.append(Listing(False, listing.items[1:]))
    return text, kept
