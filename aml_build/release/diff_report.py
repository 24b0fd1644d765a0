"""A diff as people read it: in the terminal, and as release notes."""

from aml_build.release.compare import Change, Diff, Fate

_MEANING = {
    Fate.NEW: "new",
    Fate.UPDATED: "updated; their history stays",
    Fate.RENAMED: "renamed; their history stays",
    Fate.UNTOUCHED: "untouched",
    Fate.MOVED: "in another deck for new students; Anki leaves yours where they are",
    Fate.RETIRED: "retired; they stay in collections until students delete them",
    Fate.GONE: "gone without a word",
}
_MOST_NAMED = 12


def table(diff: Diff) -> str:
    """Return counts, then what a student or maintainer has to do something about."""
    since = f"since release {diff.since}" if diff.since else "before the first release"
    lines = [f"What the next import does to the notes of a student, {since}:"]
    for fate, meaning in _MEANING.items():
        if count := diff.count(fate):
            lines.append(f"  {count:>5}  {meaning}")
    lines += [
        f"  {change.fate.value}: {_told(change)}"
        for change in diff.changes
        if change.fate is not Fate.UNTOUCHED and (change.search or change.detail)
    ]
    for problem in diff.problems:
        lines += [f"error [{problem.code}] {problem.message}", f"  hint: {problem.hint}"]
    return "\n".join(lines)


def markdown(diff: Diff) -> str:
    """Return release notes for students, in Markdown."""
    lines = [
        f"- {_MEANING[fate].capitalize()} ({_notes(diff.count(fate))}): {_named(diff, fate)}"
        for fate in (Fate.NEW, Fate.UPDATED, Fate.RENAMED)
        if diff.count(fate)
    ]
    for fate in (Fate.MOVED, Fate.RETIRED, Fate.GONE):
        lines += [
            f"- {fate.value.capitalize()}: {change.id}"
            + (f" ({change.detail})" if change.detail else "")
            + f". Find it in Anki's browser with `{change.search}`"
            for change in diff.changes
            if change.fate is fate
        ]
    if not lines:
        lines.append("- Nothing that a student would see has changed.")
    if same := diff.count(Fate.UNTOUCHED):
        lines.append(f"- As before ({_notes(same)}): importing does not touch them.")
    return "\n".join(lines) + "\n"


def _notes(count: int) -> str:
    return f"{count} note{'' if count == 1 else 's'}"


def _told(change: Change) -> str:
    parts = [change.id, change.detail, f"find it with {change.search}" if change.search else ""]
    return "; ".join(part for part in parts if part)


def _named(diff: Diff, fate: Fate) -> str:
    """Return the concepts concerned, a dozen at the most."""
    concepts = dict.fromkeys(c.id.partition("/")[0] for c in diff.changes if c.fate is fate)
    shown = ", ".join(list(concepts)[:_MOST_NAMED])
    more = len(concepts) - _MOST_NAMED
    return f"{shown} and {more} more concepts" if more > 0 else shown
