"""Study items: what a course asks, derived once from the model.

The deck and the booklet are both made of these items, so that a printed question can name its card
and a card its question. An item's identity is made of ids that authors wrote, never of text or place.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

import msgspec

from aml_build.diagnostics.source import Span
from aml_build.model import Blocks, Figure, Key


class ItemKind(StrEnum):
    """What is asked for."""

    DEFINITION = "definition"
    FORMULA = "formula"
    QUESTION = "question"
    EXAM = "exam"
    LISTING = "listing"
    """All elements of a list, or all steps."""
    MEMBER = "member"
    STEP = "step"
    COMPARISON = "comparison"
    CLOZE = "cloze"
    PITFALL = "pitfall"
    FIGURE = "figure"


class Item(msgspec.Struct, frozen=True, gc=False):
    """One thing to be recalled: one note of the deck, one question of the booklet."""

    concept: Key
    facet: Key
    """Unique within its concept."""
    kind: ItemKind
    lesson: int
    """The lesson's number."""
    priority: int
    prompt: Blocks
    """What is asked. For a cloze, the sentence with its ``Cloze`` nodes; for a figure, its caption."""
    answer: Blocks
    """What earns the mark; empty for clozes and figures, whose prompt holds it."""
    full_answer: Blocks
    """The answer at length, for the booklet; equal to ``answer`` but for exam questions."""
    more: Blocks
    """What helps once the answer is known: legend, neighbours, picture, pitfall."""
    see: tuple[str, ...]
    """Ids of related concepts."""
    reverse: Blocks
    """Asked on the reverse card, whose answer is the term; empty where there is none."""
    figure: Figure | None
    """The figure whose masks are asked for, for a figure item."""
    number: int
    """The booklet's question number, 1-based through the whole course."""
    span: Span

    @property
    def id(self) -> str:
        """Return the readable identity: ``concept/facet``."""
        return f"{self.concept.id}/{self.facet.id}"

    @property
    def published_id(self) -> str:
        """Return the identity that GUIDs are made of: the names first published."""
        return f"{self.concept.published_id}/{self.facet.published_id}"


#: The facet of the first paragraph of a concept; no construct may take it.
DEFINITION_FACET = "definition"

#: How a booklet orders the questions of a lesson.
_BOOKLET_ORDER = (
    ItemKind.EXAM,
    ItemKind.DEFINITION,
    ItemKind.QUESTION,
    ItemKind.FORMULA,
    ItemKind.COMPARISON,
    ItemKind.LISTING,
    ItemKind.MEMBER,
    ItemKind.STEP,
    ItemKind.CLOZE,
    ItemKind.PITFALL,
    ItemKind.FIGURE,
)
_BOOKLET_RANK = {kind: rank for rank, kind in enumerate(_BOOKLET_ORDER)}


class Slot(NamedTuple):
    """What an item's number in the booklet hangs on."""

    lesson: int
    kind: ItemKind
    published_id: str


def booklet_order(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Return the items by lesson and kind, exam questions first, else in study order."""
    return tuple(sorted(items, key=lambda item: (item.lesson, _BOOKLET_RANK[item.kind])))


def booklet_numbers(slots: Iterable[Slot], published: Mapping[str, int]) -> dict[str, int]:
    """Return each item's booklet number by published_id: the published one, or the next that is free.

    ``slots`` come in study order; what was published and is gone keeps its number.
    """
    numbers = dict(published)
    following = max(numbers.values(), default=0) + 1
    for slot in sorted(slots, key=lambda slot: (slot.lesson, _BOOKLET_RANK[slot.kind])):
        if numbers.setdefault(slot.published_id, following) == following:
            following += 1
    return numbers
