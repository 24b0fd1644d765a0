"""Heights of parts at sizes: measured by TeX in one run, kept by content."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import msgspec

from aml_build.engines import pdflatex as tex
from aml_build.render.cheatsheet.boxes import Part
from aml_build.storage.cache import Cache, digest

HEIGHTS_FILE = "heights.txt"
_ROOM = "sheet-heights"

Wanted = tuple[str, float]
"""A part's slot and a base size in pt."""


class _Kept(msgspec.Struct):
    """What the cache holds of one sheet."""

    heights: dict[str, dict[str, int]]
    """By digest of what a part shows, by size in pt: sp."""
    slots: dict[str, str]
    """Digest by slot."""


@dataclass
class Heights:
    """What is known about the heights of a sheet's parts, and a guess for those just edited."""

    parts: Mapping[str, Part]
    """By slot: the concept's id and the part's name."""
    setup: str
    """Everything else that heights depend on: styles, width."""
    digests: dict[str, str] = field(init=False)
    known: dict[str, dict[str, int]] = field(default_factory=dict)
    _former: dict[str, dict[str, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.digests = _digests(self.parts)

    def add(self, parts: Mapping[str, Part]) -> None:
        """Take in parts that depend on others: a finder names what was chosen."""
        self.parts = {**self.parts, **parts}
        self.digests |= _digests(parts)

    def at(self, slot: str, size: float) -> int:
        """Return the height of a part at a base size in pt, in sp; raise ``KeyError`` if unknown."""
        return self.known[self.digests[slot]][f"{size:.3f}"]

    def guessed(self, slot: str, size: float) -> int:
        """Return the height, or what it was before the last edit; raise ``KeyError``."""
        key = f"{size:.3f}"
        exact = self.known.get(self.digests[slot], {}).get(key)
        return exact if exact is not None else self._former[slot][key]

    def lacking(self, wanted: Iterable[Wanted]) -> tuple[Wanted, ...]:
        """Return what of the wanted must still be measured, each text once."""
        missing: dict[tuple[str, float], Wanted] = {}
        for slot, size in wanted:
            name = self.digests[slot]
            if f"{size:.3f}" not in self.known.get(name, {}):
                missing.setdefault((name, size), (slot, size))
        return tuple(missing.values())

    def learn(self, order: tuple[str, ...], data: bytes) -> None:
        """Take in what TeX wrote: lines of part number, size in pt, height in sp."""
        for line in data.decode("ascii").splitlines():
            number, size, height = line.split()
            slot = order[int(number)]
            self.known.setdefault(self.digests[slot], {})[f"{float(size):.3f}"] = int(height)

    def load(self, cache: Cache, name: str) -> None:
        """Remember what the last build of this sheet measured."""
        data = cache.get(_ROOM, digest(self.setup, name))
        if data is None:
            return
        try:
            kept = msgspec.msgpack.decode(data, type=_Kept)
        except msgspec.DecodeError:
            return
        self.known = kept.heights
        self._former = {
            slot: kept.heights[name] for slot, name in kept.slots.items() if name in kept.heights
        }

    def save(self, cache: Cache, name: str) -> None:
        """Keep the heights of the parts that there are now."""
        present = sorted(set(self.digests.values()) & set(self.known))
        kept = _Kept({name: self.known[name] for name in present}, self.digests)
        cache.put(_ROOM, digest(self.setup, name), msgspec.msgpack.encode(kept))


def _digests(parts: Mapping[str, Part]) -> dict[str, str]:
    """Return digests of what the parts show: a line more in the notes moves no box on the sheet."""
    return {slot: digest(tex.unmarked(part.tex)) for slot, part in parts.items()}


def probe(wanted: Iterable[Wanted], parts: Mapping[str, Part]) -> tuple[str, tuple[str, ...]]:
    """Return TeX that writes the wanted heights, and the slots by the numbers it writes."""
    sizes: dict[str, list[float]] = {}
    for slot, size in wanted:
        sizes.setdefault(slot, []).append(size)
    lines = []
    for number, (slot, several) in enumerate(sizes.items()):
        listed = ",".join(f"{size:.3f}" for size in sorted(several))
        part = parts[slot]
        full = "F" if part.name in ("title", "band") else "B"
        lines.append(f"\\amlmeasure{full}{{{number}}}{{{listed}}}{{%\n{part.tex}}}\n")
    return "".join(lines), tuple(sizes)
