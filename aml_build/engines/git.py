"""The commit and date of the notes: the one place that runs git."""

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from aml_build.model.edition import Edition
from aml_build.storage.source_paths import TESTS

_NO_DATE = 946_684_800
"""1 January 2000, where neither git nor SOURCE_DATE_EPOCH gives a date."""


def edition(root: Path) -> Edition:
    """Return the edition of the notes in this folder; outside git, SOURCE_DATE_EPOCH gives the date."""
    commit, epoch = "", _NO_DATE
    head = _git(root, "log", "-1", "--format=%h %ct", "--abbrev=10")
    if head:
        commit, _, seconds = head.partition(" ")
        epoch = int(seconds)
        # No artifact depends on the changelog, and an interrupted release has written it already.
        unread = (f":(exclude){TESTS}", ":(exclude,icase)CHANGELOG.md")
        if _git(root, "status", "--porcelain", "--", ".", *unread):
            commit += "+"
    epoch = int(os.environ.get("SOURCE_DATE_EPOCH") or epoch)
    date = datetime.fromtimestamp(epoch, UTC).date().isoformat()
    return Edition(version="", date=date, commit=commit, epoch=epoch)


def _git(root: Path, *arguments: str) -> str:
    """Return what git prints, or nothing where it cannot answer."""
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *arguments],
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
