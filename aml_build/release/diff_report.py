"""A diff as text: for the terminal, and as release notes."""

from collections.abc import Iterator
from itertools import chain

from aml_build.phrases import count_of
from aml_build.release.compare import Change, ChangeKind, Diff
from aml_build.release.text_changes import excerpts

_MEANING = {
    ChangeKind.NEW: "new",
    ChangeKind.UPDATED: "updated; their history stays",
    ChangeKind.DEFERRED: (
        "show other titles, numbers or lesson names, which arrive with the next change to their own text"
    ),
    ChangeKind.RENAMED: "renamed; their history stays",
    ChangeKind.UNTOUCHED: "untouched",
    ChangeKind.MOVED: "in another deck for new students; Anki leaves yours where they are",
    ChangeKind.RETIRED: "retired; they stay in collections until students delete them",
    ChangeKind.GONE: "gone, not retired",
}
_MOST_NAMED = 12
_ANKI_DECIDES = (
    "Anki replaces the tags of an updated note, the student's own and the star too. It skips a note that the",
    'student edited, tagged or marked after the deck was built, unless they set "Update notes" to "Always".',
)


def table(diff: Diff) -> str:
    """Return the counts, then each change that a maintainer has to act on."""
    since = f"since release {diff.since}" if diff.since else "before the first release"
    lines = [f"What the next import does to the notes of a student, {since}:"]
    for kind, meaning in _MEANING.items():
        if count := diff.count(kind):
            lines.append(f"  {count:>5}  {meaning}")
    lines += chain.from_iterable(map(_lines, diff.changes))
    if diff.count(ChangeKind.UPDATED):
        lines += _ANKI_DECIDES
    for problem in diff.problems:
        lines += [f"error [{problem.code}] {problem.message}", f"  hint: {problem.hint}"]
    return "\n".join(lines)


def _lines(change: Change) -> Iterator[str]:
    """Yield the change, and the words that differ; nothing for a note that nobody has to look at."""
    if change.kind is ChangeKind.UNTOUCHED or not (change.search or change.detail or change.fields):
        return
    yield f"  {change.kind.value}: {_described(change)}"
    for field in change.fields:
        old, new = excerpts(field)
        yield f"    {field.name}"
        yield from (f"      {sign} {text}" for sign, text in (("-", old), ("+", new)) if text)


def markdown(diff: Diff) -> str:
    """Return release notes for students, in Markdown."""
    lines = [
        f"- {_MEANING[kind].capitalize()} ({count_of(diff.count(kind), 'note')}): {_concepts(diff, kind)}"
        for kind in (ChangeKind.NEW, ChangeKind.UPDATED, ChangeKind.RENAMED)
        if diff.count(kind)
    ]
    for kind in (ChangeKind.MOVED, ChangeKind.RETIRED, ChangeKind.GONE):
        lines += [
            f"- {kind.value.capitalize()}: {change.id}"
            + (f" ({change.detail})" if change.detail else "")
            + f". Find it in Anki's browser with `{change.search}`"
            for change in diff.changes
            if change.kind is kind
        ]
    if not lines:
        lines.append("- Nothing that a student would see has changed.")
    if same := diff.count(ChangeKind.UNTOUCHED):
        lines.append(f"- As before ({count_of(same, 'note')}): importing does not touch them.")
    return "\n".join(lines) + "\n"


def _described(change: Change) -> str:
    parts = [change.id, change.detail, f"find it with {change.search}" if change.search else ""]
    return "; ".join(part for part in parts if part)


def _concepts(diff: Diff, kind: ChangeKind) -> str:
    """Return the concepts with such a change, at most twelve by name."""
    concepts = dict.fromkeys(c.id.partition("/")[0] for c in diff.changes if c.kind is kind)
    shown = ", ".join(list(concepts)[:_MOST_NAMED])
    more = len(concepts) - _MOST_NAMED
    return f"{shown} and {more} more concepts" if more > 0 else shown
