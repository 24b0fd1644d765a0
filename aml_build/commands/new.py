"""A small course to begin with, and the schema that an editor checks its settings with."""

import shutil
from pathlib import Path

from aml_build.resources import templates
from aml_build.schema.json_schemas import Described, schema


class FolderNotEmptyError(Exception):
    """The folder holds something already."""


def begin(folder: Path) -> tuple[Path, ...]:
    """Copy the starter course and return its files; raise ``FolderNotEmptyError`` or ``OSError``."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderNotEmptyError(
            f"{folder} is not an empty folder. Name one that does not exist yet."
        )
    shutil.copytree(templates() / "new", folder, dirs_exist_ok=True)
    # Beside the file that names it: an editor finds it without the network and without this tool.
    (folder / Described.COURSE.file).write_text(schema(Described.COURSE), encoding="utf-8")
    return tuple(sorted(path for path in folder.rglob("*") if path.is_file()))
