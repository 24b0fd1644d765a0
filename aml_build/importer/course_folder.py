"""A new course on disk: all files are written, or none."""

import os
import shutil
import tempfile
from functools import partial
from pathlib import Path

from aml_build.importer.course_conversion import ImportedCourse
from aml_build.importer.report.import_record import NAME as RECORD, record_of
from aml_build.importer.report.import_report import NAME as REPORT, Report, markdown
from aml_build.shutdown import cleanup_on_exit
from aml_build.storage.output import check_free
from aml_build.storage.source_paths import SETTINGS


def check_new_course(out: Path) -> None:
    """Raise ``FolderNotEmptyError`` unless the folder is missing or empty."""
    check_free(out, f", or merge with --update {out}")


def write_course(out: Path, done: ImportedCourse, report: Report) -> tuple[str, ...]:
    """Write the course, its record and the report; return the paths; raise ``OSError``."""
    check_new_course(out)
    files: dict[str, bytes] = {SETTINGS: done.course.encode()}
    files |= {file.path: file.text().encode() for file in done.files}
    files |= done.pictures
    files[RECORD] = record_of(done.files)
    files[REPORT] = markdown(report).encode()
    out.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{out.name}.", suffix=".tmp", dir=out.parent))
    remove = partial(shutil.rmtree, beside, ignore_errors=True)
    with cleanup_on_exit(remove):
        try:
            for path, data in files.items():
                (beside / path).parent.mkdir(exist_ok=True)
                (beside / path).write_bytes(data)
            # mkdtemp makes private folders; a course gets the permissions of the umask.
            umask = os.umask(0)
            os.umask(umask)
            beside.chmod(0o777 & ~umask)
            if out.is_dir():
                out.rmdir()
            beside.rename(out)
        finally:
            # Nothing is there any more once it has its name.
            remove()
    return tuple(sorted(files))
