"""The Anki deck: notes that are found again, and a package that imports into the real Anki."""

from aml_build.render.anki.guids import guid
from aml_build.render.anki.notes import NoteContent, UnfitNote, notes
from aml_build.render.anki.package import deck

__all__ = ["NoteContent", "UnfitNote", "deck", "guid", "notes"]
