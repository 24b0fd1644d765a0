"""The commit and dates of the notes: the one place that runs git."""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from aml_build.model.edition import Edition
from aml_build.storage.clock import given_epoch, iso_date
from aml_build.storage.source_paths import OUT, RELEASE_TEXTS, STATE, TESTS

_NO_DATE = 946_684_800
"""1 January 2000, inside PDF files where neither git nor SOURCE_DATE_EPOCH gives a date; shown nowhere."""

_COMMIT = "\x1e"
"""Begins a commit in the output of ``git log``; paths follow, each ended by NUL."""


def edition(root: Path) -> Edition:
    """Return the edition of the notes in this folder; outside git, SOURCE_DATE_EPOCH gives the date.

    Raise ``EpochError`` if that is no time.
    """
    commit, seconds = "", ""
    head = _git(root, "log", "-1", "--format=%h %ct", "--abbrev=10")
    if head:
        commit, _, seconds = head.strip().partition(" ")
        # No artifact depends on these two files, and an interrupted release has written them already.
        release = (":(exclude,icase)CHANGELOG.md", f":(exclude){RELEASE_TEXTS}")
        unread = (*(f":(exclude){name}" for name in (TESTS, OUT, STATE)), *release)
        if _git(root, "status", "--porcelain", "--", ".", *unread):
            commit += "+"
    given = given_epoch()
    epoch = given if given is not None else int(seconds or _NO_DATE)
    date = iso_date(epoch) if seconds or given is not None else ""
    return Edition(version="", date=date, commit=commit, epoch=epoch)


def commit_times(root: Path) -> Mapping[str, int]:
    """Return when each committed file below the folder last changed, s since 1970, by relative POSIX path.

    A file with changes that are not committed is left out. The time is that of the commit, or of the merge
    that brought it to this branch: a merged commit may be older than a build of this branch. In a
    shallow clone, where older commits are missing, all files have the time of HEAD.
    """
    head = _git(root, "log", "-1", "--format=%ct").strip()
    tracked = _git(root, "ls-files", "-z", "--", ".").split("\0")
    if not head or not any(tracked):
        return {}
    if _git(root, "rev-parse", "--is-shallow-repository").strip() == "true":
        times = dict.fromkeys(filter(None, tracked), int(head))
    else:
        times = _first_parent_times(root)
    changed = _changed(root)
    return {path: times[path] for path in tracked if path in times and path not in changed}


def _first_parent_times(root: Path) -> dict[str, int]:
    """Return the time of the last commit on this branch that changed each file."""
    log = _git(
        root, "log", "--first-parent", "--diff-merges=first-parent", "--no-renames", "--name-only",
        "--relative", "-z", f"--format=format:{_COMMIT}%ct", "--", ".",
    )  # fmt: skip
    times: dict[str, int] = {}
    for commit in log.split(_COMMIT)[1:]:
        seconds, *paths = commit.replace("\n", "\0").split("\0")
        for path in filter(None, paths):
            times.setdefault(path, int(seconds))
    return times


def _changed(root: Path) -> frozenset[str]:
    """Return the paths of tracked files that differ from HEAD, relative to the folder."""
    changed = _git(root, "diff", "--name-only", "--relative", "-z", "HEAD", "--", ".")
    return frozenset(changed.split("\0"))


def top_level(folder: Path) -> str:
    """Return the folder of the repository that has this one, or nothing outside git."""
    return _git(folder, "rev-parse", "--show-toplevel").strip()


def remote(root: Path) -> str:
    """Return the name of the remote repository, ``origin`` of several; nothing without one."""
    names = _git(root, "remote").split()
    return "origin" if "origin" in names else next(iter(names), "")


def _git(root: Path, *arguments: str) -> str:
    """Return what git prints, or nothing where it cannot answer."""
    try:
        done = subprocess.run(
            ["git", "-C", str(root), "-c", "log.showSignature=false", *arguments],
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            timeout=20,
            check=False,
            env={**os.environ, "GIT_OPTIONAL_LOCKS": "0"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout if done.returncode == 0 else ""
