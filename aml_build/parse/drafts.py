"""All lessons of a course: those that changed are parsed, on several cores if there are many."""

import functools
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

import msgspec

from aml_build.cache import Cache, digest
from aml_build.model import Macro
from aml_build.parse.lesson import Draft
from aml_build.parse.workers import parse_lessons
from aml_build.source import Source

_ROOM = "lessons"


def drafts_of(
    sources: Sequence[Source], macros: Mapping[str, Macro], cache: Cache
) -> tuple[Draft, ...]:
    """Return the lessons by number; files with one number by path."""
    ordered = tuple(sorted(macros.values(), key=lambda macro: macro.name))
    spelled = msgspec.msgpack.encode(ordered)
    keys = {s.path: digest(_parser(), spelled, s.path, s.text) for s in sources}
    known = {s.path: _remembered(cache, keys[s.path]) for s in sources}
    stale = [source for source in sources if known[source.path] is None]
    for source, draft in zip(stale, parse_lessons(stale, ordered), strict=True):
        known[source.path] = draft
        cache.put(_ROOM, keys[source.path], msgspec.msgpack.encode(draft))
    drafts = [draft for draft in known.values() if draft is not None]
    return tuple(sorted(drafts, key=lambda draft: (draft.lesson.number, draft.names.path)))


def _remembered(cache: Cache, key: str) -> Draft | None:
    data = cache.get(_ROOM, key)
    if data is None:
        return None
    try:
        return msgspec.msgpack.decode(data, type=Draft)
    except msgspec.DecodeError:
        return None


@functools.cache
def _parser() -> str:
    """Return a name for the code that makes drafts: what was parsed by other code is stale."""
    package = Path(__file__).parents[1]
    files = [
        file
        for room in ("diagnostics", "model", "names", "parse", "plain", "source", "texmath")
        for file in (package / f"{room}.py", *sorted((package / room).rglob("*.py")))
        if file.is_file()
    ]
    return digest(version("markdown-it-py"), *(file.read_bytes() for file in files))
