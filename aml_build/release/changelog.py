"""The changelog of a course: a release moves what is under "Unreleased" to its version."""

import re
from collections.abc import Callable

CHANGELOG_NAME = "CHANGELOG.md"
_HEADING = re.compile(r"^## +(.*?) *$", re.MULTILINE)
_UNRELEASED = "Unreleased"
_EMPTY = "# Changelog\n"


def add_release(changelog: str, version: str, date: str, notes: str) -> str:
    """Return the changelog with a section for the version, made of what was unreleased.

    ``notes`` list for students what importing does; they end the section. An existing section for the
    version stays as it is: a person wrote it, or an interrupted release did.
    """
    if section(changelog, version):
        return changelog
    changelog = changelog or _EMPTY
    found = _find(changelog, lambda name: name.strip("[]").lower() == _UNRELEASED.lower())
    if found is None:
        first = _HEADING.search(changelog)
        start = body = end = first.start() if first else len(changelog)
    else:
        start, body, end = found
    own = changelog[body:end].strip()
    text = "\n\n".join(filter(None, (own, f"Importing this deck:\n\n{notes.strip()}")))
    headings = f"## {_UNRELEASED}", f"## {version} ({date})"
    parts = (changelog[:start].rstrip(), *headings, text, changelog[end:].strip())
    return "\n\n".join(filter(None, parts)) + "\n"


def section(changelog: str, version: str) -> str:
    """Return the section of a version; empty if there is none."""
    found = _find(changelog, lambda name: name.split(" ")[0].strip("[]") == version)
    return changelog[found[1] : found[2]].strip() + "\n" if found else ""


def _find(changelog: str, wanted: Callable[[str], bool]) -> tuple[int, int, int] | None:
    """Return where the heading of a section, its text and the next section begin."""
    headings = list(_HEADING.finditer(changelog))
    ends = [*(heading.start() for heading in headings[1:]), len(changelog)]
    for heading, end in zip(headings, ends, strict=False):
        if wanted(heading[1]):
            return heading.start(), heading.end(), end
    return None
