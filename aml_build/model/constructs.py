"""The parts of a concept: the closed union ``Construct``."""

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
    """The identity of a concept or of one of its items; the review history depends on it."""

    id: str
    """The current id."""
    was: tuple[str, ...] = ()
    """Former ids, oldest first."""

    @property
    def published_id(self) -> str:
        """Return the first id, from which GUIDs are made."""
        return self.was[0] if self.was else self.id


class Prose(Node, frozen=True, gc=False, tag="prose"):
    """A block that explains and is never asked."""

    block: Block


class LegendEntry(Node, frozen=True, gc=False):
    """One symbol of a formula and its meaning."""

    symbol: Math
    meaning: Inlines


class Formula(Node, frozen=True, gc=False, tag="formula"):
    """A formula that a card asks for by name."""

    key: Key
    name: Inlines
    """What the card asks for; by default the concept's term."""
    math: MathBlock
    legend: tuple[LegendEntry, ...]
    span: Span


class Member(Node, frozen=True, gc=False):
    """One element of a list, with its term."""

    key: Key
    term: Inlines
    body: Blocks
    """The description; empty if there is only a term."""
    span: Span


class Members(Node, frozen=True, gc=False, tag="members"):
    """A list of members, in no particular order."""

    key: Key
    ask: Inlines
    """The question that the whole list answers; empty for the default question."""
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
    """One criterion by which the subjects of a comparison differ."""

    key: Key
    aspect: Inlines
    cells: tuple[Inlines, ...]
    """One per subject."""
    span: Span


class Comparison(Node, frozen=True, gc=False, tag="comparison"):
    """A table of subjects, with one criterion per row."""

    key: Key
    subjects: tuple[Inlines, ...]
    """The header cells except the first."""
    rows: tuple[ComparisonRow, ...]
    span: Span
    corner: Inlines = ()
    """The first header cell, above the criteria; usually empty."""


class ClozeText(Node, frozen=True, gc=False, tag="cloze_text"):
    """A sentence with words to recall; it contains at least one ``Cloze``."""

    key: Key
    text: Paragraph
    span: Span


class Pitfall(Node, frozen=True, gc=False, tag="pitfall"):
    """A common mistake and its correction."""

    key: Key
    claim: Inlines
    """The false statement, in the words of somebody who believes it."""
    correction: Blocks
    span: Span


class Figure(Node, frozen=True, gc=False, tag="figure"):
    """A picture with masks; cards ask for the masked labels."""

    key: Key
    picture: Picture
    span: Span


class Question(Node, frozen=True, gc=False, tag="question"):
    """A question and its answer."""

    key: Key
    prompt: Inlines
    answer: Blocks
    """The first block is the short answer: an exam card shows only it, the booklet shows all."""
    exam: bool
    span: Span


Construct: TypeAlias = (
    Prose | Formula | Members | Steps | Comparison | ClozeText | Pitfall | Figure | Question
)
