"""The three note types: their fields, templates, ids and style.

Students' collections contain these types. If a field or template is added, removed or renamed, Anki
keeps both versions and never again updates a note of the type. So the ids are constants, and spare
fields are there for later versions.
"""

import hashlib
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple

import msgspec

from aml_build.phrases import phrase
from aml_build.resources import template

MODIFIED = 1_764_300_000
"""When the note types last changed, s since 1970. Raise it whenever ``digest()`` changes: Anki accepts
new templates and style only from a note type that is newer than its own."""

DIGEST = "13131ba275aead47"
"""What ``digest()`` was when ``MODIFIED`` was last raised; a test compares."""

_SPARE = tuple(f"Spare {n}" for n in range(1, 5))
_TAIL = ("Where", "Report")


class _Row(NamedTuple):
    value: str
    type_id: int
    type_name: str
    fields: tuple[str, ...]
    """Never reorder: a field's id consists of the type's id and the field's place."""
    templates: tuple[str, ...]
    required: tuple[str, ...]
    """The field that makes a card, for each template."""
    anki_kind: int | None = None
    """Anki's own number for a type that it edits in a special way."""


class NoteKind(StrEnum):
    """The note types: one row a type."""

    QUESTION = _Row(
        "question", 1_763_000_001, "aml-build · Question",
        ("ID", "Term", "Context", "Prompt", "Answer", "More", *_TAIL, "Reverse", *_SPARE),
        ("Question", "Reverse"), ("Prompt", "Reverse"),
    )  # fmt: skip
    CLOZE = _Row(
        "cloze", 1_763_000_002, "aml-build · Cloze",
        ("ID", "Term", "Context", "Text", "More", *_TAIL, *_SPARE), ("Cloze",), ("Text",), 5,
    )  # fmt: skip
    # Anki's image occlusion needs its own five fields first.
    FIGURE = _Row(
        "figure", 1_763_000_003, "aml-build · Image occlusion",
        ("Occlusion", "Image", "Header", "Back Extra", "Comments", "ID", "Term", "Width", *_TAIL, *_SPARE),
        ("Figure",), ("Occlusion",), 6,
    )  # fmt: skip

    row: _Row

    def __new__(cls, *row: Any) -> "NoteKind":
        """Make a member from its row."""
        kind = str.__new__(cls, row[0])
        kind._value_, kind.row = row[0], _Row(*row)
        return kind


_OCCLUSION_FIELDS = 5
"""Fields that Anki identifies by their place."""


class NoteType(msgspec.Struct, frozen=True):
    """All that a student's collection contains of a type."""

    kind: NoteKind
    id: int
    name: str
    fields: tuple[dict[str, object], ...]
    """In Anki's JSON."""
    templates: tuple[dict[str, Any], ...]
    css: str
    modified: int
    """s since 1970"""


@cache
def note_type(kind: NoteKind) -> NoteType:
    """Return the note type; there is one of each kind."""
    return NoteType(
        kind,
        kind.row.type_id,
        kind.row.type_name,
        tuple(_field(kind, at, name) for at, name in enumerate(kind.row.fields)),
        tuple(_template(kind, at, name) for at, name in enumerate(kind.row.templates)),
        template("anki/card.css"),
        MODIFIED,
    )


def digest() -> str:
    """Return a digest of the types as students' collections contain them: schema, templates, style."""
    state = hashlib.sha256()
    for kind in NoteKind:
        it = note_type(kind)
        held = (it.name, it.id, it.css, list(it.fields), list(it.templates))
        state.update(repr(held).encode())
    return state.hexdigest()[:16]


def schema() -> str:
    """Return a digest of what must not change after the first release: ids, fields, templates."""
    parts = [(kind.row.type_id, kind.row.fields, kind.row.templates) for kind in NoteKind]
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def _field(kind: NoteKind, at: int, name: str) -> dict[str, object]:
    field: dict[str, object] = {
        "name": name,
        "ord": at,
        "id": kind.row.type_id * 1000 + at,
        "font": "Arial",
        "size": 20,
        "sticky": False,
        "rtl": False,
        "media": [],
        "collapsed": name in _SPARE,
        "description": phrase("card.spare") if name in _SPARE else "",
        "excludeFromSearch": name in ("Where", "Report"),
    }
    if kind is NoteKind.FIGURE and at < _OCCLUSION_FIELDS:
        field |= {"tag": at, "preventDeletion": name != "Comments"}
    return field


def _template(kind: NoteKind, at: int, name: str) -> dict[str, Any]:
    stem = f"anki/{name.lower()}"
    front = template(f"{stem}.front.html")
    return {
        "name": name,
        "ord": at,
        "id": kind.row.type_id * 1000 + 500 + at,
        "qfmt": front,
        "afmt": template(f"{stem}.back.html").replace("[[front]]\n", front),
        "bqfmt": "",
        "bafmt": "",
        "bfont": "",
        "bsize": 0,
        "did": None,
    }
