"""What the scanner cuts lines into."""

from dataclasses import dataclass, field

from aml_build.importer.outline import Block


@dataclass(slots=True)
class Token:
    """One thing that the notes hold."""

    kind: str
    """heading, lesson, numbered, bullet, text, block, question, answer, quote."""
    text: str
    lines: list[int]
    level: int = 0
    """Hashes of a heading; columns before a list item or text."""
    number: int = 0
    """What a lesson, item or question is numbered."""
    gap: int = 0
    """Blank lines before it."""
    block: Block | None = None
    label: str = ""
    """What a lesson calls itself; what a callout announces."""
    inner: "list[Token]" = field(default_factory=list)
    """What a quotation holds."""
