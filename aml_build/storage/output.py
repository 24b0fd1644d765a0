"""Write the artifacts of a build all together or not at all, one build at a time."""

import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from aml_build.storage.files import beside
from aml_build.storage.source_paths import CACHE

_LOCK = "lock"
_LEFTOVER = re.compile(r"\..+\.(\d+)-[0-9a-f]{8}\.tmp")


class FolderNotEmptyError(Exception):
    """The folder for a new course is not empty."""


def check_free(folder: Path, otherwise: str = "") -> None:
    """Raise ``FolderNotEmptyError``, with what else to do, unless the folder is missing or empty."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderNotEmptyError(
            f"{folder} is not an empty folder. Name one that does not exist yet{otherwise}."
        )


def write_together(out: Path, files: Mapping[str, bytes]) -> frozenset[str]:
    """Write files by POSIX path below a folder; return the paths of those that differ from before.

    Only files that differ are written, so viewers reload only those. All temporary files are
    written before the first is renamed: if one cannot be written, raise ``OSError``, change nothing.
    """
    with _exclusive(out):
        _sweep(out)
        with ExitStack() as stack:
            changed = {
                path: stack.enter_context(beside(out / path, data))
                for path, data in files.items()
                if not _has_content(out / path, data)
            }
            for path, temporary in changed.items():
                temporary.replace(out / path)
    return frozenset(changed)


def _has_content(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() == data
    except OSError:
        return False


@contextmanager
def _exclusive(out: Path) -> Iterator[None]:
    """Wait until no other build writes into the folder; go on if it cannot be locked."""
    folder = out / CACHE
    with ExitStack() as stack:
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            file = stack.enter_context((folder / _LOCK).open("ab"))
            # The system frees the lock even if this process is killed.
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
            else:
                import fcntl

                fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _sweep(out: Path) -> None:
    """Remove the temporary files of builds that were killed; the lock keeps other builds away."""
    for path in out.rglob(".*.tmp"):
        found = _LEFTOVER.fullmatch(path.name)
        if found and not _alive(int(found[1])):
            with suppress(OSError):
                path.unlink()


def _alive(process: int) -> bool:
    """Return whether the process exists; it may be writing into the cache."""
    if sys.platform == "win32":
        return process == os.getpid()
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
