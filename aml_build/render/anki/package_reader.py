"""The notes of a package that this tool wrote."""

import io
import sqlite3
import zipfile
import zlib
from collections.abc import Mapping

import msgspec

from aml_build.storage.clock import LATEST_NOTE

_COLLECTION = "collection.anki2"
_LARGEST = 2**29
"""Bytes of a collection: 50,000 notes take a tenth of it, and a damaged package may claim any size."""


class PackagedNote(msgspec.Struct, frozen=True):
    """A note as a package holds it."""

    mtime: int
    """s since 1970"""
    fields: tuple[str, ...]
    tags: tuple[str, ...]


def packaged_notes(package: bytes) -> Mapping[str, PackagedNote]:
    """Return the notes of an ``.apkg`` by GUID; none of a file that is no such package."""
    try:
        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            if archive.getinfo(_COLLECTION).file_size > _LARGEST:
                return {}
            collection = archive.read(_COLLECTION)
        connection = sqlite3.connect(":memory:")
        try:
            connection.deserialize(collection)
            rows = connection.execute("SELECT guid, mod, flds, tags FROM notes").fetchall()
        finally:
            connection.close()
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, OSError, sqlite3.Error):
        return {}
    return {
        guid: PackagedNote(mtime, tuple(str(fields).split("\x1f")), tuple(str(tags).split()))
        for guid, mtime, fields, tags in rows
        if isinstance(mtime, int) and 0 <= mtime < LATEST_NOTE
    }
