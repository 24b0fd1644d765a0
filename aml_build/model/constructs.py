"""What an author can say about a concept: the closed union ``Construct``."""

from typing import TypeAlias

import msgspec

from aml_build.diagnostics.source import Span
from aml_build.model.nodes import (
    Block,
    Blocks,
    Inlines,
    Math,
    MathBlock,
    Node,
    Paragraph,
    Picture,
)


class Key(msgspec.Struct, frozen=True, gc=False, order=True):
    """The identity of something that a student's history hangs on."""

    id: str
    """What the author calls it now."""
    was: tuple[str, ...] = ()
    """What it was called before, oldest first."""

    @property
    def published_id(self) -> str:
        """Return the name under which it was first published: what GUIDs are made of."""
        return self.was[0] if self.was else self.id


class Prose(Node, frozen=True, gc=False, tag="prose"):
    """A block that explains and is not asked on its own."""

    block: Block


class LegendEntry(Node, frozen=True, gc=False):
    """One symbol of a formula and what it means."""

    symbol: Math
    meaning: Inlines


class Formula(Node, frozen=True, gc=False, tag="formula"):
    """A formula that is asked for by its name."""

    key: Key
    name: Inlines
    """What the card asks for; the concept's term where the author gave no name."""
    math: MathBlock
    legend: tuple[LegendEntry, ...]
    span: Span


class Member(Node, frozen=True, gc=False):
    """One named element of a list."""

    key: Key
    term: Inlines
    body: Blocks
    """What is said of it; empty where the name is all."""
    span: Span


class Members(Node, frozen=True, gc=False, tag="members"):
    """A list of named elements, in no particular order."""

    key: Key
    ask: Inlines
    """The question that the whole list answers; empty where the author gave none."""
    items: tuple[Member, ...]
    span: Span


class Step(Node, frozen=True, gc=False):
    """One step of a procedure."""

    key: Key
    body: Blocks
    span: Span


class Steps(Node, frozen=True, gc=False, tag="steps"):
    """A procedure, in order."""

    key: Key
    ask: Inlines
    items: tuple[Step, ...]
    span: Span


class ComparisonRow(Node, frozen=True, gc=False):
    """One respect in which the subjects of a comparison differ."""

    key: Key
    aspect: Inlines
    cells: tuple[Inlines, ...]
    """One a subject."""
    span: Span


class Comparison(Node, frozen=True, gc=False, tag="comparison"):
    """Subjects side by side, one respect a row."""

    key: Key
    subjects: tuple[Inlines, ...]
    """The header cells but the first."""
    rows: tuple[ComparisonRow, ...]
    span: Span
    corner: Inlines = ()
    """The first header cell: what the respects have in common; mostly empty."""


class ClozeText(Node, frozen=True, gc=False, tag="cloze_text"):
    """A sentence with words to be recalled; holds at least one ``Cloze``."""

    key: Key
    text: Paragraph
    span: Span


class Pitfall(Node, frozen=True, gc=False, tag="pitfall"):
    """A common mistake and what holds instead."""

    key: Key
    claim: Inlines
    """The mistaken statement, in the words of somebody who believes it."""
    correction: Blocks
    span: Span


class Figure(Node, frozen=True, gc=False, tag="figure"):
    """A picture of the concept; its masks are asked for."""

    key: Key
    picture: Picture
    span: Span


class Question(Node, frozen=True, gc=False, tag="question"):
    """A question and its answer."""

    key: Key
    prompt: Inlines
    answer: Blocks
    """The first block is the short answer; an exam card shows it alone, the booklet all."""
    exam: bool
    span: Span


Construct: TypeAlias = (
    Prose | Formula | Members | Steps | Comparison | ClozeText | Pitfall | Figure | Question
)
