"""A course on its way through the pipeline."""

from collections.abc import Mapping
from functools import cached_property, reduce
from operator import or_

import msgspec

from aml_build.diagnostics.codes import EVERYTHING, NOTHING, Medium
from aml_build.diagnostics.diagnostic import (
    Diagnostic,
    has_errors,
)
from aml_build.diagnostics.source import Source
from aml_build.items.derive import derive
from aml_build.items.item import Item
from aml_build.model import Course
from aml_build.model.drawing import Drawing
from aml_build.model.symbols import SymbolTable
from aml_build.pipeline.lesson_summary import LessonSummary
from aml_build.pipeline.outcome import ArtifactRow, Outcome, outcome_of
from aml_build.release.compare import Diff
from aml_build.release.import_summary import ImportSummary
from aml_build.release.lock import Lock
from aml_build.release.note_times import Record
from aml_build.release.texts import Texts
from aml_build.render.anki import NoteContent
from aml_build.storage.source_paths import SETTINGS


class CourseState(msgspec.Struct, frozen=True, dict=True):
    """What is known of a course; each pass returns it with its own part added."""

    course: Course | None
    """Nothing where the notes give no course."""
    symbols: tuple[SymbolTable, ...]
    """Where ids are defined, used and missing, file by file."""
    lock: Lock
    sources: Mapping[str, Source]
    findings: tuple[Diagnostic, ...]
    """What is wrong, in the order in which it was found."""
    missing: tuple[str, ...] = ()
    """Tools that are not installed: what is missing, and the command that installs it."""
    summaries: tuple[LessonSummary, ...] = ()
    """One a lesson."""
    numbers: Mapping[str, int] = {}
    """The booklet numbers of all items, by published id."""
    drawings: Mapping[str, Drawing] = {}
    """By path of the picture; pictures that could not be drawn are missing."""
    not_drawn: tuple[str, ...] = ()
    """Paths of sound figures that TeX was not asked to draw."""
    contents: tuple[NoteContent, ...] = ()
    """The notes of the deck, in study order."""
    times: Mapping[str, int] = {}
    """With which the deck holds the notes, s since 1970, by published id; empty without a deck."""
    record: Record = {}
    """The build record after this build."""
    import_summary: ImportSummary | None = None
    """What an import of the deck does; nothing without a deck."""
    texts: Texts = {}
    """The released texts, read where they are compared."""
    diff: Diff | None = None
    """What an import does to students; nothing where there are errors."""

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Return everything that the course asks, derived at the first call."""
        return derive(self.course, self.numbers) if self.course is not None else ()

    @property
    def settings_sound(self) -> bool:
        """Return whether there is a course, and no error in ``course.yaml``, on which all else rests."""
        return self.course is not None and not has_errors(
            found for found in self.findings if found.span.path == SETTINGS
        )

    @property
    def sound(self) -> bool:
        """Return whether there is a course without errors."""
        return self.course is not None and not has_errors(self.findings)

    @property
    def withheld(self) -> Medium:
        """Return the media whose artifacts may not be made."""
        return reduce(or_, (found.withholds for found in self.findings), NOTHING)

    @property
    def readable(self) -> bool:
        """Return whether there is a course of which some artifact may be made."""
        return self.course is not None and self.withheld != EVERYTHING

    @property
    def outcome(self) -> Outcome:
        """Return what people are shown of it."""
        return self.outcome_with()

    def outcome_with(
        self,
        found: tuple[Diagnostic, ...] = (),
        rows: tuple[ArtifactRow, ...] = (),
        missing: tuple[str, ...] = (),
    ) -> Outcome:
        """Return the outcome of a build; the arguments are what the artifacts add."""
        disabled = self.course.disabled_checks if self.course else ()
        findings, lacks = (*self.findings, *found), tuple(dict.fromkeys((*self.missing, *missing)))
        return outcome_of(findings, rows, lacks, disabled=disabled, sources=self.sources)
