"""The Anki deck: notes that Anki finds again, and the package that it imports."""

from aml_build.render.anki.guids import guid
from aml_build.render.anki.notes import InvalidNoteError, NoteContent, notes
from aml_build.render.anki.package import deck

__all__ = ["InvalidNoteError", "NoteContent", "deck", "guid", "notes"]
