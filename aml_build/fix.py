"""Write missing ids into the notes, once, touching nothing else."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import msgspec

from aml_build.cache import write_atomically
from aml_build.items import DEFINITION_FACET
from aml_build.names import Names
from aml_build.parse.course import Parsed, parse_course
from aml_build.parse.slugs import Scope

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_BOM = "\ufeff"


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
    for path, insertions in planned(parse_course(root)).items():
        try:
            text = (root / path).read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            continue
        write_atomically(root / path, inserted(text, insertions).encode("utf-8"))
        fixed.append((path, len(insertions)))
    return tuple(fixed)


def fix(parsed: Parsed) -> dict[str, str]:
    """Return the new text of each file in which ids are missing."""
    return {
        path: inserted(parsed.sources[path].text, insertions)
        for path, insertions in planned(parsed).items()
    }


def planned(parsed: Parsed) -> dict[str, tuple[Insertion, ...]]:
    """Choose the missing ids: unique, and never one that something has or had."""
    concepts = Scope(name.id for file in parsed.names for name in file.given if not name.part)
    plans = {}
    for file in sorted(parsed.names, key=lambda names: names.path):
        if file.gaps:
            plans[file.path] = tuple(_planned(file, concepts))
    return plans


def _planned(file: Names, concepts: Scope) -> Iterator[Insertion]:
    parts: dict[int, list[str]] = {}
    for name in file.given:
        if name.part:
            parts.setdefault(name.concept, [DEFINITION_FACET]).append(name.id)
    scopes: dict[int, Scope] = {}
    numbers: dict[int, int] = {}
    for gap in sorted(file.gaps, key=lambda gap: (gap.line, gap.column)):
        if gap.group:
            number = numbers.get(gap.group, max(gap.taken, default=0)) + 1
            numbers[gap.group] = number
            made = str(number)
        elif gap.part:
            if gap.concept not in scopes:
                scopes[gap.concept] = Scope(parts.get(gap.concept, [DEFINITION_FACET]))
            made = scopes[gap.concept].take(gap.base)
        else:
            made = concepts.take(gap.base)
        yield Insertion(gap.line, gap.column, f"{gap.before}{made}{gap.after}")


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
