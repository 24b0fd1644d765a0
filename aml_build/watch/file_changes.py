"""The edits of a folder as they come."""

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path

from watchfiles import watch

from aml_build.storage.source_paths import is_source

_STEP = 40
"""Milliseconds without a further change before an edit counts as saved: editors write in bursts."""
_LONGEST = 400
"""Milliseconds after which a burst is taken as it is."""
_LOOK = 200
"""Milliseconds between looks at whether the folder itself is still the one that is watched."""

_Identity = tuple[int, int]


def changes(root: Path, out: Path) -> Iterator[tuple[str, ...]]:
    """Yield the paths, relative to the folder, of each edit in it.

    Yield none of them first, when the watch has begun, and whenever the folder itself has come or
    gone: a version control system may well take it away for a moment.
    """
    root, out = root.resolve(), out.resolve()
    while True:
        identity = _identity(root)
        if identity is None:
            yield ()
            while _identity(root) is None:
                time.sleep(_LOOK / 1000)
            continue
        # It may go between the look and the watch.
        with contextlib.suppress(FileNotFoundError):
            yield from _changes_while(root, out, identity)


def _changes_while(root: Path, out: Path, identity: _Identity) -> Iterator[tuple[str, ...]]:
    """Yield edits as long as the folder is the one that is watched."""
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
    """Return what tells a folder from another one that takes its name."""
    try:
        found = root.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _wanted(name: str, root: Path, out: Path) -> str:
    """Return the path relative to the folder; nothing for what editors keep there for themselves."""
    path = Path(name)
    inside = path.relative_to(root)
    if not is_source(inside) or name.endswith("~") or path.is_relative_to(out):
        return ""
    return inside.as_posix()
