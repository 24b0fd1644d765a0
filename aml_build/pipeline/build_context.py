"""What makers get and what they give."""

from collections.abc import Callable, Mapping

import msgspec

from aml_build.diagnostics.diagnostic import Diagnostic
from aml_build.items.item import Item
from aml_build.model import Course
from aml_build.model.drawing import Drawing
from aml_build.model.edition import Edition
from aml_build.pipeline.options import Options
from aml_build.render.anki import NoteContent
from aml_build.storage.cache import Cache


class Stage(msgspec.Struct, frozen=True):
    """Everything that a maker may ask for."""

    course: Course
    derived: Callable[[], tuple[Item, ...]]
    """Gives the items; a deck whose lessons are known does without."""
    contents: tuple[NoteContent, ...]
    """The notes of the items; figures that could not be drawn have none."""
    drawings: Mapping[str, Drawing]
    """By path of the picture; pictures that could not be drawn are missing."""
    edition: Edition
    mtimes: Mapping[str, int]
    """Seconds since 1970 of each note's last visible change, by published_id."""
    cache: Cache
    options: Options
    content: str
    """The way from the preview to the notes."""

    @property
    def items(self) -> tuple[Item, ...]:
        """Return everything that the course asks, in study order."""
        return self.derived()


class Made(msgspec.Struct, frozen=True):
    """What a maker made."""

    files: Mapping[str, bytes]
    """By POSIX path relative to the output folder."""
    summary: str
    """A few words for the report: "312 notes"."""
    diagnostics: tuple[Diagnostic, ...] = ()


def counted(stage: Stage) -> str:
    """Return how many notes and cards there are, in words."""
    cards = sum(len(content.cards) for content in stage.contents)
    return f"{len(stage.contents)} notes, {cards} cards"
