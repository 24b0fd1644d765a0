"""The structure of notes: sections, concepts and blocks, each with its lines in the notes."""

import re
from dataclasses import dataclass, field
from typing import TypeAlias

Lines: TypeAlias = tuple[int, ...]
"""Numbers of input lines, counted through all files from 1."""


@dataclass(slots=True)
class Para:
    """Running text, as it was written."""

    text: str
    lines: Lines


@dataclass(slots=True)
class Display:
    """A formula on lines of its own, without its delimiters."""

    tex: str
    lines: Lines


@dataclass(slots=True)
class Fence:
    """Code."""

    code: str
    language: str
    lines: Lines


@dataclass(slots=True)
class Grid:
    """A table; the first row is its header."""

    rows: list[list[str]]
    lines: Lines


@dataclass(slots=True)
class Image:
    """A picture that the notes point to."""

    path: str
    alt: str
    lines: Lines


@dataclass(slots=True)
class Caption:
    """The caption of a missing picture."""

    text: str
    lines: Lines


@dataclass(slots=True)
class Item:
    """One element of a list."""

    text: str
    lines: Lines
    blocks: "list[Block]" = field(default_factory=list)


@dataclass(slots=True)
class Listing:
    """A list."""

    ordered: bool
    items: list[Item]


@dataclass(slots=True)
class Quote:
    """A quotation or a callout."""

    blocks: "list[Block]"


Block: TypeAlias = Para | Display | Fence | Grid | Image | Caption | Listing | Quote


@dataclass(slots=True)
class Question:
    """A question and its answer."""

    text: str
    lines: Lines
    blocks: list[Block] = field(default_factory=list)
    exam: bool = False


@dataclass(slots=True)
class Concept:
    """A term and its text."""

    term: str
    lines: Lines
    """Of the term; the blocks have their own."""
    blocks: list[Block] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    parent: "Concept | None" = None
    """The concept that this one is a part of."""
    confidence: float = 1.0
    """Confidence in the term, from 0 to 1."""
    umbrella: bool = False
    """Whether it was made for questions that belong to no concept."""


@dataclass(slots=True)
class Section:
    """A lesson, or a part of the notes with a title of its own."""

    title: str
    lines: Lines
    number: int | None = None
    label: str = ""
    """What the notes call it, like "Lezione 3"; empty where they give it no number."""
    blocks: list[Block] = field(default_factory=list)
    """The blocks before the first concept."""
    concepts: list[Concept] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    """Those that belong to no concept."""


@dataclass(slots=True)
class Notes:
    """All notes of an import."""

    title: str
    lines: Lines
    sections: list[Section]
    language: str = ""


def code_fence(code: str, least: int) -> str:
    """Return backticks that the code does not contain: at least so many."""
    longest = max((len(run) for run in re.findall(r"`+", code)), default=0)
    return "`" * max(least, longest + 1)


def code_block(code: str, language: str) -> str:
    """Return code as a Markdown block."""
    fence = code_fence(code, 3)
    return f"{fence}{language}\n{code}\n{fence}"
