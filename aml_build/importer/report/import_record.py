"""The record of an import, by which a later one recognises edits."""

from collections.abc import Iterable

import msgspec

from aml_build.importer.writing.note_writer import UNNUMBERED, LessonFile
from aml_build.storage.files import digest

NAME = "import.lock"


class Recorded(msgspec.Struct, frozen=True):
    """One concept, or the introduction of a lesson."""

    id: str
    """Of the concept; the path of the file and ``#`` for an introduction."""
    digest: str
    """Of its text as it was imported."""


class Record(msgspec.Struct, frozen=True):
    """All texts that an import wrote."""

    version: int
    lessons: dict[str, str]
    """Paths by the section that they were made of."""
    units: tuple[Recorded, ...]


class ImportRecordError(Exception):
    """The record cannot be read."""


def section_key(file: LessonFile) -> str:
    """Return the key of a section, the same in every version of the notes."""
    if file.label == UNNUMBERED:
        return file.title
    return file.label or f"Lesson {file.number}"


def unit_key(path: str, name: str) -> str:
    """Return the key of a text in the record."""
    return name or f"{path}#"


def text_digest(text: str) -> str:
    """Return the digest of a text without blank lines at its ends and blanks at line ends."""
    return digest("\n".join(line.rstrip() for line in text.strip().split("\n")))


def record_of(
    files: Iterable[LessonFile],
    paths: dict[str, str] | None = None,
    keep: Iterable[Recorded] = (),
) -> bytes:
    """Return the record of an import; ``paths`` maps new lessons to existing files."""
    files = list(files)
    lessons = {section_key(file): (paths or {}).get(file.path, file.path) for file in files}
    units = {
        key: Recorded(key, text_digest(unit.text))
        for file in files
        for unit in file.units
        for key in [unit_key(lessons[section_key(file)], unit.id)]
    }
    for old in keep:
        units.setdefault(old.id, old)
    record = Record(1, dict(sorted(lessons.items())), tuple(units[k] for k in sorted(units)))
    return msgspec.json.format(msgspec.json.encode(record), indent=1) + b"\n"


def read_record(data: bytes) -> Record:
    """Read a record; raise ``ImportRecordError``."""
    try:
        record = msgspec.json.decode(data, type=Record)
    except (msgspec.DecodeError, UnicodeDecodeError) as problem:
        raise ImportRecordError(
            f"{NAME} is not as `aml-build import` wrote it ({problem}). Take it back from the last commit."
        ) from None
    if record.version != 1:
        raise ImportRecordError(
            f"{NAME} is of version {record.version}. A newer aml-build wrote it: install that."
        )
    return record
