"""`aml-build import` without its command line: notes become a course and a report."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from aml_build.commands.ignore_files import ignore_files
from aml_build.diagnostics.diagnostic import Diagnostic
from aml_build.importer.course_conversion import ImportedCourse, import_notes
from aml_build.importer.course_folder import check_new_course, write_course
from aml_build.importer.course_merge import MissingRecordError, merge
from aml_build.importer.report.import_record import ImportRecordError
from aml_build.importer.report.import_report import Report, report_of
from aml_build.render.characters import character_commands
from aml_build.storage.files import write_atomically
from aml_build.storage.output import FolderNotEmptyError


class ImportResult(msgspec.Struct, frozen=True):
    """The report of an import, or why there is none."""

    folder: Path
    report: Report | None = None
    """``None`` if nothing was written."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """Mistakes in the notes."""
    usage: str = ""
    """The mistake in the request."""


def begin(notes: Sequence[Path], out: Path, dialect: str = "") -> ImportResult:
    """Make a new course; raise ``OSError`` if a file cannot be read or written."""
    try:
        check_new_course(out)
    except FolderNotEmptyError as full:
        return ImportResult(out, usage=str(full))
    done = import_notes(notes, character_commands(), dialect)
    if not isinstance(done, ImportedCourse):
        return ImportResult(out, diagnostics=done)
    report = report_of(done)
    write_course(out, done, report)
    for path, data in ignore_files(out):
        write_atomically(path, data)
    return ImportResult(out, report)


def update(notes: Sequence[Path], folder: Path, dialect: str = "") -> ImportResult:
    """Merge notes into the course of an earlier import; raise ``OSError``."""
    done = import_notes(notes, character_commands(), dialect)
    if not isinstance(done, ImportedCourse):
        return ImportResult(folder, diagnostics=done)
    try:
        return ImportResult(folder, merge(folder, done))
    except (MissingRecordError, ImportRecordError) as wrong:
        return ImportResult(folder, usage=str(wrong))
