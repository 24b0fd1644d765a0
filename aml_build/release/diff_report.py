"""A diff as text: for the terminal, and as release notes."""

from aml_build.release.compare import Change, ChangeKind, Diff

_MEANING = {
    ChangeKind.NEW: "new",
    ChangeKind.UPDATED: "updated; their history stays",
    ChangeKind.RENAMED: "renamed; their history stays",
    ChangeKind.UNTOUCHED: "untouched",
    ChangeKind.MOVED: "in another deck for new students; Anki leaves yours where they are",
    ChangeKind.RETIRED: "retired; they stay in collections until students delete them",
    ChangeKind.GONE: "gone, not retired",
}
_MOST_NAMED = 12


def table(diff: Diff) -> str:
    """Return the counts, then each change that a maintainer has to act on."""
    since = f"since release {diff.since}" if diff.since else "before the first release"
    lines = [f"What the next import does to the notes of a student, {since}:"]
    for kind, meaning in _MEANING.items():
        if count := diff.count(kind):
            lines.append(f"  {count:>5}  {meaning}")
    lines += [
        f"  {change.kind.value}: {_described(change)}"
        for change in diff.changes
        if change.kind is not ChangeKind.UNTOUCHED and (change.search or change.detail)
    ]
    for problem in diff.problems:
        lines += [f"error [{problem.code}] {problem.message}", f"  hint: {problem.hint}"]
    return "\n".join(lines)


def markdown(diff: Diff) -> str:
    """Return release notes for students, in Markdown."""
    lines = [
        f"- {_MEANING[kind].capitalize()} ({_notes(diff.count(kind))}): {_concepts(diff, kind)}"
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
        lines.append(f"- As before ({_notes(same)}): importing does not touch them.")
    return "\n".join(lines) + "\n"


def _notes(count: int) -> str:
    return f"{count} note{'' if count == 1 else 's'}"


def _described(change: Change) -> str:
    parts = [change.id, change.detail, f"find it with {change.search}" if change.search else ""]
    return "; ".join(part for part in parts if part)


def _concepts(diff: Diff, kind: ChangeKind) -> str:
    """Return the concepts with such a change, at most twelve by name."""
    concepts = dict.fromkeys(c.id.partition("/")[0] for c in diff.changes if c.kind is kind)
    shown = ", ".join(list(concepts)[:_MOST_NAMED])
    more = len(concepts) - _MOST_NAMED
    return f"{shown} and {more} more concepts" if more > 0 else shown
