"""Relative URLs of files, and the repository from which code hosts count them."""

import os
from pathlib import Path
from urllib.parse import quote


def repository(root: Path) -> Path:
    """Return the folder of the repository that has the course, or the current folder without one."""
    place = root.resolve()
    found = (folder for folder in (place, *place.parents) if (folder / ".git").exists())
    return next(found, Path())


def relative_url(target: Path, folder: Path) -> str:
    """Return the relative URL of a target, seen from a folder; an absolute one where there is none."""
    try:
        return quote(Path(os.path.relpath(target, folder)).as_posix())
    except ValueError:
        # On Windows, the two are on different drives.
        return target.resolve().as_uri()
