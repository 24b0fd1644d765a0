"""The collection without notes, as genanki makes it: tables, decks, note types, deck options."""

import itertools
import json
import sqlite3
from contextlib import closing
from typing import Any

from genanki.deck import Deck
from genanki.model import Model
from genanki.package import Package

from aml_build.render.anki.deck_options import PRESET_ID, preset
from aml_build.render.anki.deck_setup import CollectionSetup, DeckHead
from aml_build.render.anki.note_types import NoteKind, NoteType


def empty_collection(setup: CollectionSetup) -> bytes:
    """Return the SQLite file of a collection without notes.

    ``Deck.write_to_db`` would rewrite the only row of ``col`` for each deck: the order of the file's
    pages, and so its bytes, would depend on the number of decks. So each column is written once.
    """
    added = {
        "decks": {str(deck.id): _deck_json(deck) for deck in setup.decks},
        "models": {str(it.id): _Model(it).to_json(it.modified, None) for it in setup.note_types},
        "dconf": {str(PRESET_ID): preset()},
    }
    with closing(sqlite3.connect(":memory:")) as connection:
        cursor = connection.cursor()
        Package([]).write_to_db(cursor, 0, itertools.count())
        for column, entries in added.items():
            (own,) = cursor.execute(f"SELECT {column} FROM col").fetchone()
            both = json.dumps({**json.loads(own), **entries})
            cursor.execute(f"UPDATE col SET {column} = ?", (both,))
        connection.commit()
        return connection.serialize()


def _deck_json(head: DeckHead) -> dict[str, object]:
    """Return Anki's JSON for a deck; it names our preset, which Anki uses only if a student asks."""
    return {**Deck(head.id, head.name, head.description).to_json(), "conf": PRESET_ID}


class _Model(Model):
    """A genanki model with the properties that genanki does not know."""

    def __init__(self, it: NoteType) -> None:
        self.kind = it.kind
        self._names = [field["name"] for field in it.fields]
        super().__init__(  # type: ignore[no-untyped-call]
            it.id,
            it.name,
            fields=[dict(field) for field in it.fields],
            templates=[dict(design) for design in it.templates],
            css=it.css,
            model_type=self.FRONT_BACK if it.kind is NoteKind.QUESTION else self.CLOZE,
            sort_field_index=self._names.index("ID"),
        )

    @property
    def _req(self) -> list[list[object]]:
        """Return which field makes a card; genanki's guess is wrong for clozes."""
        required = enumerate(self.kind.row.required)
        return [[at, "any", [self._names.index(field)]] for at, field in required]

    def to_json(self, timestamp: float, deck_id: int | None) -> dict[str, Any]:
        """Return Anki's JSON for the type."""
        out: dict[str, Any] = super().to_json(timestamp, deck_id)
        if number := self.kind.row.anki_kind:
            out["originalStockKind"] = number
        return out
