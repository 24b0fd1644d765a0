"""Ids for what has none in the notes yet, so that its cards can be shown before the ids are written."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path

import msgspec
from msgspec.structs import replace

from aml_build.commands.fix import Insertion, inserted, planned
from aml_build.diagnostics.diagnostic import Diagnostic, in_order
from aml_build.diagnostics.source import Source, Span
from aml_build.model.symbols import SymbolTable
from aml_build.parse.course import ParseResult, parse_sources
from aml_build.parse.course_files import read_sources
from aml_build.release.lock import Lock
from aml_build.storage.cache import Cache


class Completion(msgspec.Struct, frozen=True):
    """The notes as ``check --fix`` would leave them, in memory only."""

    parsed: ParseResult
    """Of the completed notes; sources and diagnostics are those of the notes as they are."""
    notes: "CompletedNotes"


class CompletedNotes:
    """The texts with provisional ids, and where each place in them is in the notes."""

    def __init__(
        self,
        sources: Mapping[str, Source] = {},
        plans: Mapping[str, Sequence[Insertion]] = {},
        exact: Iterable[Diagnostic] = (),
    ) -> None:
        self.count = sum(map(len, plans.values()))
        """Ids and numbers of highlights that are missing."""
        self.names: frozenset[tuple[str, str]] = frozenset()
        """Concept and part of each provisional id; the part is empty for a concept's own."""
        self._exact = frozenset(exact)
        self._files = {path: _File(sources[path], plan) for path, plan in plans.items()}

    @property
    def texts(self) -> dict[str, Source]:
        """Return the completed files by path."""
        return {path: file.completed for path, file in self._files.items()}

    def place(self, span: Span) -> Span:
        """Return the place in the notes of a place in the completed notes."""
        file = self._files.get(span.path)
        return file.place(span) if file and span.line else span

    def in_notes(self, found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """Return the diagnostics with their places in the notes, in order."""
        if not self._files:
            return tuple(found)
        # Those of the parser are of the notes as they are.
        moved = (d if d in self._exact else replace(d, span=self.place(d.span)) for d in found)
        return in_order(moved)

    def is_provisional(self, note_id: str) -> bool:
        """Return whether a note, named ``concept/facet``, has an id that is not in the notes."""
        concept, _, facet = note_id.partition("/")
        return any((concept, part) in self.names for part in ("", *facet.split(".")))


NOTHING_MISSING = CompletedNotes()


def complete(parsed: ParseResult, lock: Lock, root: Path, cache: Cache) -> Completion:
    """Give an id to all that has none in the notes; return the notes unchanged if nothing is missing."""
    if parsed.course is None or not any(file.missing_ids for file in parsed.symbols):
        return Completion(parsed, NOTHING_MISSING)
    plans = planned(parsed, lock)
    if not plans:
        return Completion(parsed, NOTHING_MISSING)
    notes = CompletedNotes(parsed.sources, plans, parsed.diagnostics)
    others = read_sources(root).others
    completed = parse_sources({**parsed.sources, **notes.texts}, cache=cache, files=others)
    notes.names = frozenset(_new_names(parsed.symbols, completed.symbols))
    shown = replace(completed, sources=parsed.sources, diagnostics=parsed.diagnostics)
    return Completion(shown, notes)


def _new_names(
    before: Sequence[SymbolTable], after: Sequence[SymbolTable]
) -> Iterator[tuple[str, str]]:
    """Yield concept and part of each id that only the completed notes have."""
    known = {(file.path, d.concept, d.part, d.id) for file in before for d in file.definitions}
    for file in after:
        names = {d.concept: d.id for d in file.definitions if not d.part and not d.former}
        for d in file.definitions:
            if (file.path, d.concept, d.part, d.id) not in known and d.concept in names:
                yield names[d.concept], d.id if d.part else ""


class _File:
    """One file with provisional ids."""

    def __init__(self, source: Source, plan: Sequence[Insertion]) -> None:
        self._source = source
        self.completed = Source(source.path, inserted(source.text, plan))
        lengths = [len(insertion.text) for insertion in plan]
        offsets = [source.offset(each.line) + each.column - 1 for each in plan]
        self._inserted = [
            (offset + shift, length)
            for offset, length, shift in zip(
                offsets, lengths, accumulate(lengths, initial=0), strict=False
            )
        ]
        """Offset in the completed text and length of each insertion, in order."""

    def place(self, span: Span) -> Span:
        """Return the place in the notes of a place in the completed text."""
        offset = self.completed.offset(span.line) + span.column - 1
        shift = 0
        for begin, length in self._inserted[: bisect_right(self._inserted, (offset, 0))]:
            shift += min(length, offset - begin)
        line, column = self._source.at(offset - shift)
        return replace(span, line=line, column=column)
