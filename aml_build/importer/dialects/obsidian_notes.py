"""Obsidian notes: cards of the Spaced Repetition plugin, tags, comments, block ids.

Links, embedded pictures and highlights are read as text everywhere.
"""

import re
from collections.abc import Sequence

from aml_build.importer.dialects.flat_notes import title_of, without_front_matter
from aml_build.importer.import_log import ImportLog
from aml_build.importer.outline import Notes
from aml_build.importer.reading.line_patterns import outside_code
from aml_build.importer.reading.line_tokens import Token
from aml_build.importer.reading.note_files import NoteFile
from aml_build.importer.reading.scanner import scan
from aml_build.importer.structure.damage_repair import repair
from aml_build.importer.structure.sections import find_structure

_CARD = re.compile(r"\s*(?:[-*+]\s+)?((?:[^:`$]|:(?!:)|\$[^$]*\$|`[^`]*`)+?)\s*(:::?)\s*(\S.*)$")
_TAG = re.compile(r"(?<![\w&/#\]])#[A-Za-z][\w/-]*")
_LINK = re.compile(r"\[\[[^\]]+\]\]")
_COMMENT = re.compile(r"%%.*?%%")
_BLOCK_ID = re.compile(r"\s\^[A-Za-z0-9-]+$")
_SCHEDULE = re.compile(r"<!--SR:.*?-->")


def likeness(lines: Sequence[str]) -> float:
    """Count marks that only Obsidian has."""
    marks = 0
    for line in lines:
        if "[[" in line and _LINK.search(line):
            marks += 2
        if "::" in line and _CARD.match(line):
            marks += 2
        if "#flashcard" in line:
            marks += 4
        if line.strip() == "?" or "%%" in line or "==" in line:
            marks += 1
    return min(0.95, marks / 8)


def read(text: NoteFile, log: ImportLog) -> Notes:
    """Read an Obsidian note."""
    lines, skipped = without_front_matter(text.lines, text.first, log)
    first = text.first + skipped
    clean = [_clean(line, first + n, log) for n, line in enumerate(lines)]
    tokens = _tokens(clean, first, log)
    return find_structure(repair(tokens, log), title_of(text), log)


def _clean(line: str, number: int, log: ImportLog) -> str:
    """Drop what only Obsidian understands."""
    for pattern, what in (
        (_SCHEDULE, "review schedule"), (_COMMENT, "comment"), (_BLOCK_ID, "block id"),
    ):  # fmt: skip
        if found := pattern.search(line):
            log.drop(what, found[0].strip(), [number])
            line = pattern.sub("", line)
    body = line.lstrip()
    if body.startswith(("# ", "##")):
        body = line.lstrip("# ")
    elif body.startswith("```"):
        return line
    tags = _TAG.findall(body) if "#" in body else []
    for tag in tags:
        log.drop("tag", tag, [number])
    return line[: len(line) - len(body)] + _TAG.sub("", body) if tags else line


def _tokens(lines: list[str], first: int, log: ImportLog) -> list[Token]:
    tokens: list[Token] = []
    outside = outside_code(lines)
    start = at = 0
    while at < len(lines):
        line = lines[at]
        card = _CARD.match(line) if outside[at] and "::" in line else None
        if card is not None:
            _flush(tokens, lines[start:at], first + start, log)
            answer = _answer(lines, at + 1) if card[2] == "::" else at + 1
            _card(tokens, card[1], card[3], first + at, lines[at + 1 : answer], log)
            at = start = answer
        elif outside[at] and line.strip() in ("?", "??"):
            at = start = _long_card(tokens, lines, start, at, first, log)
        else:
            at += 1
    _flush(tokens, lines[start:], first + start, log)
    return tokens


def _answer(lines: list[str], at: int) -> int:
    """Return the end of an answer that begins on the card's line: only lists continue it."""
    while at < len(lines) and re.match(r"\s+[-*+]\s", lines[at]):
        at += 1
    return at


def _flush(tokens: list[Token], lines: list[str], first: int, log: ImportLog) -> None:
    made = scan(lines, first, log)
    if made and tokens:
        made[0].gap = max(1, made[0].gap)
    tokens += made


def _card(
    tokens: list[Token], front: str, back: str, number: int, more: list[str], log: ImportLog
) -> None:
    tokens.append(Token("question", front, [number], gap=1))
    tokens.append(Token("answer", back, [number], gap=1))
    _flush(tokens, more, number + 1, log)
    tokens.append(Token("end", "", [number], gap=1))


def _long_card(
    tokens: list[Token], lines: list[str], start: int, at: int, first: int, log: ImportLog
) -> int:
    """Read a card with a line of `?` between its sides; return its end."""
    top = at
    while top > start and lines[top - 1].strip():
        top -= 1
    end = at + 1
    while end < len(lines) and lines[end].strip():
        end += 1
    log.drop("mark between the sides of a card", lines[at].strip(), [first + at])
    if top == at:
        _flush(tokens, lines[start:at], first + start, log)
        return at + 1
    _flush(tokens, lines[start:top], first + start, log)
    front = " ".join(line.strip() for line in lines[top:at])
    tokens.append(Token("question", front, [first + n for n in range(top, at)], gap=1))
    _flush(tokens, lines[at + 1 : end], first + at + 1, log)
    tokens.append(Token("end", "", [first + at], gap=1))
    return end
