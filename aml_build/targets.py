"""The artifacts: one visible table, name to maker."""

from collections.abc import Callable, Mapping
from enum import StrEnum

import msgspec

from aml_build.cache import Cache
from aml_build.diagnostics import Diagnostic
from aml_build.drawing import Drawing
from aml_build.edition import Edition
from aml_build.items import Item
from aml_build.model import Course


class Target(StrEnum):
    """What can be built."""

    DECK = "deck"
    SHEET = "sheet"
    BOOKLET = "booklet"
    PREVIEW = "preview"
    MODEL = "model"


class Stage(msgspec.Struct, frozen=True):
    """Everything that a maker may ask for."""

    course: Course
    items: tuple[Item, ...]
    drawings: Mapping[str, Drawing]
    """By path of the picture; pictures that could not be drawn are missing."""
    edition: Edition
    mtimes: Mapping[str, int]
    """Seconds since 1970 of each note's last visible change, by origin."""
    cache: Cache


class Made(msgspec.Struct, frozen=True):
    """What a maker made."""

    files: Mapping[str, bytes]
    """By POSIX path relative to the output folder."""
    summary: str
    """A few words for the report: "312 notes, 540 cards"."""
    diagnostics: tuple[Diagnostic, ...] = ()


def _deck(stage: Stage) -> Made:
    from aml_build.render.anki import deck  # noqa: PLC0415

    data = deck(stage.course, stage.items, stage.drawings, stage.edition, stage.mtimes)
    return Made({f"{stage.course.id}.apkg": data}, f"{len(stage.items)} notes")


def _model(stage: Stage) -> Made:
    text = msgspec.json.format(msgspec.json.encode(stage.course), indent=1)
    concepts = sum(len(lesson.concepts) for lesson in stage.course.lessons)
    return Made({"model.json": text + b"\n"}, f"{concepts} concepts")


MAKERS: Mapping[Target, Callable[[Stage], Made]] = {
    Target.DECK: _deck,
    Target.MODEL: _model,
}

#: What cannot be made without TeX.
PRINTED = frozenset({Target.SHEET, Target.BOOKLET})
