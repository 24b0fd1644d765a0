"""The collection without notes, as genanki makes it: tables, decks, note types, options."""

import itertools
import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from genanki.deck import Deck
from genanki.model import Model
from genanki.package import Package

from aml_build.render.anki.collection_defaults import DeckHead, Furniture
from aml_build.render.anki.deck_options import PRESET_ID, preset
from aml_build.render.anki.note_types import Kind, NoteType

#: Which fields make a card, of any template.
_REQUIRED = {
    Kind.QUESTION: ("Prompt", "Reverse"),
    Kind.CLOZE: ("Text",),
    Kind.FIGURE: ("Occlusion",),
}
#: Anki's own numbers for the types that it knows how to edit.
_STOCK = {Kind.CLOZE: 5, Kind.FIGURE: 6}


def empty_collection(furniture: Furniture) -> bytes:
    """Return the SQLite file of a collection without notes."""
    connection = sqlite3.connect(":memory:")
    try:
        cursor = connection.cursor()
        Package([]).write_to_db(cursor, 0, itertools.count())
        added = {
            "decks": {str(deck.id): _deck_json(deck) for deck in furniture.decks},
            "models": {
                str(it.id): _Model(it).to_json(it.modified, None) for it in furniture.note_types
            },
            "dconf": {str(PRESET_ID): preset()},
        }
        for column, entries in added.items():
            (stock,) = cursor.execute(f"SELECT {column} FROM col").fetchone()
            both = json.dumps({**json.loads(stock), **entries})
            cursor.execute(f"UPDATE col SET {column} = ?", (both,))
        connection.commit()
        return connection.serialize()
    finally:
        connection.close()


def _deck_json(head: DeckHead) -> dict[str, object]:
    """Name our preset in the deck; without the student's leave Anki gives it the default one."""
    deck = Deck(head.id, head.name, head.description)
    return {**deck.to_json(), "conf": PRESET_ID}


class _Model(Model):
    """A genanki model that knows what its parts are called for good."""

    def __init__(self, it: NoteType) -> None:
        self.kind = it.kind
        super().__init__(  # type: ignore[no-untyped-call]
            it.id,
            it.name,
            fields=[dict(field) for field in it.fields],
            templates=[dict(design) for design in it.templates],
            css=it.css,
            model_type=self.FRONT_BACK if it.kind is Kind.QUESTION else self.CLOZE,
            sort_field_index=_names(it.fields).index("ID"),
        )

    @property
    def _req(self) -> list[list[object]]:
        """Say which field makes a card: genanki guesses, wrongly for clozes."""
        names = _names(self.fields)
        required = _REQUIRED[self.kind]
        return [[at, "any", [names.index(f)]] for at, f in enumerate(required)]

    def to_json(self, timestamp: float, deck_id: int | None) -> dict[str, Any]:
        """Return Anki's JSON for the type."""
        out: dict[str, Any] = super().to_json(timestamp, deck_id)
        if self.kind in _STOCK:
            out["originalStockKind"] = _STOCK[self.kind]
        return out


def _names(fields: Sequence[dict[str, Any]]) -> list[str]:
    return [field["name"] for field in fields]
