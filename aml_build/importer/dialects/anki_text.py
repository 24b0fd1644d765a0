"""Plain text that Anki exports: a note a record, fields between tabs, HTML in them.

The headers are those of docs.ankiweb.net/importing/text-files.html#file-headers.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from aml_build.importer.dialects.flat_notes import title_of
from aml_build.importer.import_log import ImportLog
from aml_build.importer.outline import Block, Concept, Notes, Para, Question, Section
from aml_build.importer.reading.note_files import NoteFile
from aml_build.importer.reading.scanner import scan
from aml_build.importer.structure.section_body import plain_blocks
from aml_build.importer.structure.term_split import asks, question_of

_HEADER = re.compile(r"#(separator|html|tags|columns|notetype|deck|guid|notetype column|deck column"
                     r"|tags column|guid column):(.*)$", re.IGNORECASE)  # fmt: skip
_SEPARATORS = {
    "tab": "\t", "comma": ",", "semicolon": ";", "space": " ", "pipe": "|", "colon": ":",
}  # fmt: skip
_CLOZE = re.compile(r"\{\{c(\d+)::(.*?)(?:::[^{}]*?)?\}\}", re.DOTALL)
_SOUND = re.compile(r"\[sound:[^\]]*\]")
_LATEX = (
    (re.compile(r"\[\$\$\](.*?)\[/\$\$\]", re.DOTALL), r"\n$$\1$$\n"),
    (re.compile(r"\[\$\](.*?)\[/\$\]", re.DOTALL), r"$\1$"),
    (re.compile(r"\\\[(.*?)\\\]", re.DOTALL), r"\n$$\1$$\n"),
    (re.compile(r"<anki-mathjax[^>]*>(.*?)</anki-mathjax>", re.DOTALL), r"$\1$"),
)
_ITEM = re.compile(r"<li[^>]*>", re.IGNORECASE)
_IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>|</?(?:div|p|ul|ol|h\d|blockquote)\b[^>]*>|</li>", re.IGNORECASE)


@dataclass(slots=True)
class _Headers:
    separator: str = "\t"
    columns: dict[str, int] = field(default_factory=dict)
    """0-based columns that are not fields, by their contents."""
    deck: str = ""
    count: int = 0
    """Number of header lines."""


def likeness(lines: Sequence[str]) -> float:
    """Look for Anki's headers, or for tabs in nearly every line."""
    if lines and lines[0].lower().startswith(("#separator:", "#html:", "#notetype")):
        return 1.0
    filled = [line for line in lines if line.strip()]
    tabbed = sum(0 < line.strip().count("\t") < 8 for line in filled)
    return 0.9 if filled and tabbed >= 0.9 * len(filled) else 0.0


def read(text: NoteFile, log: ImportLog) -> Notes:
    """Read an export: decks become sections, notes become concepts and questions."""
    headers = _headers(text, log)
    notes = Notes(headers.deck.split("::")[0] or title_of(text), (), [])
    sections: dict[str, Section] = {}
    for fields, lines in _records(text, headers):
        if not any(value.strip() for value in fields):
            continue
        deck = _taken(fields, headers, "deck") or headers.deck
        name = deck.split("::")[-1].strip() or notes.title
        section = sections.setdefault(name, Section(name, ()))
        for what in ("tags", "guid", "notetype"):
            if value := _taken(fields, headers, what):
                log.drop(_NAMES[what], value, lines)
        if deck:
            log.drop("name of a deck, which is a section", deck, lines)
        special = set(headers.columns.values())
        _note(section, [v for n, v in enumerate(fields) if n not in special], lines, log)
    notes.sections = list(sections.values()) or [Section(notes.title, ())]
    return notes


_NAMES = {"tags": "tag", "guid": "id of another tool", "notetype": "note type"}


def _headers(text: NoteFile, log: ImportLog) -> _Headers:
    made = _Headers()
    while made.count < len(text.lines) and (found := _HEADER.match(text.lines[made.count])):
        name, value = found[1].lower(), found[2].strip()
        log.drop("header of an export", found[0], [text.first + made.count])
        made.count += 1
        if name == "separator":
            made.separator = _SEPARATORS.get(value.lower(), value[:1] or "\t")
        elif name.endswith(" column") and value.isdecimal():
            made.columns[name.removesuffix(" column")] = int(value) - 1
        elif name == "deck":
            made.deck = value
    return made


def _records(text: NoteFile, headers: _Headers) -> Iterator[tuple[list[str], tuple[int, ...]]]:
    first = text.first + headers.count
    lines = text.lines[headers.count :]
    quoted = any(f'{headers.separator}"' in line or line.startswith('"') for line in lines)
    if not quoted or sum(line.count('"') for line in lines) % 2:
        for n, line in enumerate(lines):
            yield line.split(headers.separator), (first + n,)
        return
    # The csv module's default limit is lower than the length of a field may be.
    csv.field_size_limit(max(131072, sum(map(len, lines)) + len(lines)))
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=headers.separator)
    before = 0
    for fields in reader:
        yield fields, tuple(range(first + before, first + reader.line_num))
        before = reader.line_num


def _taken(fields: Sequence[str], headers: _Headers, what: str) -> str:
    at = headers.columns.get(what, -1)
    return fields[at].strip() if 0 <= at < len(fields) else ""


def _note(section: Section, fields: list[str], lines: tuple[int, ...], log: ImportLog) -> None:
    filled = [value for value in fields if value.strip()]
    if not filled:
        return
    if any(_CLOZE.search(value) for value in filled):
        _clozes(section, filled, lines, log)
        return
    front = " ".join(_text(filled[0], lines, log).split())
    blocks = [block for value in filled[1:] for block in _blocks(value, lines, log)]
    if not front:
        front = section.title
    plain = re.sub(r"<[^<>]*>", " ", front).strip()
    if asks(plain) or len(plain.split()) > 8 or not blocks:
        asked, confidence = question_of(front)
        if confidence < 1:
            log.guess(lines, f"`{front}` asks: {asked}", confidence)
        section.questions.append(Question(asked, lines, blocks))
        return
    section.concepts.append(Concept(front, lines, blocks))


def _clozes(section: Section, filled: list[str], lines: tuple[int, ...], log: ImportLog) -> None:
    """Add a text with gaps to the concept that collects such texts of the deck."""
    holder = next((c for c in section.concepts if c.umbrella), None)
    if holder is None:
        holder = Concept(section.title, (), umbrella=True)
        section.concepts.append(holder)
    for value in filled:
        marked = _CLOZE.sub(lambda gap: f"=={gap[2].strip()}==", value)
        holder.blocks += _blocks(marked, lines, log)
    hints = [gap[0] for value in filled for gap in _CLOZE.finditer(value)]
    log.correct("gap of a cloze", " ".join(hints), lines)


def _blocks(value: str, lines: tuple[int, ...], log: ImportLog) -> list[Block]:
    text = _text(value, lines, log)
    tokens = scan([line.rstrip() for line in text.split("\n")], lines[0], log, one=True)
    for token in tokens:
        token.lines = list(lines)
        if token.block is not None and hasattr(token.block, "lines"):
            token.block.lines = lines
    blocks = plain_blocks(tokens, log)
    return blocks or ([Para(text, lines)] if text.strip() else [])


def _text(value: str, lines: tuple[int, ...], log: ImportLog) -> str:
    """Turn the HTML of a field into lines of Markdown; tags within a line are read later."""
    for sound in _SOUND.findall(value):
        log.review(lines, "A sound cannot be in a course.", "Leave it out.", sound)
    value = _SOUND.sub(" ", value)
    for pattern, instead in _LATEX:
        value = pattern.sub(instead, value)
    for tag in {*_BREAK.findall(value), *_ITEM.findall(value)}:
        log.drop("HTML tag", tag, lines)
    value = _IMAGE.sub(lambda image: f"\n\n{image[0]}\n\n", value)
    value = _BREAK.sub("\n", _ITEM.sub("\n- ", value))
    return value.replace("&nbsp;", " ").strip()
