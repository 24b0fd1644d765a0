"""The changelog of a course: a release moves what is under "Unreleased" to its version."""

import re
from collections.abc import Callable
from itertools import pairwise

CHANGELOG_NAME = "CHANGELOG.md"
_HEADING = re.compile(r"^## +(.*?) *$", re.MULTILINE)
_PART = re.compile(r"^### +(.*?) *$", re.MULTILINE)
_FOR_OTHERS = frozenset(["contributors", "developers", "maintainers"])
"""Headings of the parts that are not for students."""
_UNRELEASED = "Unreleased"
_EMPTY = "# Changelog\n"


def add_release(changelog: str, version: str, date: str, notes: str) -> str:
    """Return the changelog with a section for the version, made of what was unreleased.

    ``notes`` list for students what importing does. What is for students comes first. An existing section
    for the version stays as it is: a person wrote it, or an interrupted release did.
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
    ours, others = _by_readers(changelog[body:end])
    text = "\n\n".join(filter(None, (ours, f"Importing this deck:\n\n{notes.strip()}", others)))
    headings = f"## {_UNRELEASED}", f"## {version} ({date})"
    parts = (changelog[:start].rstrip(), *headings, text, changelog[end:].strip())
    return "\n\n".join(filter(None, parts)) + "\n"


def section(changelog: str, version: str) -> str:
    """Return the section of a version; empty if there is none."""
    found = _find(changelog, lambda name: name.split(" ")[0].strip("[]") == version)
    return changelog[found[1] : found[2]].strip() + "\n" if found else ""


def for_students(text: str) -> str:
    """Return a section without its parts for contributors, as the release notes have it."""
    ours, _ = _by_readers(text)
    return f"{ours}\n" if ours else ""


def _by_readers(text: str) -> tuple[str, str]:
    """Return the parts of a section that are for students, then those that are not."""
    starts = [0, *(heading.start() for heading in _PART.finditer(text)), len(text)]
    readers: tuple[list[str], list[str]] = ([], [])
    for start, end in pairwise(starts):
        part = text[start:end].strip()
        heading = _PART.match(part)
        readers[bool(heading and heading[1].lower() in _FOR_OTHERS)].append(part)
    ours, others = ("\n\n".join(filter(None, parts)) for parts in readers)
    return ours, others


def _find(changelog: str, wanted: Callable[[str], bool]) -> tuple[int, int, int] | None:
    """Return where the heading of a section, its text and the next section begin."""
    headings = list(_HEADING.finditer(changelog))
    ends = [*(heading.start() for heading in headings[1:]), len(changelog)]
    for heading, end in zip(headings, ends, strict=False):
        if wanted(heading[1]):
            return heading.start(), heading.end(), end
    return None
