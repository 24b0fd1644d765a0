"""Lessons and concepts in our format, with ids and with the lines of the notes."""

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from aml_build.importer.outline import (
    Concept,
    Lines,
    Listing,
    Notes,
    Para,
    Question,
    Section,
)
from aml_build.importer.structure.term_split import asks, compares
from aml_build.importer.writing.concept_ids import part_scope
from aml_build.importer.writing.definitions import definition_of
from aml_build.importer.writing.note_blocks import BlockWriter
from aml_build.model.slugs import slug

_THEOREM = re.compile(r"\b(?:theorem|lemma|corollary|teorema|satz|théorème)\b", re.IGNORECASE)
Claim = tuple[Lines, str]
"""Lines of the notes, and a text that was made of them."""


@dataclass(slots=True)
class Unit:
    """One concept as text, or the introduction of a lesson."""

    id: str
    """Empty for an introduction."""
    term: str
    text: str
    """Without blank lines around it."""
    lines: Lines


@dataclass(slots=True)
class LessonFile:
    """One lesson as it will be written."""

    path: str
    number: int
    label: str
    title: str
    units: list[Unit] = field(default_factory=list)

    def text(self) -> str:
        """Return the whole file."""
        label = f"label: {quoted(self.label)}\n" if self.label else ""
        front = f"---\nlesson: {self.number}\ntitle: {quoted(self.title)}\n{label}---\n"
        return front + "".join(f"\n{unit.text}\n" for unit in self.units)


UNNUMBERED = "Notes"
"""The label of a lesson to which the notes give no number."""


def quoted(text: str) -> str:
    """Return a YAML string, without quotes if YAML reads it as a string."""
    text = " ".join(text.split())
    if (
        re.fullmatch(r"[A-Za-zÀ-ž][\w ,.()'’&/-]*", text)
        and ": " not in text
        and text.lower() not in _YAML_WORDS
    ):
        return text.strip()
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


_YAML_WORDS = frozenset(["yes", "no", "on", "off", "true", "false", "null", "y", "n"])


def write_lessons(
    notes: Notes, ids: Callable[[Concept], str], writer: BlockWriter
) -> tuple[list[LessonFile], list[Claim]]:
    """Write all sections; the claims map lines of the notes to texts."""
    claims = writer.claims
    claims.append((notes.lines, notes.title))
    numbers = _numbers(notes, writer)
    files = []
    paths: set[str] = set()
    for section, number in zip(notes.sections, numbers, strict=True):
        title, label = _title(section, number, writer)
        claims.append((section.lines, f"{section.label} {section.title} {title}"))
        path = f"{number:02d}-{slug(title, words=5, fallback='lesson')}.md"
        assert path not in paths
        paths.add(path)
        file = LessonFile(path, number, label, title)
        writer.start(part_scope())
        intro = writer.plain(section.blocks)
        if intro:
            file.units.append(Unit("", title, intro, ()))
        file.units += [_concept(c, ids, writer, notes.language) for c in section.concepts]
        files.append(file)
    return files, claims


def _numbers(notes: Notes, writer: BlockWriter) -> list[int]:
    """Return a number for each lesson: that of the notes, or the next free one."""
    taken: set[int] = set()
    wanted: list[int | None] = []
    for section in notes.sections:
        number = section.number
        if number is not None and (number in taken or number > 9999):
            writer.log.review(
                section.lines, f"Number {number} is there twice or too large.",
                "The second one gets a number behind all others; change it if you like.",
            )  # fmt: skip
            number = None
        if number is not None:
            taken.add(number)
        wanted.append(number)
    free = itertools.count(max(taken, default=0) + 1)
    return [next(free) if number is None else number for number in wanted]


def _title(section: Section, number: int, writer: BlockWriter) -> tuple[str, str]:
    title = bare(section.title)
    label = section.label
    if label.lower() == f"lesson {number}":
        label = ""
    if title:
        return title, label if section.label else UNNUMBERED
    terms = [bare(c.term) for c in section.concepts if c.parent is None and not c.umbrella]
    made = ""
    for term in terms:
        if made and len(made) + len(term) > 48:
            break
        made = f"{made}, {term}" if made else term
    made = made[:80].strip(" ,") or section.label or f"Lesson {number}"
    writer.log.guess(section.lines, f"lesson {number} has no title; it is called `{made}`", 0.4)
    return made, label


_PAIR = re.compile(r"~~?([^\s~]+)~~?|(?<=\w)\^([^\s^]+)\^")
_TWICE = re.compile(r"%%+|!!!+|:::+|(?<=\?)\s?::+")


def bare(text: str) -> str:
    """Return a title without marks, since titles are plain text."""
    text = _PAIR.sub(lambda found: f" {found[1] or found[2]} ", text)
    text = _TWICE.sub(lambda found: found[0].strip()[:1], text)
    return " ".join(re.sub(r"[*_`\\${}<>#=\[\]]", " ", text).split())


def _concept(
    concept: Concept, ids: Callable[[Concept], str], writer: BlockWriter, language: str
) -> Unit:
    name = ids(concept)
    writer.start(part_scope())
    term = writer.term(concept.term, concept.lines)
    definition, blocks = definition_of(concept, writer, language)
    made = [f"## {term} {_attributes(concept, name, ids, term)}", definition, writer.body(blocks)]
    made += [_question(question, writer) for question in concept.questions]
    writer.log.found["concepts"] += not concept.umbrella
    writer.log.found["sub-concepts"] += concept.parent is not None
    return Unit(name, concept.term, "\n\n".join(filter(None, made)), concept.lines)


def _attributes(concept: Concept, name: str, ids: Callable[[Concept], str], term: str) -> str:
    parts = [f"#{name}"]
    if concept.umbrella:
        parts.append(".overview")
    elif compares(concept.term):
        parts.append(".comparison")
    elif _THEOREM.search(concept.term):
        parts.append(".theorem")
    if asks(concept.term):
        text = term if term.rstrip().endswith("?") else f"{term}?"
        if not set(text) & set('"\\{}'):
            parts.append(f'ask="{text}"')
    if concept.parent is not None:
        parts.append(f'see="{ids(concept.parent)}"')
    return "{" + " ".join(parts) + "}"


def _question(question: Question, writer: BlockWriter) -> str:
    text = writer.term(question.text, question.lines).rstrip(" :;,.")
    if not text.endswith("?") or text.endswith("\\?"):
        text = f"{text}?"
    name = writer.take(slug(question.text, words=4, fallback="question"))
    exam = " .exam" if question.exam else ""
    blocks = question.blocks
    if blocks and isinstance(blocks[0], Listing) and len(blocks[0].items) == 1:
        item = blocks[0].items[0]
        blocks = [Para(item.text, item.lines), *item.blocks, *blocks[1:]]
    answer = writer.plain(blocks)
    if not answer:
        answer = "No answer in the notes yet."
        writer.log.review(question.lines, f"`{question.text}` has no answer.", "Write one.")
    writer.log.found["questions"] += 1
    return f"### {text} {{#{name}{exam}}}\n\n{answer}"
