"""The package: genanki's classes, with each thing that would harm an update put right."""

import html
import io
import itertools
import json
import sqlite3
import zipfile
from collections.abc import Iterator, Mapping, Sequence, Set

from genanki.deck import Deck
from genanki.package import Package

from aml_build.drawing import Drawing
from aml_build.edition import Edition
from aml_build.model import Course
from aml_build.render.anki.identity import deck_id
from aml_build.render.anki.note_types import Kind, note_type
from aml_build.render.anki.notes import NoteContent, UnfitNote
from aml_build.render.anki.preset import PRESET_ID, preset
from aml_build.render.anki.surroundings import deck_name

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
) -> bytes:
    """Return the ``.apkg`` of the notes, in their order: the same bytes for the same arguments.

    ``mtimes`` holds the time of each note's last visible change, s since 1970, by item origin.
    Raise ``UnfitNote`` where two pictures share a name.
    """
    root = _Deck(deck_id(course.id, None), deck_name(course.title), _description(course, edition))
    names = {content.lesson: content.deck for content in contents}
    decks = {n: _Deck(deck_id(course.id, n), name) for n, name in sorted(names.items())}
    used = {name for content in contents for name in content.media}
    epoch = max(edition.epoch, _EARLIEST)
    package = _Package([root, *decks.values()], _media(drawings, used), epoch)
    for due, content in enumerate(contents, start=1):
        package.add(content, decks[content.lesson].deck_id, mtimes[content.origin], due)
    return package.to_bytes()


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


class _Deck(Deck):
    """A deck that names our preset; without the student's leave Anki gives it the default one."""

    def __init__(self, id: int, name: str, description: str = "") -> None:
        super().__init__(id, name, description)  # type: ignore[no-untyped-call]

    def to_json(self) -> dict[str, object]:
        """Return Anki's JSON for the deck."""
        return {**super().to_json(), "conf": PRESET_ID}  # type: ignore[no-untyped-call]


class _Package(Package):
    """A package without clock, temporary file or names that clash.

    genanki writes the tables and makes the JSON of decks and note types. Notes and cards are written
    here, all at once: genanki would hash the fields for a GUID, give every note the time of the
    build, and put all cards at position 0, so that every rebuild would overwrite, double or shuffle
    what students have; and it reads and writes the JSON of all decks anew for each deck.
    """

    def __init__(self, decks: Sequence[_Deck], media: Mapping[str, bytes], epoch: int) -> None:
        super().__init__([])  # type: ignore[no-untyped-call]
        self._decks = decks
        self._media = sorted(media.items())
        self._epoch = epoch
        self._ids = itertools.count(epoch * 1000)
        self._kinds: dict[Kind, int] = {}
        self._notes: list[tuple[int | str, ...]] = []
        self._cards: list[tuple[int, ...]] = []

    def add(self, content: NoteContent, deck: int, mtime: int, due: int) -> None:
        """Add a note with its time of change, s since 1970, and its place in the study order."""
        kind = self._kinds.get(content.kind)
        if kind is None:
            kind = self._kinds[content.kind] = note_type(content.kind).model_id
        id = next(self._ids)
        tags, fields = f" {' '.join(content.tags)} ", "\x1f".join(content.fields)
        self._notes.append((id, content.guid, kind, mtime, tags, fields, content.id))
        for ordinal in content.cards:
            self._cards.append((next(self._ids), id, deck, ordinal, mtime, due))

    def to_bytes(self) -> bytes:
        """Return the package; ids count up from its epoch, s since 1970."""
        connection = sqlite3.connect(":memory:")
        try:
            self.write_to_db(connection.cursor(), self._epoch, self._ids)
            connection.commit()
            database = connection.serialize()
        finally:
            connection.close()
        return self._zip(_without_version(database))

    def write_to_db(self, cursor: sqlite3.Cursor, timestamp: float, id_gen: Iterator[int]) -> None:
        """Write decks, note types, presets, notes and cards."""
        super().write_to_db(cursor, timestamp, id_gen)
        added = {
            "decks": {str(deck.deck_id): deck.to_json() for deck in self._decks},
            "models": {
                str(id): note_type(kind).to_json(timestamp, 0) for kind, id in self._kinds.items()
            },
            "dconf": {str(PRESET_ID): preset()},
        }
        for column, entries in added.items():
            (stock,) = cursor.execute(f"SELECT {column} FROM col").fetchone()
            both = json.dumps({**json.loads(stock), **entries})
            cursor.execute(f"UPDATE col SET {column} = ?", (both,))
        # Indexes are faster made at the end than kept in order row by row.
        indexes = cursor.execute(_INDEXES).fetchall()
        cursor.executescript("".join(f"DROP INDEX {name};" for name, _ in indexes))
        cursor.executemany(_INSERT_NOTE, self._notes)
        cursor.executemany(_INSERT_CARD, self._cards)
        cursor.executescript("".join(f"{statement};" for _, statement in indexes))

    def _zip(self, database: bytes) -> bytes:
        names = {str(at): name for at, (name, _) in enumerate(self._media)}
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            _add(archive, "collection.anki2", database, zipfile.ZIP_DEFLATED)
            _add(archive, "media", json.dumps(names).encode(), zipfile.ZIP_DEFLATED)
            for at, (name, data) in enumerate(self._media):
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
