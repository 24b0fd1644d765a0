"""Where a course is, seen from a folder, and where its artifacts go."""

from collections.abc import Iterator
from pathlib import Path

from aml_build.storage.source_paths import OUT, SETTINGS

CONTENT = Path("content")
"""The folder of a course that is part of a larger repository; its artifacts go beside it."""


def find_course(here: Path) -> Path | None:
    """Return the nearest course in a folder or above it, relative to the folder; ``None`` without one.

    In each folder, the folder itself is tried first, then its subfolder ``content``.
    """
    return next((folder for folder in _upwards(here) if _has_course(here / folder)), None)


def _has_course(folder: Path) -> bool:
    try:
        return (folder / SETTINGS).is_file()
    except PermissionError:
        return False


def _upwards(here: Path) -> Iterator[Path]:
    up = Path()
    for _ in (here, *here.parents):
        yield from (up, up / CONTENT)
        up = up / ".."


def courses_below(here: Path) -> tuple[Path, ...]:
    """Return the courses in the subfolders of a folder, relative to it, by name."""
    return tuple(sorted(path.parent.relative_to(here) for path in here.glob(f"*/{SETTINGS}")))


def output_folder(root: Path) -> Path:
    """Return where the artifacts of a course go unless the user names a folder.

    This is ``out`` in the course's folder, or beside a folder with the name ``content``.
    """
    if root.resolve().name != CONTENT.name:
        return root / OUT
    return (
        root.parent / OUT
        if root.name == CONTENT.name and not root.is_symlink()
        else root / ".." / OUT
    )
