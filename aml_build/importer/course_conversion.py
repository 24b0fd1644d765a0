"""The passes of an import: read, recognise, find the structure, give ids, write, account."""

import gc
from collections.abc import Container, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aml_build.diagnostics.diagnostic import Diagnostic
from aml_build.importer.dialects import dialect_named, recognise
from aml_build.importer.import_log import ImportLog
from aml_build.importer.line_account import Missing, unaccounted
from aml_build.importer.outline import Notes
from aml_build.importer.reading.note_files import NoteFile, read_notes
from aml_build.importer.structure.promotion import promote
from aml_build.importer.structure.term_split import fold
from aml_build.importer.writing.concept_ids import concept_id
from aml_build.importer.writing.note_blocks import BlockWriter
from aml_build.importer.writing.note_formulas import FormulaCorrector
from aml_build.importer.writing.note_inlines import InlineWriter
from aml_build.importer.writing.note_pictures import PictureFinder
from aml_build.importer.writing.note_writer import LessonFile, bare, quoted, write_lessons
from aml_build.model.slugs import Scope, course_id, slug


@dataclass(slots=True)
class ImportedCourse:
    """A course made of notes, not yet on disk."""

    course: str
    """The text of ``course.yaml``."""
    title: str
    files: list[LessonFile]
    pictures: dict[str, bytes]
    """By their path in the course."""
    log: ImportLog
    missing: tuple[Missing, ...]
    texts: tuple[NoteFile, ...]
    dialects: list[tuple[str, str, bool]] = field(default_factory=list)
    """A file's name, its dialect, and whether that was guessed."""


def import_notes(
    paths: Sequence[Path], printable: Container[str], dialect: str = ""
) -> ImportedCourse | tuple[Diagnostic, ...]:
    """Make a course of notes, or return why they cannot be read; raise ``OSError``.

    ``printable`` holds the characters that can be printed. ``dialect`` is a name of ``DIALECTS``;
    if it is empty, the dialect of each file is recognised.
    """
    log = ImportLog()
    texts, diagnostics = read_notes(paths, log)
    if diagnostics:
        return diagnostics
    with _no_collection():
        return _converted(texts, printable, dialect, log)


def _converted(
    texts: tuple[NoteFile, ...], printable: Container[str], dialect: str, log: ImportLog
) -> ImportedCourse:
    parts: list[Notes] = []
    dialects: list[tuple[str, str, bool]] = []
    for text in texts:
        chosen, likeness = (dialect_named(dialect), 1.0) if dialect else recognise(text.lines)
        dialects.append((text.name, chosen.name, not dialect))
        if not dialect and chosen.name != "flat":
            log.guess((), f"{text.name} is {chosen.description}", round(likeness, 2))
        parts.append(chosen.read(text, log))
    notes = _joined(parts)
    promote(notes, log)
    ids = _ids(notes)
    concepts = [concept for section in notes.sections for concept in section.concepts]
    links = {fold(concept.term): ids[id(concept)] for concept in reversed(concepts)}
    formulas = FormulaCorrector()
    finder = PictureFinder([text.path.parent for text in texts])
    writer = BlockWriter(InlineWriter(log, formulas, printable, links), formulas, log, finder)
    files, claims = write_lessons(notes, lambda concept: ids[id(concept)], writer)
    log.found["lessons"] = len(files)
    lines = [line for text in texts for line in text.lines]
    missing = unaccounted(lines, claims, log)
    return ImportedCourse(
        _settings(notes), notes.title, files, finder.found, log, missing, texts, dialects
    )


def _joined(parts: list[Notes]) -> Notes:
    if len(parts) == 1:
        return parts[0]
    titles = [part.title for part in parts if part.title]
    for part in parts:
        untitled = [s for s in part.sections if not s.title and not s.label]
        for section in untitled[:1]:
            section.title = part.title
    language = next((part.language for part in parts if part.language), "")
    lines = tuple(n for part in parts for n in part.lines)
    sections = [section for part in parts for section in part.sections]
    # No section has the lines of a further file's title.
    for part in parts[1:]:
        if part.sections and part.lines:
            part.sections[0].lines = (*part.lines, *part.sections[0].lines)
            if not part.sections[0].title:
                part.sections[0].title = part.title
    return Notes(titles[0] if titles else "Notes", lines, sections, language)


def _ids(notes: Notes) -> dict[int, str]:
    """Return the ids of all concepts; the section makes the id of a repeated term unique."""
    scope = Scope()
    made = {}
    for section in notes.sections:
        for concept in section.concepts:
            place = concept.parent.term if concept.parent else section.label or section.title
            made[id(concept)] = concept_id(scope, concept.term, place)
    return made


def _settings(notes: Notes) -> str:
    name = slug(notes.title, words=4, fallback=course_id(notes.title))
    return (
        "# What holds for the whole course. `aml-build help format` explains every key.\n"
        f"id: {quoted(name)}              # part of every card's identity: never change it\n"
        f"title: {quoted(bare(notes.title) or 'Notes')}\n"
        f"language: {notes.language or 'en'}\n"
    )


@contextmanager
def _no_collection() -> Iterator[None]:
    """Suspend garbage collection: there are millions of small objects and no cycles."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
