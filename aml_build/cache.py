"""A content-addressed store of things that are slow to make and safe to delete."""

import hashlib
import os
import tempfile
from pathlib import Path


def digest(*parts: str | bytes) -> str:
    """Return a name for the given parts: equal if and only if all parts are equal."""
    state = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        state.update(len(data).to_bytes(8, "big"))
        state.update(data)
    return state.hexdigest()


def write_atomically(path: Path, data: bytes) -> None:
    """Write beside, then rename, so that nobody ever sees half a file; raise ``OSError``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        # mkstemp makes private files; artifacts are for everybody the umask lets read.
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


class Cache:
    """Bytes by key, in one folder; a cache without a folder forgets everything."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, room: str, key: str) -> bytes | None:
        """Return what was put under the key, or nothing."""
        if self._folder is None:
            return None
        try:
            return (self._folder / room / key[:2] / key).read_bytes()
        except OSError:
            return None

    def put(self, room: str, key: str, data: bytes) -> None:
        """Keep the bytes under the key; a cache that cannot be written is no error."""
        if self._folder is None:
            return
        try:
            write_atomically(self._folder / room / key[:2] / key, data)
        except OSError:
            return
