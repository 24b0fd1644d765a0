"""Atomic writes, files with a checksum, digests."""

import hashlib
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from aml_build.shutdown import cleanup_on_exit

_SUM_LENGTH = 4


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


def write_sealed(path: Path, data: bytes) -> None:
    """Write the data with a checksum in front, which shows damage; raise ``OSError``."""
    write_atomically(path, _sum(data), data)


def read_sealed(path: Path) -> bytes | None:
    """Return the data, or nothing if it does not match its checksum; raise ``OSError``."""
    with path.open("rb") as file:
        total, data = file.read(_SUM_LENGTH), file.read()
    return data if total == _sum(data) else None


def _sum(data: bytes) -> bytes:
    # Damage is accidental, and each build reads megabytes: CRC-32 suffices and is fast.
    return zlib.crc32(data).to_bytes(_SUM_LENGTH, "big")


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
