"""The real Anki: a collection of its own for each test."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

from aml_build.items.derive import derive
from aml_build.model import Course
from aml_build.model.drawing import Drawing
from aml_build.render.anki import deck, notes
from aml_build.storage.cache import Cache
from tests.samples import DRAWINGS, EDITION

Build = Callable[..., bytes]
Import = Callable[..., Any]

T0 = 1_700_000_000


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    folder = tmp_path / "student"
    folder.mkdir()
    col = Collection(str(folder / "collection.anki2"))
    yield col
    col.close()


@pytest.fixture
def load(collection: Collection, tmp_path: Path) -> Import:
    """Import a package as a student does, by default with Anki's defaults; return Anki's log."""

    def load(package: bytes, **options: Any) -> Any:
        path = tmp_path / "deck.apkg"
        path.write_bytes(package)
        request = ImportAnkiPackageRequest(
            package_path=str(path), options=ImportAnkiPackageOptions(**options)
        )
        return collection.import_anki_package(request).log

    return load


def build(
    course: Course,
    *,
    mtime: int = T0,
    mtimes: dict[str, int] | None = None,
    drawings: dict[str, Drawing] | None = None,
) -> bytes:
    """Build the deck of a course, with all notes of one age but those in ``mtimes``."""
    items = derive(course)
    times = {item.published_id: mtime for item in items} | (mtimes or {})
    pictures = DRAWINGS if drawings is None else drawings
    return deck(course, notes(course, items, pictures), pictures, EDITION, times, Cache(None))
