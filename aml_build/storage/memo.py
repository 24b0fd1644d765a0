"""Work done once: what was made of a part of the course is recalled while the part stays the same."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import msgspec

from aml_build.storage.build_stamp import tool_digest
from aml_build.storage.cache import Cache, digest

A = TypeVar("A")
R = TypeVar("R")

_ROOM = "remembered"
_encode = msgspec.msgpack.encode
#: Results as bytes, not as values, so that those no longer asked for are skipped at once.
_Store = dict[str, bytes]


def recall_or_compute(
    cache: Cache,
    room: str,
    common: object,
    parts: Sequence[A],
    work: Callable[[Sequence[A]], Iterable[R]],
    kind: type[R],
) -> list[R]:
    """Return what ``work`` makes of each part, asking it only about those that are new to it.

    ``work`` must depend on nothing but the parts and what is ``common`` to them: these and the tool
    itself are what results are kept under. A room keeps what was asked last and forgets the rest,
    so that it never outgrows the course.
    """
    if cache.forgetful:
        return list(work(parts)) if parts else []
    shared = digest(tool_digest(), _encode(common))
    keys = [digest(shared, _encode(part)) for part in parts]
    stored = _stored(cache, room)
    known: dict[str, R] = {}
    new: dict[str, A] = {}
    for key, part in zip(keys, parts, strict=True):
        result = _recalled(stored[key], kind) if key in stored else None
        if result is None:
            new[key] = part
        else:
            known[key] = result
    made = dict(zip(new, work(tuple(new.values())), strict=True)) if new else {}
    if made or len(known) < len(stored):
        fresh = {key: _encode(result) for key, result in made.items()}
        cache.put(_ROOM, room, _encode({key: stored[key] for key in known} | fresh))
    results = known | made
    return [results[key] for key in keys]


def has_results(cache: Cache, room: str) -> bool:
    """Return whether anything at all is kept in a room."""
    return cache.get(_ROOM, room) is not None


def _stored(cache: Cache, room: str) -> _Store:
    data = cache.get(_ROOM, room)
    try:
        return msgspec.msgpack.decode(data, type=_Store) if data else {}
    except msgspec.DecodeError:
        return {}


def _recalled(data: bytes, kind: type[R]) -> R | None:
    try:
        return msgspec.msgpack.decode(data, type=kind)
    except msgspec.DecodeError:
        return None
