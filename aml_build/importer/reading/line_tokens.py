"""The tokens of the scanner."""

from dataclasses import dataclass, field

from aml_build.importer.outline import Block


@dataclass(slots=True)
class Token:
    """A piece of notes that begins on a line of its own."""

    kind: str
    """heading, lesson, numbered, bullet, text, block, question, answer, quote."""
    text: str
    lines: list[int]
    level: int = 0
    """Hashes of a heading; columns before a list item or text."""
    number: int = 0
    """Number of a lesson, an item or a question."""
    gap: int = 0
    """Blank lines before it."""
    block: Block | None = None
    label: str = ""
    """Label of a lesson; kind of a callout."""
    inner: "list[Token]" = field(default_factory=list)
    """Tokens of a quotation."""
