"""Study items: what a course asks, derived once from the model.

The deck and the booklet are made from the same items, so a printed question can name its card and a
card its question. Authors' ids identify an item; its text and place may change.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec

from aml_build.diagnostics.source import Span
from aml_build.items.kinds import ItemKind
from aml_build.model import Blocks, Figure, Key


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
    """What earns the mark; empty for clozes and figures, whose prompt contains it."""
    full_answer: Blocks
    """The answer at length, for the booklet; equal to ``answer`` but for exam questions."""
    more: Blocks
    """What helps once the answer is known: legend, picture, pitfall."""
    see: tuple[str, ...]
    """Ids of related concepts."""
    reverse: Blocks
    """The prompt of the reverse card, whose answer is the term; empty for an item without one."""
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
        """Return the identity that GUIDs are made from: the first published ids."""
        return f"{self.concept.published_id}/{self.facet.published_id}"


DEFINITION_FACET = "definition"
"""The local id of a concept's definition; no construct may have it."""


class Slot(NamedTuple):
    """What decides the number of an item in the booklet."""

    lesson: int
    kind: ItemKind
    published_id: str


def booklet_order(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Return the items by lesson and kind, exam questions first, else in study order."""
    return tuple(sorted(items, key=lambda item: (item.lesson, item.kind.rank)))


def booklet_numbers(slots: Iterable[Slot], published: Mapping[str, int]) -> dict[str, int]:
    """Return each item's booklet number by published_id: the published one, or the next that is free.

    ``slots`` are in study order. A published item that no longer exists keeps its number.
    """
    numbers = dict(published)
    following = max(numbers.values(), default=0) + 1
    for slot in sorted(slots, key=lambda slot: (slot.lesson, slot.kind.rank)):
        if numbers.setdefault(slot.published_id, following) == following:
            following += 1
    return numbers
