"""The account of every line of the notes: which words are not in the course."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from aml_build.importer.import_log import ImportLog

_WORD = re.compile(r"[^\W_]+")
_MARKER = re.compile(r"\s*(?:[-*+•‣◦▪●·–—]\s+)?\d{1,4}[.)]\s")


class Missing(NamedTuple):
    """A line with words that are not in the course."""

    line: int
    text: str
    """The whole line."""
    words: tuple[str, ...]
    """The missing words; empty if the line has no words."""


def words(text: str) -> set[str]:
    """Return the words and numbers of a text, in formulas too."""
    return set(_WORD.findall(text.casefold()))


def unaccounted(
    lines: Sequence[str], claims: Iterable[tuple[tuple[int, ...], str]], log: ImportLog
) -> tuple[Missing, ...]:
    """Return the non-blank lines with a word that neither claims nor log have."""
    have: dict[int, list[set[str]]] = {}
    known: dict[str, set[str]] = {}
    for numbers, text in [*claims, *_noted(log)]:
        if not numbers:
            continue
        found = known.get(text)
        if found is None:
            found = known[text] = words(text)
        for number in numbers:
            have.setdefault(number, []).append(found)
    missing = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        claimed = have.get(number, [])
        marker = _MARKER.match(line)
        wanted = words(line[marker.end() :] if marker else line)
        for found in claimed:
            wanted -= found
            if not wanted:
                break
        if wanted or not claimed:
            missing.append(Missing(number, line.strip(), tuple(sorted(wanted))))
    return tuple(missing)


def _noted(log: ImportLog) -> Iterable[tuple[tuple[int, ...], str]]:
    """Yield the texts of the log with their lines: the report shows them."""
    for (_, what), numbers in log.corrections.items():
        yield tuple(numbers), what
    for entries in log.dropped.values():
        for what, numbers in entries.items():
            yield tuple(numbers), what
    for guess in log.guesses:
        yield guess.lines, guess.what
    for look in log.reviews:
        yield look.lines, look.text
