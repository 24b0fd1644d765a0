"""`aml-build new` without its command line: a starter course, with the schema of its settings."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

from aml_build.commands.ignore_files import ignore_files
from aml_build.model.slugs import course_id
from aml_build.resources import templates
from aml_build.schema.json_schemas import Described, schema
from aml_build.storage.course_search import CONTENT
from aml_build.storage.files import write_atomically
from aml_build.storage.output import FolderNotEmptyError
from aml_build.storage.source_paths import SETTINGS, visible_paths

_NO_NOTES = re.compile(r"\..*|(readme|licen[cs]e|copying)(\..*)?", re.IGNORECASE)
"""What a repository contains before its first work; hidden files are never notes."""
_ID = re.compile(r"^id: \S+ *", re.MULTILINE)
_COMMENT_COLUMN = 23


def begin(folder: Path) -> tuple[Path, ...]:
    """Write the starter course; return the files written, in order.

    Raise ``FolderNotEmptyError`` for a folder with other files than those of a new repository,
    ``OSError`` if writing fails.
    """
    _check_free(folder)
    files = dict(_files(folder))
    for path, data in files.items():
        write_atomically(path, data)
    return tuple(sorted(files))


def _check_free(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise FolderNotEmptyError(f"{folder} is a file. Name a folder that does not exist yet.")
    if (folder / SETTINGS).exists():
        raise FolderNotEmptyError(
            f"{folder} already has a course. To build it: aml-build build --content {shlex.quote(str(folder))}"
        )
    others = sorted(p.name for p in folder.iterdir() if not _NO_NOTES.fullmatch(p.name))
    if others:
        raise FolderNotEmptyError(
            f"{folder} is not an empty folder: it has {others[0]}. Name one that does not exist "
            "yet, or that has only a README, a licence and hidden files."
        )


def _files(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield each file of the starter course, none of which exists, then each file to be ignored."""
    for name in visible_paths(templates() / "new"):
        text = (templates() / "new" / name).read_text(encoding="utf-8")
        yield folder / name, (_named(text, folder) if name == SETTINGS else text).encode()
    # course.yaml names this file, so an editor needs neither network nor tool to find the schema.
    yield folder / Described.COURSE.file, schema(Described.COURSE).encode()
    yield from ignore_files(folder)


def _named(settings: str, folder: Path) -> str:
    """Return the settings with an id of the folder's name, so that two courses differ."""
    place = folder.resolve()
    name = place.parent.name if place.name == CONTENT.name else place.name
    return _ID.sub(f"id: {course_id(name)}".ljust(_COMMENT_COLUMN - 1) + " ", settings, count=1)
