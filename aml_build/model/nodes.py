"""Text: the closed unions ``Inline`` and ``Block``."""

from enum import StrEnum
from typing import TypeAlias

import msgspec

from aml_build.diagnostics.source import Span


class Node(msgspec.Struct, frozen=True, gc=False, kw_only=False, tag_field="type"):
    """The base of all model types: frozen, slotted, tagged with their kind in JSON."""


class Text(Node, frozen=True, gc=False, tag="text"):
    """Plain characters; a soft line break of the source is one space."""

    text: str


class Emphasis(Node, frozen=True, gc=False, tag="emphasis"):
    """Stressed text."""

    children: tuple["Inline", ...]


class Strong(Node, frozen=True, gc=False, tag="strong"):
    """Strongly stressed text."""

    children: tuple["Inline", ...]


class Code(Node, frozen=True, gc=False, tag="code"):
    """Verbatim characters within a line."""

    text: str


class Math(Node, frozen=True, gc=False, tag="math"):
    """A formula within a line."""

    tex: str
    """LaTeX between the dollars, with course macros expanded."""
    span: Span
    """The place of the LaTeX, directly after the dollar."""
    source: str = ""
    """The LaTeX as written, if expansion changed it; else empty."""


class Ref(Node, frozen=True, gc=False, tag="ref"):
    """A cross-reference to another concept."""

    target: str
    """The concept's current id; former ids are already resolved."""
    children: tuple["Inline", ...]
    span: Span


class Link(Node, frozen=True, gc=False, tag="link"):
    """A link to an address outside the course: http, https or mailto."""

    url: str
    children: tuple["Inline", ...]


class Cloze(Node, frozen=True, gc=False, tag="cloze"):
    """Words to recall within a sentence."""

    ordinal: int
    """1-based and written in the source, because it identifies the student's card."""
    children: tuple["Inline", ...]
    span: Span


class LineBreak(Node, frozen=True, gc=False, tag="break"):
    """A forced line break."""


Inline: TypeAlias = Text | Emphasis | Strong | Code | Math | Ref | Link | Cloze | LineBreak
Inlines: TypeAlias = tuple[Inline, ...]


class Paragraph(Node, frozen=True, gc=False, tag="paragraph"):
    """A paragraph of text."""

    children: Inlines
    span: Span


class MathBlock(Node, frozen=True, gc=False, tag="math_block"):
    """A display formula."""

    tex: str
    """LaTeX between the double dollars, with course macros expanded."""
    span: Span
    """The place of the LaTeX."""
    source: str = ""
    """The LaTeX as written, if expansion changed it; else empty."""


class BulletList(Node, frozen=True, gc=False, tag="bullet_list"):
    """A list in no particular order."""

    items: tuple[tuple["Block", ...], ...]


class NumberedList(Node, frozen=True, gc=False, tag="numbered_list"):
    """A list whose order matters."""

    items: tuple[tuple["Block", ...], ...]
    start: int = 1


class Align(StrEnum):
    """The alignment of a table column."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class Table(Node, frozen=True, gc=False, tag="table"):
    """A table with one header row; every row has as many cells as the header."""

    align: tuple[Align, ...]
    head: tuple[Inlines, ...]
    rows: tuple[tuple[Inlines, ...], ...]
    span: Span


class CodeBlock(Node, frozen=True, gc=False, tag="code_block"):
    """Verbatim lines."""

    text: str
    """Without the last newline."""
    language: str
    span: Span


class Mask(Node, frozen=True, gc=False):
    """A label of a figure that a card asks for."""

    ordinal: int
    """1-based and written in the figure, because it identifies the student's card."""
    id: str
    span: Span


class Picture(Node, frozen=True, gc=False, tag="picture"):
    """An image in a paragraph of its own."""

    path: str
    """POSIX path relative to the content root: a TikZ ``.tex`` or a picture file."""
    alt: str
    """A description for readers who cannot see the picture; never empty."""
    caption: Inlines
    masks: tuple[Mask, ...]
    """The masks in the figure's source, by ordinal."""
    span: Span


class Remark(Node, frozen=True, gc=False, tag="remark"):
    """Additional information that is never asked."""

    children: tuple["Block", ...]


Block: TypeAlias = (
    Paragraph | MathBlock | BulletList | NumberedList | Table | CodeBlock | Picture | Remark
)
Blocks: TypeAlias = tuple[Block, ...]
