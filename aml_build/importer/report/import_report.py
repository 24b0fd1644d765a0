"""The report of an import, for people and for programs."""

import re
from collections.abc import Iterable, Sequence

import msgspec

from aml_build.importer.course_conversion import ImportedCourse
from aml_build.importer.outline import code_block

NAME = "import-report.md"
_ORDER = (
    "lessons", "concepts", "sub-concepts", "questions", "members", "steps", "formulas", "legends",
    "clozes", "tables", "pictures", "captions without picture", "code blocks", "remarks",
)  # fmt: skip


class Group(msgspec.Struct, frozen=True):
    """One correction or dropped text, with its places."""

    kind: str
    what: str
    places: tuple[str, ...]


class Guessed(msgspec.Struct, frozen=True):
    """A decision that may be wrong."""

    places: tuple[str, ...]
    what: str
    confidence: float


class ToReview(msgspec.Struct, frozen=True):
    """A place that only a person can decide about."""

    places: tuple[str, ...]
    reason: str
    suggestion: str
    text: str


class NotInCourse(msgspec.Struct, frozen=True):
    """A line with words that are not in the course."""

    place: str
    words: tuple[str, ...]
    text: str


class SideBySide(msgspec.Struct, frozen=True):
    """A concept that a person edited and that changed in the notes, too."""

    id: str
    path: str
    yours: str
    notes: str


class Merge(msgspec.Struct, frozen=True):
    """The changes of an update to a course."""

    added: tuple[str, ...] = ()
    refreshed: tuple[str, ...] = ()
    unchanged: int = 0
    kept: tuple[SideBySide, ...] = ()
    """Edited by a person, and not changed."""
    removed_by_you: tuple[str, ...] = ()
    """Removed by a person; not added again."""
    vanished: tuple[str, ...] = ()
    """No longer in the notes; not deleted."""


class Report(msgspec.Struct, frozen=True):
    """The whole report of an import."""

    title: str
    sources: tuple[tuple[str, str, bool], ...]
    """Name of a file, its dialect, and whether the dialect was recognised."""
    found: dict[str, int]
    needs_look: tuple[ToReview, ...]
    guessed: tuple[Guessed, ...]
    corrected: tuple[Group, ...]
    left_out: tuple[Group, ...]
    not_in_course: tuple[NotInCourse, ...]
    merge: Merge | None = None


def report_of(done: ImportedCourse, merge: Merge | None = None) -> Report:
    """Make the report of an import's log."""
    place = _Places(done)
    log = done.log
    return Report(
        title=done.title,
        sources=tuple(done.dialects),
        found={name: log.found[name] for name in _ORDER if log.found[name]},
        needs_look=tuple(
            ToReview(place.of(look.lines), look.reason, look.suggestion, look.text)
            for look in sorted(dict.fromkeys(log.reviews))
        ),
        guessed=tuple(
            Guessed(place.of(guess.lines), guess.what, guess.confidence)
            for guess in sorted(dict.fromkeys(log.guesses), key=lambda g: (g.confidence, g))
        ),
        corrected=tuple(
            Group(kind, what, place.of(lines))
            for (kind, what), lines in sorted(log.corrections.items())
        ),
        left_out=tuple(
            Group(kind, what, place.of(lines))
            for kind, entries in sorted(log.dropped.items())
            for what, lines in sorted(entries.items())
        ),
        not_in_course=tuple(
            NotInCourse(place.of((m.line,))[0], m.words, m.text) for m in done.missing
        ),
        merge=merge,
    )


class _Places:
    """Turns line numbers into places in files."""

    def __init__(self, done: ImportedCourse) -> None:
        self._texts = done.texts
        self._one = len(done.texts) == 1

    def of(self, lines: Iterable[int]) -> tuple[str, ...]:
        """Return lines as `12`, `12–14`, or `file.md:12` where there are several files."""
        made = []
        numbers = sorted(set(lines))
        start = 0
        for at, number in enumerate(numbers):
            if at + 1 < len(numbers) and numbers[at + 1] == number + 1:
                continue
            made.append(self._span(numbers[start], number))
            start = at + 1
        return tuple(made)

    def _span(self, first: int, last: int) -> str:
        text = next(t for t in reversed(self._texts) if t.first <= first)
        span = f"{first - text.first + 1}"
        if last > first:
            span += f"–{last - text.first + 1}"
        return span if self._one else f"{text.name}:{span}"


def as_json(report: Report) -> bytes:
    """Return the report as JSON."""
    return msgspec.json.encode(report)


def summary(report: Report) -> str:
    """Return the summary for a terminal."""
    kinds = ", ".join(f"{count} {name}" for name, count in report.found.items())
    lines = [
        f"{name}: read as {dialect}{' (recognised; --from names another)' if guessed else ''}"
        for name, dialect, guessed in report.sources
    ]
    lines.append(f"found: {kinds}")
    if merge := report.merge:
        lines.append(
            f"merged: {len(merge.added)} added, {len(merge.refreshed)} refreshed,"
            f" {merge.unchanged} unchanged, {len(merge.kept)} edited by you and left alone,"
            f" {len(merge.vanished)} no longer in the notes"
        )
    lines.append(
        f"{len(report.needs_look)} places need a look, {len(report.guessed)} were guessed,"
        f" {sum(len(g.places) for g in report.corrected)} corrected"
    )
    return "\n".join(lines)


def markdown(report: Report) -> str:
    """Return the report as Markdown."""
    recognised = " (recognised; `--from` names another)"
    sources = [
        f"- {_inert(name)}: read as `{dialect}`{recognised * guessed}"
        for name, dialect, guessed in report.sources
    ]
    parts = [f"# Import of {_inert(report.title)}", "\n".join(sources)]
    found = [(name, str(count)) for name, count in report.found.items()]
    parts += ["## Found", _table("what | how many", found)]
    if report.merge is not None:
        parts += _merged(report.merge)
    for title, columns, rows in (
        (
            "## Needs a look\n\nNothing here stops a build. Lines are those of the notes.",
            "lines | why | what to do | text",
            [(_lines(n.places), n.reason, n.suggestion, n.text) for n in report.needs_look],
        ),
        (
            "## Guessed\n\nThe least certain first.",
            "confidence | lines | what",
            [(f"{g.confidence:.0%}", _lines(g.places), g.what) for g in report.guessed],
        ),
        ("## Corrected", "kind | what | lines", _group_rows(report.corrected)),
        (
            "## Left out\n\nWhat means nothing in a course.",
            "kind | what | lines",
            _group_rows(report.left_out),
        ),
        (
            "## Not in the course as it was\n\nThe whole line, where a word of it is not in the"
            " course, or where it holds signs alone.",
            "line | words | text",
            [(n.place, " ".join(n.words), n.text) for n in report.not_in_course],
        ),
    ):
        if rows:
            parts += [title, _table(columns, rows)]
    return "\n\n".join(parts) + "\n"


def _group_rows(groups: Iterable[Group]) -> list[tuple[str, ...]]:
    return [(group.kind, group.what, _lines(group.places)) for group in groups]


def _merged(merge: Merge) -> list[str]:
    parts = ["## Merged into the course", f"{merge.unchanged} concepts are as they were."]
    for title, ids in (
        ("New", merge.added),
        ("Refreshed: not edited since the last import", merge.refreshed),
        ("Taken out by you, and not put back", merge.removed_by_you),
        ("No longer in the notes, and not deleted", merge.vanished),
    ):
        if ids:
            parts += [f"### {title}", "\n".join(f"- `{name}`" for name in ids)]
    if merge.kept:
        parts.append("### Edited by you, and left alone")
        for both in merge.kept:
            parts += [
                f"`{both.id}` in {both.path}, as you have it:",
                code_block(both.yours, "markdown"),
                "as the notes would have it:",
                code_block(both.notes, "markdown"),
            ]
    return parts


def _lines(places: Sequence[str]) -> str:
    return ", ".join(places)


def _table(columns: str, rows: Iterable[Sequence[str]]) -> str:
    made = [f"| {columns} |", "|" + "---|" * (columns.count("|") + 1)]
    made += ["| " + " | ".join(map(_inert, row)) + " |" for row in rows]
    return "\n".join(made)


def _inert(text: str) -> str:
    """Escape a text for a table cell."""
    text = " ".join(text.split())
    return re.sub(r"([\\|`*_<>\[\]$])", r"\\\1", text)
