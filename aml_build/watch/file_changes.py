"""The edits in a folder, as a stream."""

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path

from watchfiles import watch

from aml_build.storage.source_paths import is_source

_STEP = 40
"""Milliseconds without a change that end an edit, since editors write files in bursts."""
_LONGEST = 400
"""Milliseconds after which an edit ends in any case."""
_LOOK = 200
"""Milliseconds between checks that the folder is still the same one."""

_Identity = tuple[int, int]


def changes(root: Path, out: Path) -> Iterator[tuple[str, ...]]:
    """Yield the paths, relative to the folder, of each edit in it.

    Yield an empty tuple when the watch begins and when the folder disappears or comes back, as
    it does while a version control system replaces it.
    """
    root, out = root.resolve(), out.resolve()
    while True:
        identity = _identity(root)
        if identity is None:
            yield ()
            while _identity(root) is None:
                time.sleep(_LOOK / 1000)
            continue
        # The folder may disappear before the watch begins.
        with contextlib.suppress(FileNotFoundError):
            yield from _changes_while(root, out, identity)


def _changes_while(root: Path, out: Path, identity: _Identity) -> Iterator[tuple[str, ...]]:
    """Yield edits until the folder is replaced."""
    watched = watch(
        root,
        watch_filter=None,
        debounce=_LONGEST,
        step=_STEP,
        rust_timeout=_LOOK,
        yield_on_timeout=True,
    )
    begun = False
    for found in watched:
        if _identity(root) != identity:
            return
        paths = tuple(sorted({path for _, name in found if (path := _wanted(name, root, out))}))
        if paths or not begun:
            yield paths
        begun = True


def _identity(root: Path) -> _Identity | None:
    """Return the device and inode, which differ for a new folder of the same name."""
    try:
        found = root.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _wanted(name: str, root: Path, out: Path) -> str:
    """Return the path relative to the folder; empty for artifacts and editors' own files."""
    path = Path(name)
    inside = path.relative_to(root)
    if not is_source(inside) or name.endswith("~") or path.is_relative_to(out):
        return ""
    return inside.as_posix()
