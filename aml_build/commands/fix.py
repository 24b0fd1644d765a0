"""Write missing ids into the notes; change nothing else."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

import msgspec

from aml_build.diagnostics.codes import Code
from aml_build.items.item import DEFINITION_FACET
from aml_build.model.slugs import Scope
from aml_build.model.symbols import MissingId, SymbolTable
from aml_build.parse.course import ParseResult, parse_course
from aml_build.release.lock import LOCK_NAME, Lock, LockError, loads
from aml_build.storage.files import write_atomically

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_BOM = "\ufeff"
_UNPUBLISHED = Lock()


class Insertion(msgspec.Struct, frozen=True):
    """Text to be written before a character."""

    line: int
    """1-based."""
    column: int
    """1-based, in code points."""
    text: str


def fix_course(root: Path) -> tuple[tuple[str, int], ...]:
    """Write the missing ids into the notes in a folder; return each changed file and its new ids.

    Files that are not UTF-8 stay as they are. Raise ``OSError`` where writing fails.
    """
    fixed = []
    result = parse_course(root)
    guessed = {d.span.path for d in result.diagnostics if d.code == Code.NOT_UTF8}
    for path, insertions in planned(result, _lock(root)).items():
        if path in guessed:
            continue
        text = (root / path).read_bytes().decode("utf-8")
        write_atomically(root / path, inserted(text, insertions).encode("utf-8"))
        fixed.append((path, len(insertions)))
    return tuple(fixed)


def planned(result: ParseResult, lock: Lock = _UNPUBLISHED) -> dict[str, tuple[Insertion, ...]]:
    """Choose the missing ids, by path: unique, and different from all former ids.

    Retired ids and the published numbers of highlights are not used again.
    """
    past = _Past.of(result.course.retired if result.course else (), lock)
    defined = (d.id for file in result.symbols for d in file.definitions if not d.part)
    concepts = Scope((*defined, *past.concepts))
    plans = {}
    for file in sorted(result.symbols, key=lambda file: file.path):
        if file.missing_ids:
            plans[file.path] = tuple(_IdChoice(file, concepts, past).insertions())
    return plans


def _lock(root: Path) -> Lock:
    """Return the release lock; an empty one if it cannot be read, which ``check`` reports."""
    try:
        return loads((root / LOCK_NAME).read_text(encoding="utf-8"))
    except (FileNotFoundError, UnicodeDecodeError, LockError):
        return Lock()


class _Past(msgspec.Struct, frozen=True):
    """The ids and numbers that were used before."""

    concepts: frozenset[str]
    """Ids of retired concepts."""
    parts: Mapping[str, frozenset[str]]
    """Ids of retired parts, by concept."""
    numbers: Mapping[str, int]
    """The highest published number of the highlights of a paragraph, by ``concept/facet``."""

    @classmethod
    def of(cls, retired: Iterable[str], lock: Lock) -> "_Past":
        """Return the retired ids of the course and the numbers of the lock."""
        parts: dict[str, set[str]] = {}
        for name in retired:
            concept, _, facet = name.partition("/")
            # An id is unique in its whole concept, so only the last part of a facet counts.
            parts.setdefault(concept, set()).update(facet.split(".")[-1:])
        numbers = {
            name: max(note.ordinals)
            for note in lock.notes.values()
            for name in (note.published_id, note.id)
            if note.ordinals
        }
        return cls(
            frozenset(name for name in retired if "/" not in name),
            {concept: frozenset(names) for concept, names in parts.items()},
            numbers,
        )


class _IdChoice:
    """The choice of the missing ids of one file."""

    def __init__(self, file: SymbolTable, concepts: Scope, past: _Past) -> None:
        self._missing = sorted(file.missing_ids, key=lambda m: (m.line, m.column))
        self._concepts = concepts
        self._past = past
        self._concept_ids: dict[int, list[str]] = {}
        self._part_ids: dict[int, list[str]] = {}
        for d in file.definitions:
            (self._part_ids if d.part else self._concept_ids).setdefault(d.concept, []).append(d.id)
        parts = [d for d in file.definitions if d.part and not d.former]
        self._ends = sorted(
            [(d.span.line, d.span.column, d.id) for d in parts]
            + [(m.line, m.column, "") for m in self._missing if not m.group]
        )
        """Line, column and id of each part; a missing id is empty."""
        self._scopes: dict[int, Scope] = {}
        self._numbers: dict[int, int] = {}

    def insertions(self) -> Iterator[Insertion]:
        """Yield the insertions in the order of the source."""
        for missing in self._missing:
            text = f"{missing.before}{self._choose(missing)}{missing.after}"
            yield Insertion(missing.line, missing.column, text)

    def _choose(self, missing: MissingId) -> str:
        if missing.group:
            return str(self._next_number(missing))
        if missing.part:
            return self._scope(missing.concept).take(missing.base)
        return self._concepts.take(missing.base)

    def _scope(self, concept: int) -> Scope:
        """Return the ids that are taken within a concept."""
        if concept not in self._scopes:
            names = self._concept_ids.get(concept, ())
            retired = (part for name in names for part in self._past.parts.get(name, ()))
            taken = (DEFINITION_FACET, *self._part_ids.get(concept, ()), *retired)
            self._scopes[concept] = Scope(taken)
        return self._scopes[concept]

    def _next_number(self, highlight: MissingId) -> int:
        """Return a number that no highlight of the paragraph has or had."""
        if highlight.group not in self._numbers:
            # The id of a paragraph is behind its highlights.
            at = bisect_left(self._ends, (highlight.group,))
            facet = self._ends[at][2] if at < len(self._ends) else ""
            names = self._concept_ids.get(highlight.concept, ())
            published = [self._past.numbers.get(f"{name}/{facet}", 0) for name in names]
            self._numbers[highlight.group] = max((*highlight.taken, *published), default=0)
        self._numbers[highlight.group] += 1
        return self._numbers[highlight.group]


def inserted(text: str, insertions: Sequence[Insertion]) -> str:
    """Return the text with the insertions, which are in order; keep its line ends."""
    mark = _BOM if text.startswith(_BOM) else ""
    lines = _LINE.findall(text.removeprefix(mark))
    for number, here in groupby(insertions, key=lambda insertion: insertion.line):
        line = lines[number - 1]
        # A new line gets the line end of the line before which it is written.
        end = line[len(line.rstrip("\r\n")) :] or "\n"
        pieces, done = [], 0
        for insertion in here:
            at = insertion.column - 1
            pieces += [line[done:at], insertion.text.replace("\n", end)]
            done = at
        lines[number - 1] = "".join((*pieces, line[done:]))
    return mark + "".join(lines)
