"""What stays when not everything fits: the least important go first, of those the dearest."""

from dataclasses import dataclass

from aml_build.render.cheatsheet.boxes import Box, Rank
from aml_build.render.cheatsheet.packing import fits
from aml_build.render.cheatsheet.plan import Height, Shown, Stock, band_slot, box_height, slot
from aml_build.render.cheatsheet.sizes import room

_ROUNDS: tuple[tuple[Rank, int], ...] = (
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
"""What goes first: rank of the part and priority of the concept; a core is the whole box."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that can be left out: a part of a box, or a whole box."""

    box: Box
    part: str
    """Name of the part; empty for the whole box."""
    slots: Shown
    cost: int
    """Height at the smallest size, sp, with the white space that goes with it."""
    round: int
    """When it goes; the first to go has 0."""


def pieces(stock: Stock, height: Height) -> tuple[Piece, ...]:
    """Return everything that can be left out, the first to go first."""
    size = stock.grid.size(0)
    space = room(size)
    found: list[Piece] = []
    for box in stock.boxes:
        core = [slot(box, box.title)]
        cost = height(core[0], size) + space.between_boxes + space.above_body + space.below_body
        for part in box.parts:
            name = slot(box, part)
            if part.rank is Rank.FILLER:
                continue
            own = height(name, size) + space.between_parts
            if part.rank is Rank.CORE:
                core.append(name)
                cost += own
                continue
            turn = _ROUNDS.index((part.rank, box.priority))
            found.append(Piece(box, part.name, frozenset({name}), own, turn))
        turn = _ROUNDS.index((Rank.CORE, box.priority))
        found.append(Piece(box, "", frozenset(core), cost, turn))
    return tuple(sorted(found, key=lambda piece: (piece.round, -piece.cost)))


@dataclass(frozen=True, slots=True)
class Choice:
    """What is on the sheet and what is not."""

    shown: Shown
    left_out: tuple[Piece, ...]
    """Most important first."""


class _Tally:
    """What is shown, with the height of every box kept up to date: thousands of trials are made."""

    def __init__(self, stock: Stock, height: Height) -> None:
        self._stock = stock
        self._height = height
        self._size = stock.grid.size(0)
        self._bands = {
            band.lesson: height(band_slot(band), self._size) + room(self._size).after_band
            for band in stock.bands
        }
        self.shown = set(stock.everything())
        self._boxes = {box.id: self._measure(box) for box in stock.boxes}

    def _measure(self, box: Box) -> int | None:
        """Return the height of a box, or nothing where it is not on the sheet."""
        if slot(box, box.title) not in self.shown:
            return None
        return box_height(box, self.shown, self._size, self._height)

    def drop(self, piece: Piece) -> None:
        """Leave the piece out."""
        self.shown -= piece.slots
        self._boxes[piece.box.id] = self._measure(piece.box)

    def take(self, piece: Piece) -> None:
        """Take the piece back."""
        self.shown |= piece.slots
        self._boxes[piece.box.id] = self._measure(piece.box)

    def fits(self) -> bool:
        """Return whether what is shown fits."""
        units, lesson = [], None
        for box in self._stock.boxes:
            own = self._boxes[box.id]
            if own is None:
                continue
            units.append(own + (self._bands.get(box.lesson, 0) if box.lesson != lesson else 0))
            lesson = box.lesson
        page = self._stock.page
        limits = (page.column_height,) * page.total
        return sum(units) <= sum(limits) and fits(units, room(self._size).between_boxes, limits)


def choose(stock: Stock, height: Height) -> Choice:
    """Return what fits at the smallest size."""
    tally = _Tally(stock, height)
    if tally.fits():
        return Choice(frozenset(tally.shown), ())
    gone: list[Piece] = []
    for piece in pieces(stock, height):
        tally.drop(piece)
        gone.append(piece)
        if tally.fits():
            break
    # The last to go was dear: something cheaper that went before it may come back.
    left_out: list[Piece] = []
    for piece in sorted(gone, key=lambda p: (-p.round, p.cost)):
        if piece.part and slot(piece.box, piece.box.title) not in tally.shown:
            left_out.append(piece)
            continue
        tally.take(piece)
        if not tally.fits():
            tally.drop(piece)
            left_out.append(piece)
    left_out.sort(key=lambda p: (-p.round, -p.cost))
    return Choice(frozenset(tally.shown), tuple(left_out))


def instead(piece: Piece, everything: tuple[Piece, ...], shown: Shown) -> tuple[Piece, ...]:
    """Return what would have to go, least important first, for the piece to stay.

    ``everything`` are all pieces in the order in which they go.
    """
    freed, given = 0, []
    for other in everything:
        if freed >= piece.cost:
            break
        if other.slots <= shown and other.box.id != piece.box.id:
            given.append(other)
            freed += other.cost
    # What was counted first and is not needed once something dear has gone may stay after all.
    for other in tuple(given):
        if freed - other.cost >= piece.cost:
            given.remove(other)
            freed -= other.cost
    return tuple(given) if freed >= piece.cost else ()
