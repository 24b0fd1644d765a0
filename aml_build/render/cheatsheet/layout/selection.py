"""Select what is on the sheet where not everything fits: the least important parts are dropped first."""

from collections.abc import Sequence
from dataclasses import dataclass

from aml_build.render.cheatsheet.content.box import Box, Rank
from aml_build.render.cheatsheet.layout.candidates import Candidates, Shown
from aml_build.render.cheatsheet.layout.packing import fits
from aml_build.render.cheatsheet.layout.sizes import spacing

_ORDER: tuple[tuple[Rank, int], ...] = (
    (Rank.EXTRA, 3),
    (Rank.FIGURE, 3),
    (Rank.EXTRA, 2),
    (Rank.FIGURE, 2),
    (Rank.MAIN, 3),
    (Rank.CORE, 3),
    (Rank.EXTRA, 1),
    (Rank.MAIN, 2),
    (Rank.FIGURE, 1),
    (Rank.CORE, 2),
    (Rank.MAIN, 1),
    (Rank.CORE, 1),
)
"""What is dropped first: rank of the part and priority of the concept; CORE is the whole box."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A unit of dropping: a part of a box, or a whole box."""

    box: Box
    part: str
    """Name of the part; empty for the whole box."""
    slots: Shown
    cost: int
    """Height at the smallest size, sp, with the white space around it."""
    round: int
    """When it is dropped: 0 is first."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What is on the sheet and what is not."""

    shown: Shown
    left_out: tuple[Piece, ...]
    """Most important first; of equally important ones the highest first."""


def pieces(candidates: Candidates) -> tuple[Piece, ...]:
    """Return everything that can be dropped, in the order of dropping."""
    size = candidates.sizes.size(0)
    heights, space = candidates.heights(size), spacing(size)
    found: list[Piece] = []
    for box in candidates.boxes:
        core = [box.title.slot]
        cost = heights[core[0]] + space.between_boxes + space.above_body + space.below_body
        for part in box.parts:
            if part.rank is Rank.FILLER:
                continue
            own = heights[part.slot] + space.between_parts
            if part.rank is Rank.CORE:
                core.append(part.slot)
                cost += own
                continue
            turn = _ORDER.index((part.rank, box.priority))
            found.append(Piece(box, part.name, frozenset({part.slot}), own, turn))
        turn = _ORDER.index((Rank.CORE, box.priority))
        found.append(Piece(box, "", frozenset(core), cost, turn))
    return tuple(sorted(found, key=lambda piece: (piece.round, -piece.cost)))


class _Trial:
    """A set of shown parts, with the height of each box: thousands of sets are tried."""

    def __init__(self, candidates: Candidates) -> None:
        self._candidates = candidates
        self._size = candidates.sizes.size(0)
        heights, space = candidates.heights(self._size), spacing(self._size)
        self._bands = {
            lesson: heights[band.slot] + space.after_band
            for lesson, band in candidates.bands.items()
        }
        self._gap, self._limits = space.between_boxes, candidates.limits(self._size)
        self.shown = set(candidates.everything())
        self._heights: dict[str, int] = {}
        for box in candidates.boxes:
            self._update(box)

    def _update(self, box: Box) -> None:
        if box.title.slot in self.shown:
            self._heights[box.id] = self._candidates.box_height(box, self.shown, self._size)
        else:
            self._heights.pop(box.id, None)

    def drop(self, piece: Piece) -> None:
        """Drop the piece."""
        self.shown -= piece.slots
        self._update(piece.box)

    def restore(self, piece: Piece) -> None:
        """Show the piece again."""
        self.shown |= piece.slots
        self._update(piece.box)

    def fits(self) -> bool:
        """Return whether what is shown fits."""
        units, lesson = [], None
        for box in self._candidates.boxes:
            own = self._heights.get(box.id)
            if own is None:
                continue
            units.append(own + (self._bands[box.lesson] if box.lesson != lesson else 0))
            lesson = box.lesson
        return sum(units) <= sum(self._limits) and fits(units, self._gap, self._limits)


def select(candidates: Candidates) -> Selection:
    """Return what fits at the smallest size."""
    trial = _Trial(candidates)
    if trial.fits():
        return Selection(frozenset(trial.shown), ())
    dropped: list[Piece] = []
    for piece in pieces(candidates):
        trial.drop(piece)
        dropped.append(piece)
        if trial.fits():
            break
    # The last piece may have freed more than was needed, so a smaller one dropped before may return.
    left_out: list[Piece] = []
    for piece in sorted(dropped, key=lambda p: (-p.round, p.cost)):
        if piece.part and piece.box.title.slot not in trial.shown:
            left_out.append(piece)
            continue
        trial.restore(piece)
        if not trial.fits():
            trial.drop(piece)
            left_out.append(piece)
    left_out.sort(key=lambda p: (-p.round, -p.cost))
    return Selection(frozenset(trial.shown), tuple(left_out))


def price(piece: Piece, everything: Sequence[Piece], shown: Shown) -> tuple[Piece, ...]:
    """Return what would have to be dropped, least important first, for the piece to be shown.

    ``everything`` are all pieces in the order of dropping. The result is empty where all that could
    be dropped is not enough.
    """
    freed, given = 0, []
    for other in everything:
        if freed >= piece.cost:
            break
        if other.slots <= shown and other.box.id != piece.box.id:
            given.append(other)
            freed += other.cost
    # A high piece that came late may free enough without some of those before it.
    for other in tuple(given):
        if freed - other.cost >= piece.cost:
            given.remove(other)
            freed -= other.cost
    return tuple(given) if freed >= piece.cost else ()
