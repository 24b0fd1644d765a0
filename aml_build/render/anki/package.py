"""The package: a collection made by genanki, filled with notes that an update finds again."""

import io
import itertools
import json
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from aml_build.model import Course
from aml_build.model.drawing import Drawing
from aml_build.model.edition import Edition
from aml_build.render.anki.deck_setup import (
    CollectionSetup,
    DeckHead,
    deck_description,
    deck_name,
)
from aml_build.render.anki.guids import deck_id
from aml_build.render.anki.note_types import note_type
from aml_build.render.anki.notes import InvalidNoteError, NoteContent
from aml_build.storage.cache import Cache, recall_or_compute

_EARLIEST = 1_600_000_000
"""Note and card ids are milliseconds since 1970; this is the least time for them, s."""

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_LEVEL = 1
"""Deflate's level: three times as fast as the usual 6, for a package one twelfth larger."""

_INDEXES = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
_INSERT_NOTE = "INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, 0, 0, '')"
_INSERT_CARD = "INSERT INTO cards VALUES (?, ?, ?, ?, ?, -1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')"

_COMPRESSED = (".png", ".jpg", ".gif", ".webp")
"""File types that deflate cannot make smaller."""


def deck(
    course: Course,
    contents: Sequence[NoteContent],
    drawings: Mapping[str, Drawing],
    edition: Edition,
    mtimes: Mapping[str, int],
    cache: Cache,
) -> bytes:
    """Return the ``.apkg`` of the notes, in their order: the same bytes for the same arguments.

    ``mtimes`` contains the time of each note's last visible change, s since 1970, by published id.
    Raise ``InvalidNoteError`` where two pictures share a name.
    """
    names = {content.lesson: content.deck for content in contents}
    ids = {lesson: deck_id(course.id, lesson) for lesson in names}
    root = DeckHead(
        deck_id(course.id, None), deck_name(course.title), deck_description(course, edition)
    )
    decks = (root, *(DeckHead(ids[number], name) for number, name in sorted(names.items())))
    kinds = dict.fromkeys(content.kind for content in contents)
    setup = CollectionSetup(decks, tuple(map(note_type, kinds)))
    (empty,) = recall_or_compute(cache, "collections", (), [setup], _empty_collections, bytes)
    media = _media(drawings, {name for content in contents for name in content.media})
    rows = _rows(contents, ids, mtimes, itertools.count(max(edition.epoch, _EARLIEST) * 1000))
    return _zip(_without_version(_filled(empty, *rows)), sorted(media.items()))


def _empty_collections(setups: Iterable[CollectionSetup]) -> Iterator[bytes]:
    # Importing genanki takes a quarter of a second, and its result hardly ever changes.
    from aml_build.render.anki.collection import empty_collection

    return map(empty_collection, setups)


def _media(drawings: Mapping[str, Drawing], used: Set[str]) -> dict[str, bytes]:
    """Return the pictures in use by file name; raise ``InvalidNoteError`` where two share a name.

    Anki keeps the media of all decks in one folder, so of two files with one name it keeps one.
    """
    media: dict[str, bytes] = {}
    for path, drawing in drawings.items():
        name = drawing.name + drawing.suffix
        if name in used and media.setdefault(name, drawing.image) != drawing.image:
            raise InvalidNoteError(f"{path}: another picture has the name {name} too")
    return media


_Row = tuple[int | str, ...]


def _rows(
    contents: Sequence[NoteContent],
    decks: Mapping[int, int],
    mtimes: Mapping[str, int],
    ids: Iterator[int],
) -> tuple[list[_Row], list[_Row]]:
    """Return the rows of notes and of cards; ``decks`` contains deck ids by lesson.

    genanki gives all notes one time, so every update would overwrite what a student edited, and it takes
    almost four times as long.
    """
    types = {kind: note_type(kind).id for kind in {content.kind for content in contents}}
    notes: list[_Row] = []
    cards: list[_Row] = []
    for due, content in enumerate(contents, start=1):
        id, mtime = next(ids), mtimes[content.published_id]
        tags, fields = f" {' '.join(content.tags)} ", "\x1f".join(content.fields)
        notes.append((id, content.guid, types[content.kind], mtime, tags, fields, content.id))
        deck = decks[content.lesson]
        cards += [(next(ids), id, deck, ordinal, mtime, due) for ordinal in content.cards]
    return notes, cards


def _filled(empty: bytes, notes: Iterable[_Row], cards: Iterable[_Row]) -> bytes:
    """Return the collection with notes and cards."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(empty)
        cursor = connection.cursor()
        # Building the indexes after the rows is faster than updating them for each row.
        indexes = cursor.execute(_INDEXES).fetchall()
        cursor.executescript("".join(f"DROP INDEX {name};" for name, _ in indexes))
        cursor.executemany(_INSERT_NOTE, notes)
        cursor.executemany(_INSERT_CARD, cards)
        cursor.executescript("".join(f"{statement};" for _, statement in indexes))
        connection.commit()
        return connection.serialize()
    finally:
        connection.close()


def _zip(database: bytes, media: Sequence[tuple[str, bytes]]) -> bytes:
    names = {str(at): name for at, (name, _) in enumerate(media)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        _add(archive, "collection.anki2", database, zipfile.ZIP_DEFLATED)
        _add(archive, "media", json.dumps(names).encode(), zipfile.ZIP_DEFLATED)
        for at, (name, data) in enumerate(media):
            packed = name.endswith(_COMPRESSED)
            method = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            _add(archive, str(at), data, method)
    return out.getvalue()


def _add(archive: zipfile.ZipFile, name: str, data: bytes, method: int) -> None:
    """Add a file without the time and the machine in its header."""
    info = zipfile.ZipInfo(name, _ZIP_DATE)
    info.compress_type = method
    info.create_system = 3
    info.external_attr = 0o644 << 16
    archive.writestr(info, data, compresslevel=_LEVEL)


def _without_version(database: bytes) -> bytes:
    """Blank the two header words in which SQLite records its own version.

    Bytes 92 to 99, https://www.sqlite.org/fileformat.html#validfor: informative only.
    """
    return database[:92] + bytes(8) + database[100:]
