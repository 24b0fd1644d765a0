"""The merge of later notes into a course that was edited since its import."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from aml_build.importer.course_conversion import ImportedCourse
from aml_build.importer.report.import_record import (
    NAME,
    Record,
    read_record,
    record_of,
    section_key,
    text_digest,
    unit_key,
)
from aml_build.importer.report.import_report import (
    NAME as REPORT,
    Merge,
    Report,
    SideBySide,
    markdown,
    report_of,
)
from aml_build.importer.writing.note_writer import LessonFile, Unit
from aml_build.model.course import NOT_LESSONS
from aml_build.storage.files import write_atomically
from aml_build.storage.source_paths import SETTINGS, source_paths

_HEADING = re.compile(r"##(?!#)\s")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_ID = re.compile(r"\{[^{}]*?#([a-z][a-z0-9-]*)(?=[\s}])")
_WAS = re.compile(r'\bwas=(?:"([^"]*)"|([^\s}]+))')
_NUMBER = re.compile(r"^lesson:\s*(\d+)\s*$", re.MULTILINE)


class MissingRecordError(Exception):
    """The folder was not made by an import."""


@dataclass(slots=True)
class _Piece:
    """A part of an existing file: the front matter, an introduction or a concept."""

    key: str
    """The key in the record; empty for the front matter."""
    text: str
    was: tuple[str, ...] = ()
    changed: bool = False


@dataclass(slots=True)
class _File:
    """An existing lesson."""

    path: str
    number: int
    pieces: list[_Piece] = field(default_factory=list)

    def text(self) -> str:
        """Return the file's text; unchanged pieces keep every byte."""
        made = ""
        for piece in self.pieces:
            if piece.changed:
                made = made.rstrip("\n") + "\n\n" + piece.text.strip("\n") + "\n\n"
            else:
                made += piece.text
        return made.rstrip("\n") + "\n"


def merge(folder: Path, done: ImportedCourse) -> Report:
    """Merge, write what changed and return the report; raise ``MissingRecordError`` or ``OSError``."""
    if not (folder / NAME).is_file() or not (folder / SETTINGS).is_file():
        raise MissingRecordError(
            f"{folder} holds no {NAME}: only a course that `aml-build import` made can be updated."
            " Import to a new folder with --out, and copy from there what you want."
        )
    record = read_record((folder / NAME).read_bytes())
    files = {path: _read(folder, path) for path in _lessons(folder)}
    before = {path: file.text() for path, file in files.items()}
    merger = _Merger(record, files)
    for lesson in done.files:
        merger.lesson(lesson)
    result = merger.result()
    report = report_of(done, result)
    writes: dict[str, bytes] = {
        path: data for path, data in done.pictures.items() if not (folder / path).exists()
    }
    writes |= {p: f.text().encode() for p, f in files.items() if f.text() != before.get(p)}
    keep = [unit for unit in record.units if unit.id in merger.keep]
    writes[NAME] = record_of(done.files, merger.paths, keep)
    writes[REPORT] = markdown(report).encode()
    for path, data in writes.items():
        write_atomically(folder / path, data)
    return report


def _lessons(folder: Path) -> list[str]:
    found = (path for path in source_paths(folder) if path.endswith(".md"))
    return [path for path in found if PurePosixPath(path).name.lower() not in NOT_LESSONS]


def _read(folder: Path, path: str) -> _File:
    text = (folder / path).read_bytes().decode("utf-8", errors="surrogateescape")
    pieces = list(_pieces(path, text.replace("\r\n", "\n")))
    number = _NUMBER.search(pieces[0].text) if pieces else None
    return _File(path, int(number[1]) if number else 0, pieces)


def _pieces(path: str, text: str) -> Iterator[_Piece]:
    """Cut a lesson at its headings of level 2; the pieces make up the whole text."""
    lines = text.splitlines(keepends=True)
    at = 0
    if lines and lines[0].strip() == "---":
        at = next((n + 1 for n in range(1, len(lines)) if lines[n].strip() == "---"), 0)
        yield _Piece("", "".join(lines[:at]))
    start, fence = at, ""
    for n in range(at, len(lines)):
        if found := _FENCE.match(lines[n]):
            if not fence:
                fence = found[1]
            elif found[1].startswith(fence):
                fence = ""
        if not fence and _HEADING.match(lines[n]) and n > start:
            yield _piece(path, "".join(lines[start:n]))
            start = n
    if start < len(lines):
        yield _piece(path, "".join(lines[start:]))


def _piece(path: str, text: str) -> _Piece:
    if not text.strip():
        return _Piece("", text)
    if not _HEADING.match(text):
        return _Piece(unit_key(path, ""), text)
    heading = text.split("\n", 1)[0]
    name = _ID.search(heading)
    was = _WAS.search(heading)
    former = (was[1] or was[2] or "").split() if was else []
    return _Piece(name[1] if name else "", text, tuple(former))


class _Merger:
    """One merge of all lessons."""

    def __init__(self, record: Record, files: dict[str, _File]) -> None:
        self.files = files
        self.paths: dict[str, str] = {}
        """From the path of a new lesson to that of the existing one."""
        self._record = record
        self._known = {unit.id: unit.digest for unit in record.units}
        self._where = {
            key: (file, piece)
            for file in files.values()
            for piece in file.pieces
            for key in (piece.key, *piece.was)
            if key
        }
        self._added: list[str] = []
        self._refreshed: list[str] = []
        self._removed: list[str] = []
        self._kept: list[SideBySide] = []
        self._unchanged = 0
        self._seen: set[str] = set()

    @property
    def keep(self) -> frozenset[str]:
        """Return the units that stay in the record although the notes no longer have them."""
        return frozenset(self._known) - self._seen

    def lesson(self, lesson: LessonFile) -> None:
        """Merge one lesson of the notes."""
        file = self._file(lesson)
        self.paths[lesson.path] = file.path
        last: _Piece | None = None
        for unit in lesson.units:
            key = unit_key(file.path, unit.id)
            self._seen.add(key)
            last = self._unit(file, key, unit, last)

    def result(self) -> Merge:
        """Return the changes."""
        gone = sorted(key for key in self.keep if key in self._where)
        return Merge(
            tuple(self._added), tuple(self._refreshed), self._unchanged, tuple(self._kept),
            tuple(self._removed), tuple(gone),
        )  # fmt: skip

    def _file(self, lesson: LessonFile) -> _File:
        """Return the file of a lesson, or begin one."""
        path = self._record.lessons.get(section_key(lesson), "")
        if path in self.files:
            return self.files[path]
        for unit in lesson.units:
            # The file was renamed: find it by a concept.
            if path and unit.id in self._where:
                return self._where[unit.id][0]
        path = lesson.path
        while path in self.files:
            path = path.removesuffix(".md") + "-new.md"
        numbers = {file.number for file in self.files.values()}
        number = lesson.number
        if number in numbers:
            number = max(numbers) + 1
        label = lesson.label or (f"Lesson {lesson.number}" if number != lesson.number else "")
        front = LessonFile(path, number, label, lesson.title).text()
        file = self.files[path] = _File(path, number, [_Piece("", front)])
        return file

    def _unit(self, file: _File, key: str, unit: Unit, last: _Piece | None) -> _Piece | None:
        if key not in self._where:
            if key in self._known:
                self._removed.append(key)
                return last
            piece = _Piece(key, unit.text, changed=True)
            self._insert(file, piece, last, first=not unit.id)
            self._added.append(key)
            self._where[key] = (file, piece)
            return piece
        there, piece = self._where[key]
        new = text_digest(unit.text)
        yours = text_digest(piece.text)
        if yours == new:
            self._unchanged += 1
        elif yours == self._known.get(key):
            piece.text, piece.changed = unit.text, True
            self._refreshed.append(key)
        elif new != self._known.get(key):
            self._kept.append(SideBySide(key, there.path, piece.text.strip(), unit.text))
        else:
            self._unchanged += 1
        return piece if there is file else last

    def _insert(self, file: _File, piece: _Piece, last: _Piece | None, *, first: bool) -> None:
        """Insert a new concept after the one that precedes it in the notes."""
        if last is not None:
            at = next(n for n, other in enumerate(file.pieces) if other is last) + 1
        elif first:
            at = 1
        else:
            at = next(
                (n for n, p in enumerate(file.pieces) if _HEADING.match(p.text)), len(file.pieces)
            )
        file.pieces.insert(at, piece)
