"""What stays when not everything fits: the least important go first, of those the dearest."""

from dataclasses import dataclass

from aml_build.render.cheatsheet.boxes import Box, Rank
from aml_build.render.cheatsheet.plan import Height, Shown, Stock, roomy, slot, unit_heights
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


def choose(stock: Stock, height: Height) -> Choice:
    """Return what fits at the smallest size."""
    shown = stock.everything()
    if roomy(stock, shown, 0, height):
        return Choice(shown, ())
    gone: list[Piece] = []
    for piece in pieces(stock, height):
        if not piece.slots <= shown:
            continue
        shown -= piece.slots
        gone.append(piece)
        if _area(stock, shown, height) <= stock.page.column_height * stock.page.total and roomy(
            stock, shown, 0, height
        ):
            break
    # The last to go was dear: something cheaper that went before it may come back.
    for piece in sorted(gone, key=lambda p: (-p.round, p.cost)):
        comes_alone = piece.part and slot(piece.box, piece.box.title) not in shown
        if not comes_alone and roomy(stock, shown | piece.slots, 0, height):
            shown |= piece.slots
            gone.remove(piece)
    return Choice(shown, tuple(sorted(gone, key=lambda p: (-p.round, -p.cost))))


def _area(stock: Stock, shown: Shown, height: Height) -> int:
    size = stock.grid.size(0)
    return sum(unit_heights(stock, shown, size, height))


def instead(piece: Piece, stock: Stock, choice: Choice, height: Height) -> tuple[Piece, ...]:
    """Return what would have to go, cheapest sacrifice first, for the piece to stay."""
    freed, given = 0, []
    for other in pieces(stock, height):
        if freed >= piece.cost:
            break
        if other.slots <= choice.shown and other.box.id != piece.box.id:
            given.append(other)
            freed += other.cost
    # What was counted first and is not needed once something dear has gone may stay after all.
    for other in tuple(given):
        if freed - other.cost >= piece.cost:
            given.remove(other)
            freed -= other.cost
    return tuple(given)


__all__ = ["Choice", "Piece", "choose", "instead", "pieces"]
