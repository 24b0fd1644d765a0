"""The changelog: what stands under "Unreleased" becomes a version."""

import re

_HEADING = re.compile(r"^## +(.*?) *$", re.MULTILINE)
_UNRELEASED = "Unreleased"
_EMPTY = "# Changelog\n"


def released(changelog: str, version: str, date: str, notes: str) -> str:
    """Return the changelog with a section for the version, made of what was unreleased.

    ``notes`` tell students what importing does; they end the section. A version that has a section
    keeps it: somebody wrote it, or a release was interrupted after it was written.
    """
    if section(changelog, version):
        return changelog
    before, own, after = _split(changelog or _EMPTY)
    body = "\n\n".join(
        part for part in (own.strip(), f"Importing this deck:\n\n{notes.strip()}") if part
    )
    parts = (before.rstrip(), f"## {_UNRELEASED}", f"## {version} ({date})", body, after.strip())
    return "\n\n".join(part for part in parts if part) + "\n"


def section(changelog: str, version: str) -> str:
    """Return what the changelog says about a version; nothing where it says nothing."""
    headings = list(_HEADING.finditer(changelog))
    for number, heading in enumerate(headings):
        if heading[1].split(" ")[0].strip("[]") != version:
            continue
        following = headings[number + 1 : number + 2]
        end = following[0].start() if following else len(changelog)
        return changelog[heading.end() : end].strip() + "\n"
    return ""


def _split(changelog: str) -> tuple[str, str, str]:
    """Return what stands before, under and after the heading of what is unreleased."""
    headings = list(_HEADING.finditer(changelog))
    for number, heading in enumerate(headings):
        if heading[1].strip("[]").lower() != _UNRELEASED.lower():
            continue
        following = headings[number + 1 : number + 2]
        end = following[0].start() if following else len(changelog)
        return changelog[: heading.start()], changelog[heading.end() : end], changelog[end:]
    first = headings[0].start() if headings else len(changelog)
    return changelog[:first], "", changelog[first:]
