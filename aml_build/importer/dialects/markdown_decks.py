"""Markdown decks of mdanki and md2anki: a heading a card, its answer below.

mdanki (github.com/ashlinchak/mdanki) separates a longer front from the back by a line of ``%`` and
writes tags as links without address; md2anki (github.com/AnonymerNiklasistanonym/Md2Anki) separates
them by a line of ``---``, and writes ids in parentheses and tags in a code span.
"""

import re
from collections.abc import Sequence

from aml_build.importer.dialects.flat_notes import title_of
from aml_build.importer.import_log import ImportLog
from aml_build.importer.outline import Block, Concept, Notes, Para, Question, Section
from aml_build.importer.reading.line_patterns import outside_code
from aml_build.importer.reading.note_files import NoteFile
from aml_build.importer.reading.scanner import scan
from aml_build.importer.structure.damage_repair import repair
from aml_build.importer.structure.section_body import plain_blocks
from aml_build.importer.structure.term_split import asks, question_of

_TITLE = re.compile(r"#\s+(.*?)\s*#*$")
_FRONT = re.compile(r"##\s+(.*?)\s*#*$")
_ID = re.compile(r"\s*\((?:id=)?([0-9a-fA-F][0-9a-fA-F-]{7,}|\d{6,})\)$")
_LINK_TAG = re.compile(r"\[#([^\]]+)\]\(\s*\)")
_SPAN_TAG = re.compile(r"`\{=:(.*?):=\}`")


def mdanki_likeness(lines: Sequence[str]) -> float:
    """Look for its tags and separators between headings of level 2."""
    fronts = sum(_FRONT.match(line) is not None for line in lines)
    marks = sum(line.strip() == "%" or _LINK_TAG.search(line) is not None for line in lines)
    if not fronts:
        return 0.0
    asked = sum(_FRONT.match(line) is not None and asks(line[2:]) for line in lines)
    deeper = any(line.startswith("###") for line in lines)
    if marks:
        return 0.9
    return 0.7 if asked * 2 > fronts and not deeper else 0.0


def md2anki_likeness(lines: Sequence[str]) -> float:
    """Look for its ids and tags."""
    fronts = [line for line in lines if _FRONT.match(line)]
    marks = sum(_ID.search(line.rstrip()) is not None for line in fronts)
    marks += sum(_SPAN_TAG.search(line) is not None for line in lines)
    return 0.95 if fronts and marks else 0.0


def read(text: NoteFile, log: ImportLog) -> Notes:
    """Read a deck: every heading of level 1 is a section, every one of level 2 a card."""
    notes = Notes("", (), [])
    section: Section | None = None
    outside = outside_code(text.lines)
    starts = [n for n, line in enumerate(text.lines) if outside[n] and _begins(line)]
    if not starts or starts[0] > 0:
        starts.insert(0, 0)
    for start, end in zip(starts, [*starts[1:], len(text.lines)], strict=True):
        line = text.lines[start]
        number = text.first + start
        title = _TITLE.match(line)
        front = None if title else _FRONT.match(line)
        if title:
            section = Section(_named(title[1], number, log), (number,))
            notes.sections.append(section)
        if section is None:
            section = Section(title_of(text), ())
            notes.sections.append(section)
        body = start + bool(title or front)
        if front:
            _card(section, _named(front[1], number, log), number, text.lines[body:end], log)
        else:
            section.blocks += _blocks(text.lines[body:end], text.first + body, log)
    notes.title = notes.sections[0].title
    return notes


def _begins(line: str) -> bool:
    return bool(_TITLE.match(line) or _FRONT.match(line))


def _named(text: str, number: int, log: ImportLog) -> str:
    if found := _ID.search(text):
        log.drop("id of another tool", found[1], [number])
        text = text[: found.start()]
    return text.strip() or "Untitled"


def _card(section: Section, front: str, number: int, lines: list[str], log: ImportLog) -> None:
    parts = _separated(lines, number + 1, log)
    more = _blocks(*parts[0], log) if len(parts) > 1 else []
    blocks = _blocks(*parts[-1], log)
    before = [b for b in more if isinstance(b, Para)]
    prompt = " ".join([*(b.text for b in before), front])
    rest: list[Block] = [b for b in more if not isinstance(b, Para)]
    numbers = [n for b in before for n in b.lines]
    if asks(front) or more:
        asked, confidence = question_of(prompt) if asks(prompt) else (f"{prompt}?", 0.5)
        if confidence < 1:
            log.guess([number], f"`{front}` asks: {asked}", confidence)
        section.questions.append(Question(asked, (number, *numbers), [*rest, *blocks]))
        return
    section.concepts.append(Concept(prompt, (number,), blocks))


def _separated(lines: list[str], first: int, log: ImportLog) -> list[tuple[list[str], int]]:
    for n, (line, outside) in enumerate(zip(lines, outside_code(lines), strict=True)):
        if outside and line.strip() in ("%", "---"):
            log.drop("mark between the sides of a card", line.strip(), [first + n])
            return [(lines[:n], first), (lines[n + 1 :], first + n + 1)]
    return [(lines, first)]


def _blocks(lines: list[str], first: int, log: ImportLog) -> list[Block]:
    clean = []
    for n, line in enumerate(lines):
        for pattern in (_LINK_TAG, _SPAN_TAG):
            for tag in pattern.findall(line):
                log.drop("tag", tag, [first + n])
            line = pattern.sub("", line)
        clean.append(line)
    return plain_blocks(repair(scan(clean, first, log), log), log)
