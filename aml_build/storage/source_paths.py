"""Which files below a course's folder belong to the course."""

import os
from collections.abc import Callable, Collection, Iterator
from pathlib import Path, PurePath

SETTINGS = "course.yaml"
"""The file that makes a folder a course."""
TESTS = "tests"
"""The folder of a course's own tests, which no build reads."""
RELEASE_TEXTS = "release-texts.jsonl"
"""The released text of each note, which `diff` and `release` read and write."""
OUT = "out"
"""The folder beside ``course.yaml`` for what is built."""
STATE = ".aml-build"
"""The folder beside ``course.yaml`` for what builds remember: it survives the removal of the artifacts."""
CACHE = ".cache"
"""The folder of the cache, in each output folder."""
_OTHERS = frozenset([SETTINGS, "pyvenv.cfg"])
"""A folder below a course with one of these files is another course or a Python environment."""
_NEVER = frozenset(["__pycache__", "node_modules"])
"""Folders of programs."""


def is_source(path: PurePath) -> bool:
    """Return whether a path, relative to the course's folder, can be of the course by its name."""
    return _is_visible(path) and path.parts[:1] not in ((TESTS,), (OUT,))


def source_paths(root: Path) -> Iterator[str]:
    """Yield the paths of the course's files, relative and POSIX, in order; links lead to files."""
    return _below(root, is_source, _is_foreign)


def visible_paths(root: Path) -> Iterator[str]:
    """Yield the paths of all files below a folder that are not hidden, relative, POSIX, in order."""
    return _below(root, _is_visible, lambda _folders, _names: False)


def _below(
    root: Path,
    wanted: Callable[[PurePath], bool],
    foreign: Callable[[Collection[str], Collection[str]], bool],
) -> Iterator[str]:
    found = []
    for folder, folders, names in os.walk(root):
        here = Path(folder).relative_to(root)
        if here.parts and foreign(folders, names):
            folders.clear()
            continue
        folders[:] = [name for name in folders if wanted(here / name)]
        found += [(here / name).as_posix() for name in names if wanted(here / name)]
    yield from sorted(found)


def _is_visible(path: PurePath) -> bool:
    return not any(part.startswith(".") or part in _NEVER for part in path.parts)


def _is_foreign(folders: Collection[str], names: Collection[str]) -> bool:
    """Return whether a folder below the course is not of the course; builds leave a cache in theirs."""
    return CACHE in folders or not _OTHERS.isdisjoint(names)
