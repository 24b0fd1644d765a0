"""Which files below a course's folder belong to the course."""

import os
from collections.abc import Iterator
from pathlib import Path, PurePath

TESTS = "tests"
"""The folder of a course's own tests, which no build reads."""
RELEASE_TEXTS = "release-texts.jsonl"
"""The released text of each note, which `diff` and `release` read and write."""


def is_source(path: PurePath) -> bool:
    """Return whether a path, relative to the folder, is neither hidden nor one of the tests."""
    hidden = any(part.startswith(".") or part == "__pycache__" for part in path.parts)
    return not hidden and path.parts[:1] != (TESTS,)


def source_paths(root: Path) -> Iterator[str]:
    """Yield the paths of the course's files, relative and POSIX, in order; links lead to files."""
    found = []
    for folder, folders, names in os.walk(root):
        here = Path(folder).relative_to(root)
        folders[:] = [name for name in folders if is_source(here / name)]
        found += [(here / name).as_posix() for name in names if is_source(here / name)]
    yield from sorted(found)
