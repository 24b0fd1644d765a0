"""The table of dialects, with a reader for each."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from aml_build.importer.dialects import anki_text, flat_notes, markdown_decks, obsidian_notes
from aml_build.importer.import_log import ImportLog
from aml_build.importer.outline import Notes
from aml_build.importer.reading.note_files import NoteFile


class Dialect(NamedTuple):
    """A format of notes."""

    name: str
    description: str
    """Its name in the report."""
    likeness: Callable[[Sequence[str]], float]
    """From lines to the probability of this dialect, from 0 to 1."""
    read: Callable[[NoteFile, ImportLog], Notes]


DIALECTS = (
    Dialect("anki", "plain text that Anki exports", anki_text.likeness, anki_text.read),
    Dialect(
        "mdanki", "a Markdown deck of mdanki", markdown_decks.mdanki_likeness, markdown_decks.read
    ),
    Dialect(
        "md2anki",
        "a Markdown deck of md2anki",
        markdown_decks.md2anki_likeness,
        markdown_decks.read,
    ),
    Dialect("obsidian", "an Obsidian note", obsidian_notes.likeness, obsidian_notes.read),
    Dialect("flat", "flat notes", flat_notes.likeness, flat_notes.read),
)
"""In the order of trying; the last one accepts any text."""
NAMES = tuple(dialect.name for dialect in DIALECTS)


def dialect_named(name: str) -> Dialect:
    """Return the dialect of this name."""
    return next(dialect for dialect in DIALECTS if dialect.name == name)


def recognise(lines: Sequence[str]) -> tuple[Dialect, float]:
    """Return the most likely dialect, and its probability."""
    sample = lines[:4000]
    likeness = [(dialect.likeness(sample), dialect) for dialect in DIALECTS]
    best = max(likeness, key=lambda pair: pair[0])
    return best[1], best[0]
