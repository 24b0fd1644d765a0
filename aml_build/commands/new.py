"""`aml-build new` without its command line: a starter course, with the schema of its settings."""

import shutil
from pathlib import Path

from aml_build.resources import templates
from aml_build.schema.json_schemas import Described, schema


class FolderNotEmptyError(Exception):
    """The folder for a new course is not empty."""


def begin(folder: Path) -> tuple[Path, ...]:
    """Copy the starter course and return its files; raise ``FolderNotEmptyError`` or ``OSError``."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderNotEmptyError(
            f"{folder} is not an empty folder. Name one that does not exist yet."
        )
    shutil.copytree(templates() / "new", folder, dirs_exist_ok=True)
    # course.yaml names this file, so an editor needs neither network nor tool to find the schema.
    (folder / Described.COURSE.file).write_text(schema(Described.COURSE), encoding="utf-8")
    return tuple(sorted(path for path in folder.rglob("*") if path.is_file()))
