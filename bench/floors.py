"""What any tool that writes the same deck must at least spend. Run as: python -m bench.floors NAME COUNT OUT."""

import json
import sqlite3
import sys
import tempfile
import zipfile
from pathlib import Path

from bench.generate import POOL, card


def _pairs(count: int) -> list[tuple[str, str]]:
    """Return the two sides of each card, as short as they can be said."""
    return [
        (
            f"What is meant by <b>Concept {n}</b>?",
            f"Says that \\({POOL[n % len(POOL)]}\\) grows with <em>its</em> index, "
            f"and <strong>never</strong> shrinks below {n}.",
        )
        for n in range(count)
    ]


def sqlite_and_zip(count: int, out: Path) -> None:
    """Write notes and cards with nothing but SQLite and a deflated zip."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "collection.anki2"
        database = sqlite3.connect(path)
        database.execute("create table notes (id integer primary key, guid text, flds text)")
        database.execute("create table cards (id integer primary key, nid integer, due integer)")
        database.executemany(
            "insert into notes values (?, ?, ?)",
            ((n, f"guid{n}", "\x1f".join(pair)) for n, pair in enumerate(_pairs(count))),
        )
        database.executemany(
            "insert into cards values (?, ?, ?)", ((n, n, n) for n in range(count))
        )
        database.commit()
        database.close()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            package.write(path, "collection.anki2")
            package.writestr("media", json.dumps({}))


def genanki_alone(count: int, out: Path) -> None:
    """Write the deck with genanki as it comes, the HTML being ready."""
    import genanki

    model = genanki.Model(
        1_607_392_319,
        "Floor",
        fields=[{"name": "Question"}, {"name": "Answer"}],
        templates=[{"name": "Card 1", "qfmt": "{{Question}}", "afmt": "{{Answer}}"}],
    )
    deck = genanki.Deck(2_059_400_110, "Floor")
    for number, pair in enumerate(_pairs(count)):
        deck.add_note(genanki.Note(model=model, fields=list(pair), guid=f"guid{number}"))
    genanki.Package(deck).write_to_file(str(out))


def anki_backend(count: int, out: Path) -> None:
    """Add the notes to a real collection through Anki's own backend and export it."""
    from anki.collection import AddNoteRequest, Collection, DeckIdLimit, ExportAnkiPackageOptions
    from anki.decks import DeckId

    with tempfile.TemporaryDirectory() as folder:
        collection = Collection(str(Path(folder) / "collection.anki2"))
        kind = collection.models.by_name("Basic")
        assert kind is not None
        requests = []
        for front, back in _pairs(count):
            note = collection.new_note(kind)
            note.fields[0], note.fields[1] = front, back
            requests.append(AddNoteRequest(note=note, deck_id=DeckId(1)))
        collection.add_notes(requests)
        collection.export_anki_package(
            out_path=str(out), options=ExportAnkiPackageOptions(), limit=DeckIdLimit(DeckId(1))
        )
        collection.close()


def markdown_alone(count: int, out: Path) -> None:
    """Parse the same concepts with markdown-it-py, and throw the tokens away."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.dollarmath import dollarmath_plugin

    parser = MarkdownIt("commonmark").enable("table").use(dollarmath_plugin)
    tokens = sum(len(parser.parse(card(n))) for n in range(count))
    out.write_text(str(tokens))


FLOORS = {
    "sqlite and deflated zip": sqlite_and_zip,
    "genanki alone, HTML ready": genanki_alone,
    "Anki's own backend": anki_backend,
    "markdown-it-py parsing alone": markdown_alone,
}

if __name__ == "__main__":
    FLOORS[sys.argv[1]](int(sys.argv[2]), Path(sys.argv[3]))
