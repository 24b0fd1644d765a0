"""What a collection has before there are notes."""

import msgspec

from aml_build.render.anki.note_types import NoteType


class DeckHead(msgspec.Struct, frozen=True):
    """A deck without its cards."""

    id: int
    name: str
    description: str = ""
    """HTML"""


class Furniture(msgspec.Struct, frozen=True):
    """What a collection has before there are notes."""

    decks: tuple[DeckHead, ...]
    note_types: tuple[NoteType, ...]
