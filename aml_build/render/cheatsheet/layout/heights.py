"""The heights of parts at sizes, as TeX measured them; cached by the parts' content."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from aml_build.engines.tex_log import unmarked
from aml_build.render.cheatsheet.content.box import Part
from aml_build.render.cheatsheet.layout.paper import Page
from aml_build.storage.cache import Cache
from aml_build.storage.files import digest

_NAMESPACE = "sheet-heights"

Wanted = tuple[str, float]
"""A part's slot and a base size in pt."""
HeightsAt = Callable[[float], Mapping[str, int]]
"""The heights by slot, sp, at a base size in pt; a part without a known height is missing."""


class _Stored(msgspec.Struct):
    """The cache entry of one sheet."""

    heights: dict[str, dict[str, int]]
    """By digest of the part's LaTeX, by size in pt: sp."""
    slots: dict[str, str]
    """Digest by slot."""


@dataclass
class Heights:
    """The known heights of the parts of sheets with one column width."""

    setup: str
    """Digest of all else that heights depend on: styles, column width, figures."""
    page: Page
    """A page with columns of this width."""
    parts: dict[str, Part] = field(default_factory=dict)
    """By slot."""
    digests: dict[str, str] = field(default_factory=dict)
    """By slot."""
    _known: dict[str, dict[str, int]] = field(default_factory=dict)
    _former: dict[str, dict[str, int]] = field(default_factory=dict)
    _tables: dict[tuple[float, bool], Mapping[str, int]] = field(default_factory=dict)

    def add(self, parts: Iterable[Part]) -> None:
        """Add parts; their digests ignore the marks, so that moved lines need no new measurement."""
        for part in parts:
            self.parts[part.slot] = part
            self.digests[part.slot] = digest(unmarked(part.tex))
        self._tables.clear()

    def at(self, size: float, *, guess: bool = False) -> Mapping[str, int]:
        """Return the heights by slot, sp, at a base size in pt.

        With ``guess``, a part that has just been edited has the height from before the edit.
        """
        table = self._tables.get((size, guess))
        if table is None:
            key = _key(size)
            table = {slot: own[key] for slot, own in self._former.items() if guess and key in own}
            for slot, name in self.digests.items():
                if (height := self._known.get(name, {}).get(key)) is not None:
                    table[slot] = height
            self._tables[size, guess] = table
        return table

    def lacking(self, wanted: Iterable[Wanted]) -> tuple[Wanted, ...]:
        """Return the wanted heights that are unknown, equal parts only once."""
        missing: dict[tuple[str, float], Wanted] = {}
        for slot, size in wanted:
            name = self.digests[slot]
            if _key(size) not in self._known.get(name, {}):
                missing.setdefault((name, size), (slot, size))
        return tuple(missing.values())

    def learn(self, order: Sequence[str], data: bytes) -> None:
        """Add the heights that TeX wrote: lines of index in ``order``, size in pt, height in sp."""
        for line in data.decode("ascii").splitlines():
            number, size, height = line.split()
            name = self.digests[order[int(number)]]
            self._known.setdefault(name, {})[_key(float(size))] = int(height)
        self._tables.clear()

    def load(self, cache: Cache, name: str) -> None:
        """Read the heights of the last build of the sheet with this name."""
        data = cache.get(_NAMESPACE, digest(self.setup, name))
        if data is None:
            return
        try:
            stored = msgspec.msgpack.decode(data, type=_Stored)
        except msgspec.DecodeError:
            return
        self._known = stored.heights
        self._former = {
            slot: stored.heights[digest_]
            for slot, digest_ in stored.slots.items()
            if digest_ in stored.heights
        }
        self._tables.clear()

    def save(self, cache: Cache, name: str) -> None:
        """Store the heights of the present parts for the next build of this sheet."""
        present = sorted(set(self.digests.values()) & set(self._known))
        stored = _Stored({name: self._known[name] for name in present}, self.digests)
        cache.put(_NAMESPACE, digest(self.setup, name), msgspec.msgpack.encode(stored))


Request = tuple[Heights, tuple[Wanted, ...]]
"""Heights to measure, and where they are kept."""


def missing(requests: Iterable[Request]) -> tuple[Request, ...]:
    """Return the requests without the heights that are known."""
    lacking = ((heights, heights.lacking(wanted)) for heights, wanted in requests)
    return tuple((heights, wanted) for heights, wanted in lacking if wanted)


def _key(size: float) -> str:
    return f"{size:.3f}"
