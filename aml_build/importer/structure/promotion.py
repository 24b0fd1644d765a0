"""Promotion of bold list items with formulas or lists of their own to concepts."""

from aml_build.importer.import_log import ImportLog
from aml_build.importer.outline import (
    Block,
    Concept,
    Display,
    Grid,
    Item,
    Listing,
    Notes,
    Para,
    Section,
)
from aml_build.importer.structure.term_split import bold_opening


def promote(notes: Notes, log: ImportLog) -> None:
    """Give every section at least one concept, and sub-concepts their own heading."""
    for section in notes.sections:
        section.concepts = [made for c in section.concepts for made in _with_parts(c, log)]
        _umbrella(section, notes)


def _umbrella(section: Section, notes: Notes) -> None:
    """Make a concept of a section's title if no concept has its texts or questions."""
    title = section.title or section.label or notes.title
    holder = next((c for c in section.concepts if c.umbrella), None)
    if holder is not None:
        holder.questions += section.questions
    elif section.questions:
        concept = Concept(title, section.lines, questions=section.questions, umbrella=True)
        section.concepts.append(concept)
    elif not section.concepts:
        section.concepts.append(Concept(title, section.lines, blocks=section.blocks))
        section.blocks = []


def _with_parts(concept: Concept, log: ImportLog) -> list[Concept]:
    found = [concept]
    kept: list[Block] = []
    for block in concept.blocks:
        if isinstance(block, Listing) and not block.ordered:
            parts = [item for item in block.items if _is_concept(item)]
            if parts:
                found += [_part(item, concept, log) for item in parts]
                block.items = [item for item in block.items if not _is_concept(item)]
                if not block.items:
                    continue
        kept.append(block)
    concept.blocks = kept
    return found


def _is_concept(item: Item) -> bool:
    return bold_opening(item.text) is not None and any(
        isinstance(block, Display | Grid)
        or (isinstance(block, Listing) and any(bold_opening(i.text) for i in block.items))
        for block in item.blocks
    )


def _part(item: Item, parent: Concept, log: ImportLog) -> Concept:
    found = bold_opening(item.text)
    assert found is not None
    blocks: list[Block] = [Para(found.rest, item.lines)] if found.rest.strip() else []
    log.drop_needless(found.dropped, item.lines)
    return Concept(found.term, item.lines, [*blocks, *item.blocks], parent=parent)
