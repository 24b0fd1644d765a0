"""Atomic writes, digests, and how errors of the system are shown."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from aml_build.shutdown import cleanup_on_exit


def digest(*parts: str | bytes) -> str:
    """Return a name for the given parts: equal if and only if all parts are equal."""
    pieces: list[bytes] = []
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        pieces += (len(data).to_bytes(8, "big"), data)
    return hashlib.sha256(b"".join(pieces)).hexdigest()


def describe(error: OSError) -> str:
    """Return the place and the reason of an error of the operating system."""
    return f"{f'{error.filename}: ' if error.filename else ''}{error.strerror or error}"


def write_atomically(path: Path, *pieces: bytes) -> None:
    """Write a temporary file and rename it, so that no reader sees half a file; raise ``OSError``."""
    with beside(path, *pieces) as temporary:
        temporary.replace(path)


@contextmanager
def beside(path: Path, *pieces: bytes) -> Iterator[Path]:
    """Write the pieces into a temporary file beside the path; remove it unless it was renamed.

    Raise ``OSError`` that names the path.
    """
    # By the process id, a later build recognises the file of a build that was killed.
    name = f".{path.name}.{os.getpid()}-{os.urandom(4).hex()}.tmp"
    temporary = path.with_name(name)
    with cleanup_on_exit(lambda: temporary.unlink(missing_ok=True)):
        try:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                with temporary.open("xb") as file:
                    file.writelines(pieces)
            except OSError as error:
                raise OSError(error.errno, error.strerror, str(path)) from error
            yield temporary
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
