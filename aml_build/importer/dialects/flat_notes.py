"""Flat notes: lessons, numbered items, bold terms, whatever Markdown there is."""

from collections.abc import Sequence

from aml_build.importer.import_log import ImportLog
from aml_build.importer.outline import Notes
from aml_build.importer.reading.note_files import NoteFile
from aml_build.importer.reading.scanner import scan
from aml_build.importer.structure.damage_repair import repair
from aml_build.importer.structure.sections import find_structure


def likeness(lines: Sequence[str]) -> float:  # noqa: ARG001
    """Anything may be flat notes."""
    return 0.45


def read(text: NoteFile, log: ImportLog) -> Notes:
    """Read flat notes."""
    lines, skipped = without_front_matter(text.lines, text.first, log)
    tokens = scan(lines, text.first + skipped, log)
    return find_structure(repair(tokens, log), title_of(text), log)


def title_of(text: NoteFile) -> str:
    """Return the title of notes that give none: the name of their file."""
    return text.path.stem.replace("_", " ").replace("-", " ").strip() or "Notes"


def without_front_matter(lines: list[str], first: int, log: ImportLog) -> tuple[list[str], int]:
    """Drop YAML at the top; return the other lines and the number of dropped ones."""
    if not lines or lines[0].strip() != "---":
        return lines, 0
    end = next((n for n in range(1, min(len(lines), 60)) if lines[n].strip() in ("---", "...")), 0)
    keys = sum(":" in line or line.lstrip().startswith("-") for line in lines[1:end])
    if not end or keys * 2 < end - 1 or not keys:
        return lines, 0
    for n in range(end + 1):
        log.drop("front matter", lines[n].strip(), [first + n])
    return lines[end + 1 :], end + 1
