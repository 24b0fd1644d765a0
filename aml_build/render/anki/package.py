"""The package: a collection that genanki furnishes, with notes that an update finds again."""

import html
import io
import itertools
import json
import sqlite3
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from aml_build.model import Course
from aml_build.model.drawing import Drawing
from aml_build.model.edition import Edition
from aml_build.render.anki.collection_defaults import DeckHead, Furniture
from aml_build.render.anki.guids import deck_id
from aml_build.render.anki.note_context import deck_name
from aml_build.render.anki.note_types import note_type
from aml_build.render.anki.notes import NoteContent, UnfitNote
from aml_build.storage.cache import Cache
from aml_build.storage.memo import recall_or_compute

_EARLIEST = 1_600_000_000
"""Note and card ids are milliseconds since 1970; Anki has none before its own time."""

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_LEVEL = 1
"""Of deflate: three times as fast as the usual 6, and the package a twelfth larger."""

_INDEXES = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
_INSERT_NOTE = "INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, 0, 0, '')"
_INSERT_CARD = "INSERT INTO cards VALUES (?, ?, ?, ?, ?, -1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, '')"

_COMPRESSED = (".png", ".jpg")
"""Deflating these again costs time and gains nothing."""


def deck(
    course: Course,
    contents: Sequence[NoteContent],
    drawings: Mapping[str, Drawing],
    edition: Edition,
    mtimes: Mapping[str, int],
    cache: Cache,
) -> bytes:
    """Return the ``.apkg`` of the notes, in their order: the same bytes for the same arguments.

    ``mtimes`` holds the time of each note's last visible change, s since 1970, by item published_id.
    Raise ``UnfitNote`` where two pictures share a name.
    """
    names = {content.lesson: content.deck for content in contents}
    ids = {lesson: deck_id(course.id, lesson) for lesson in names}
    root = DeckHead(
        deck_id(course.id, None), deck_name(course.title), _description(course, edition)
    )
    decks = (root, *(DeckHead(ids[number], name) for number, name in sorted(names.items())))
    kinds = dict.fromkeys(content.kind for content in contents)
    furniture = Furniture(decks, tuple(map(note_type, kinds)))
    (empty,) = recall_or_compute(cache, "collections", (), [furniture], _furnished, bytes)
    media = _media(drawings, {name for content in contents for name in content.media})
    rows = _rows(contents, ids, mtimes, itertools.count(max(edition.epoch, _EARLIEST) * 1000))
    return _zip(_without_version(_filled(empty, *rows)), sorted(media.items()))


def _furnished(asked: Iterable[Furniture]) -> Iterator[bytes]:
    # Loaded when it is needed: genanki loads much else, and what it makes hardly ever changes.
    from aml_build.render.anki.collection import empty_collection

    return map(empty_collection, asked)


def _media(drawings: Mapping[str, Drawing], used: Set[str]) -> dict[str, bytes]:
    """Return the pictures in use by file name; raise ``UnfitNote`` where two share one.

    Anki has one folder for the media of all decks: of two files of one name it keeps one.
    """
    media: dict[str, bytes] = {}
    for path, drawing in drawings.items():
        name = drawing.name + drawing.suffix
        if name in used and media.setdefault(name, drawing.image) != drawing.image:
            raise UnfitNote(f"{path}: another picture is called {name} too")
    return media


_Row = tuple[int | str, ...]


def _rows(
    contents: Sequence[NoteContent],
    decks: Mapping[int, int],
    mtimes: Mapping[str, int],
    ids: Iterator[int],
) -> tuple[list[_Row], list[_Row]]:
    """Return the rows of notes and of cards.

    ``decks`` holds deck ids by lesson. genanki would hash the fields for a GUID, give every note the time of the build,
    and put all cards at position 0, so that every rebuild would overwrite, double or shuffle what students have.
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
        # Indexes are faster made at the end than kept in order row by row.
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
    """Add a file without the clock and the machine showing."""
    info = zipfile.ZipInfo(name, _ZIP_DATE)
    info.compress_type = method
    info.create_system = 3
    info.external_attr = 0o644 << 16
    archive.writestr(info, data, compresslevel=_LEVEL)


def _without_version(database: bytes) -> bytes:
    """Blank the two header words in which SQLite notes its own version.

    Bytes 92 to 99, https://www.sqlite.org/fileformat.html#validfor: informative only.
    """
    return database[:92] + bytes(8) + database[100:]


def _description(course: Course, edition: Edition) -> str:
    """Return the deck's description, as HTML."""
    which = " · ".join(
        filter(None, (edition.version and f"Version {edition.version}", edition.date))
    )
    lines = [
        f"<b>{html.escape(course.title)}</b>",
        which,
        html.escape(course.description),
        html.escape(", ".join(course.authors)),
        html.escape(course.licence and f"Licence: {course.licence}"),
    ]
    if course.report_url:
        url = html.escape(course.report_url.replace("{concept}", ""))
        lines.append(f'Found a mistake? <a href="{url}">Report it</a>.')
    return "<br>".join(filter(None, lines))
