"""Write missing ids into the notes, once, touching nothing else."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

import msgspec
from msgspec.structs import replace

from aml_build.diagnostics.codes import Code
from aml_build.items.item import DEFINITION_FACET
from aml_build.model.slugs import Scope
from aml_build.model.symbols import Gap, Names
from aml_build.parse.course import Parsed, parse_course
from aml_build.release.lock import LOCK_NAME, Lock, LockError, loads
from aml_build.storage.cache import write_atomically

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
    """Fix the notes in a folder and return how many ids each changed file got.

    Files that are not UTF-8 are left alone. Raise ``OSError`` where writing fails.
    """
    fixed = []
    for path, insertions in planned(parse_course(root), _lock(root)).items():
        try:
            text = (root / path).read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            continue
        write_atomically(root / path, inserted(text, insertions).encode("utf-8"))
        fixed.append((path, len(insertions)))
    return tuple(fixed)


def fix(parsed: Parsed, lock: Lock = _UNPUBLISHED) -> dict[str, str]:
    """Return the new text of each file in which ids are missing."""
    return {
        path: inserted(parsed.sources[path].text, insertions)
        for path, insertions in planned(parsed, lock).items()
    }


def planned(parsed: Parsed, lock: Lock = _UNPUBLISHED) -> dict[str, tuple[Insertion, ...]]:
    """Choose the missing ids: unique, and never one that something has or had.

    What was retired, and the number of a highlight that students have, are not given away again.
    Lines with invisible characters are left alone: where an id belongs in them is seen without these.
    """
    past = _Past.of(parsed.course.retired if parsed.course else (), lock)
    given = (name.id for file in parsed.names for name in file.given if not name.part)
    concepts = Scope((*given, *past.concepts))
    unclear = {
        (d.span.path, d.span.line) for d in parsed.diagnostics if d.code == Code.CONTROL_CHARACTER
    }
    plans = {}
    for file in sorted(parsed.names, key=lambda names: names.path):
        gaps = tuple(gap for gap in file.gaps if (file.path, gap.line) not in unclear)
        if gaps:
            plans[file.path] = tuple(_planned(replace(file, gaps=gaps), concepts, past))
    return plans


def _lock(root: Path) -> Lock:
    """Return what was published; nothing where it cannot be read, of which the check tells."""
    try:
        return loads((root / LOCK_NAME).read_text(encoding="utf-8"))
    except (FileNotFoundError, UnicodeDecodeError, LockError):
        return Lock()


class _Past(msgspec.Struct, frozen=True):
    """What was given away before."""

    concepts: frozenset[str]
    """Ids of concepts that were retired."""
    parts: Mapping[str, frozenset[str]]
    """Ids of parts that were retired, by concept."""
    numbers: Mapping[str, int]
    """The highest number of the highlights that students have, by ``concept/facet``."""

    @classmethod
    def of(cls, retired: Iterable[str], lock: Lock) -> "_Past":
        """Return what the course has retired and what the lock holds."""
        parts: dict[str, set[str]] = {}
        for name in retired:
            concept, _, facet = name.partition("/")
            # An id is unique in its concept, wherever in it the part stood.
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


def _planned(file: Names, concepts: Scope, past: _Past) -> Iterator[Insertion]:
    parts: dict[int, list[str]] = {}
    called: dict[int, list[str]] = {}
    for name in file.given:
        if name.part:
            parts.setdefault(name.concept, []).append(name.id)
        else:
            called.setdefault(name.concept, []).append(name.id)
    scopes: dict[int, Scope] = {}
    numbers: dict[int, int] = {}
    ends = _ends(file)
    for gap in sorted(file.gaps, key=lambda gap: (gap.line, gap.column)):
        names = called.get(gap.concept, ())
        if gap.group:
            if gap.group not in numbers:
                had = [past.numbers.get(f"{name}/{_facet(ends, gap)}", 0) for name in names]
                numbers[gap.group] = max((*gap.taken, *had), default=0)
            numbers[gap.group] += 1
            made = str(numbers[gap.group])
        elif gap.part:
            if gap.concept not in scopes:
                gone = (part for name in names for part in past.parts.get(name, ()))
                scopes[gap.concept] = Scope((DEFINITION_FACET, *parts.get(gap.concept, ()), *gone))
            made = scopes[gap.concept].take(gap.base)
        else:
            made = concepts.take(gap.base)
        yield Insertion(gap.line, gap.column, f"{gap.before}{made}{gap.after}")


def _ends(file: Names) -> list[tuple[int, int, str]]:
    """Return line, column and id of the parts of a file, in order; an id that is missing is empty."""
    given = [(n.span.line, n.span.column, n.id) for n in file.given if n.part and not n.former]
    return sorted([*given, *((gap.line, gap.column, "") for gap in file.gaps if not gap.group)])


def _facet(ends: list[tuple[int, int, str]], highlight: Gap) -> str:
    """Return the id of a highlight's paragraph, which stands behind it; empty where it is missing."""
    at = bisect_left(ends, (highlight.group,))
    return ends[at][2] if at < len(ends) else ""


def inserted(text: str, insertions: Sequence[Insertion]) -> str:
    """Return the text with the insertions, which are in order; line ends stay as they are."""
    mark = _BOM if text.startswith(_BOM) else ""
    lines = _LINE.findall(text.removeprefix(mark))
    for number, here in groupby(insertions, key=lambda insertion: insertion.line):
        line = lines[number - 1]
        # A new line ends as its neighbour does.
        end = line[len(line.rstrip("\r\n")) :] or "\n"
        pieces, done = [], 0
        for insertion in here:
            at = insertion.column - 1
            pieces += [line[done:at], insertion.text.replace("\n", end)]
            done = at
        lines[number - 1] = "".join((*pieces, line[done:]))
    return mark + "".join(lines)
