"""`aml-build new` without its command line: a starter course, with the schema of its settings."""

import shutil
from pathlib import Path

from aml_build.resources import templates
from aml_build.schema.json_schemas import Described, schema
from aml_build.storage.output import check_free


def begin(folder: Path) -> tuple[Path, ...]:
    """Copy the starter course and return its files; raise ``FolderNotEmptyError`` or ``OSError``."""
    check_free(folder)
    shutil.copytree(templates() / "new", folder, dirs_exist_ok=True)
    # course.yaml names this file, so an editor needs neither network nor tool to find the schema.
    (folder / Described.COURSE.file).write_text(schema(Described.COURSE), encoding="utf-8")
    return tuple(sorted(path for path in folder.rglob("*") if path.is_file()))
