"""The cache: bytes by key, and results of pure functions, kept by part of the course.

A result is computed again only when its part of the course, or the tool, changes. Deleting the cache
never changes a result.
"""

import zlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from aml_build.storage.build_stamp import tool_digest
from aml_build.storage.files import digest, write_atomically

A = TypeVar("A")
R = TypeVar("R")

_SUM_LENGTH = 4
_NAMESPACE = "memo"
_encode = msgspec.msgpack.encode
#: Results as bytes, not as values, so that those no longer asked for are skipped at once.
_Store = dict[str, bytes]


class Cache:
    """Bytes by key, in one folder; a cache without a folder keeps nothing."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    @property
    def forgetful(self) -> bool:
        """Return whether nothing is kept."""
        return self._folder is None

    def get(self, namespace: str, key: str) -> bytes | None:
        """Return what was put under the key, or nothing."""
        if self._folder is None:
            return None
        try:
            return read_sealed(self._folder / namespace / key[:2] / key)
        except OSError:
            return None

    def has(self, namespace: str, key: str) -> bool:
        """Return whether something was put under the key; it may be damaged."""
        return self._folder is not None and (self._folder / namespace / key[:2] / key).exists()

    def put(self, namespace: str, key: str, data: bytes) -> None:
        """Keep the bytes under the key; a cache that cannot be written is no error."""
        if self._folder is None:
            return
        try:
            write_sealed(self._folder / namespace / key[:2] / key, data)
        except OSError:
            return


def recall_or_compute(
    cache: Cache,
    namespace: str,
    common: object,
    parts: Sequence[A],
    work: Callable[[Sequence[A]], Iterable[R]],
    kind: type[R],
) -> list[R]:
    """Return what ``work`` makes of each part; call it with the new parts only.

    ``work`` must depend only on the parts and on what is ``common`` to them: the key of a result is
    a digest of these and of the tool itself. A namespace keeps the results of the last call and drops
    all others, so it never grows beyond the course.
    """
    if cache.forgetful:
        return list(work(parts)) if parts else []
    shared = digest(tool_digest(), _encode(common))
    keys = [digest(shared, _encode(part)) for part in parts]
    stored = _stored(cache, namespace)
    known: dict[str, R] = {}
    new: dict[str, A] = {}
    for key, part in zip(keys, parts, strict=True):
        result = _decoded(stored[key], kind) if key in stored else None
        if result is None:
            new[key] = part
        else:
            known[key] = result
    made = dict(zip(new, work(tuple(new.values())), strict=True)) if new else {}
    if made or len(known) < len(stored):
        fresh = {key: _encode(result) for key, result in made.items()}
        cache.put(_NAMESPACE, namespace, _encode({key: stored[key] for key in known} | fresh))
    results = known | made
    return [results[key] for key in keys]


def has_results(cache: Cache, namespace: str) -> bool:
    """Return whether a namespace has any results."""
    return cache.get(_NAMESPACE, namespace) is not None


def _stored(cache: Cache, namespace: str) -> _Store:
    data = cache.get(_NAMESPACE, namespace)
    try:
        return msgspec.msgpack.decode(data, type=_Store) if data else {}
    except msgspec.DecodeError:
        return {}


def _decoded(data: bytes, kind: type[R]) -> R | None:
    try:
        return msgspec.msgpack.decode(data, type=kind)
    except msgspec.DecodeError:
        return None


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
