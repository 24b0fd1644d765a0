"""A release: check, build, refuse what costs students their history; write notes, changelog, lock."""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec.structs import replace
from packaging.version import Version

from aml_build.commands.build import build
from aml_build.engines.git import edition
from aml_build.pipeline.build import prepare
from aml_build.pipeline.note_dates import date_contents
from aml_build.pipeline.options import Target
from aml_build.pipeline.outcome import Outcome
from aml_build.pipeline.passes import compare_texts
from aml_build.pipeline.release_files import write_release
from aml_build.pipeline.request import BuildRequest, Progress
from aml_build.release.changelog import CHANGELOG_NAME, add_release, section
from aml_build.release.compare import Diff
from aml_build.release.diff_report import markdown
from aml_build.release.lock import LOCK_NAME
from aml_build.storage.cache import Cache
from aml_build.storage.clock import iso_date, now
from aml_build.storage.files import write_atomically
from aml_build.storage.source_paths import RELEASE_TEXTS

NOTES_NAME = "release-notes.md"
_DIRTY = (
    "The notes in {root} differ from the last commit, so the commit would not show what was released. "
    "Commit them first, or add --allow-dirty."
)
_VERSION = re.compile(r"[0-9]+\.[0-9]+(\.[0-9]+)?([-.]?(a|b|rc)[0-9]+)?")


class ReleaseResult(msgspec.Struct, frozen=True):
    """What a release did, or why it was refused."""

    outcome: Outcome
    diff: Diff | None
    refusal: str = ""
    """Why nothing was released; empty after a release."""
    next_steps: tuple[str, ...] = ()
    """What the maintainer types next."""

    @property
    def exit_code(self) -> int:
        """Return 1 if the notes are refused, 2 for a missing tool or an impossible version."""
        if not self.refusal:
            return 0
        return self.outcome.exit_code or (2 if self.diff is None else 1)


def release(
    root: Path,
    out: Path,
    version: str,
    on_progress: Progress = lambda _: None,
    targets: tuple[Target, ...] = tuple(Target),
    *,
    changelog: Path | None = None,
    allow_dirty: bool = False,
) -> ReleaseResult:
    """Build the version and write the lock last; raise ``OSError`` if writing fails.

    The part "Unreleased" of the changelog (by default the course's own) becomes the version's
    section and, with what the deck does to students, the release notes. A missing file is begun.
    """
    nothing = Outcome(())
    if not _VERSION.fullmatch(version):
        return ReleaseResult(nothing, None, _no_version(version))
    made_from = edition(root)
    if made_from.commit.endswith("+") and not allow_dirty:
        return ReleaseResult(nothing, None, _DIRTY.format(root=root.as_posix()))
    moment = now()
    request = BuildRequest(root, out, targets, version=version, moment=moment)
    state = compare_texts(prepare(request, Cache(out / ".cache"), on_progress), root)
    if state.diff is None or state.missing:
        return ReleaseResult(
            state.outcome, None, "Mistakes or missing tools are in the way; fix them first."
        )
    last = state.lock.version
    if not _is_later(version, last):
        return ReleaseResult(
            nothing, None, f"Students have {last}. Choose a later version than that."
        )
    diff = state.diff
    if diff.problems:
        return ReleaseResult(
            nothing, diff, "Students would lose history; each hint says what to write."
        )
    state = date_contents(state, request)
    # The comparison with the last release says more than the one with the last build.
    outcome = replace(build(request, on_progress), import_summary=None)
    if outcome.exit_code:
        return ReleaseResult(outcome, diff, "The build failed; fix what is listed above.")
    on_progress("writing the release notes, the changelog and the lock")
    changelog = changelog or changelog_of(root)
    before = changelog.read_text(encoding="utf-8") if changelog.exists() else ""
    text = add_release(before, version, iso_date(moment), markdown(diff))
    write_atomically(out / NOTES_NAME, section(text, version).encode())
    if text != before:
        write_atomically(changelog, text.encode())
    # The lock comes last: without it nothing is released, and the same command can be run again.
    write_release(root, state, version, iso_date(moment))
    return ReleaseResult(
        outcome, diff, next_steps=tuple(_next_steps(version, root, out, changelog))
    )


def changelog_of(root: Path) -> Path:
    """Return where the course keeps its changelog for students."""
    return root / CHANGELOG_NAME


def notes_of(changelog: Path, version: str) -> str:
    """Return the changelog's section of a version; raise ``OSError`` if there is no changelog."""
    return section(changelog.read_text(encoding="utf-8"), version)


def _no_version(typed: str) -> str:
    bare = typed.removeprefix("v")
    near = bare if _VERSION.fullmatch(bare) else "one like 1.2.0"
    return f"`{typed}` is no version. Write {near}."


def _is_later(version: str, last: str) -> bool:
    """Return whether a version may follow the last one, which may be empty or unreadable."""
    now, before = _VERSION.fullmatch(version), _VERSION.fullmatch(last)
    return now is not None and (before is None or Version(version) > Version(last))


def _next_steps(version: str, root: Path, out: Path, changelog: Path) -> Iterator[str]:
    yield f"Release notes: {(out / NOTES_NAME).as_posix()}"
    yield "Read them and the changelog, correct their wording, then type:"
    files = (root / LOCK_NAME, root / RELEASE_TEXTS, changelog)
    yield f"  git add {' '.join(path.as_posix() for path in files)}"
    yield f"  git commit -m 'Release {version}'"
    yield f"  git tag v{version}"
    yield f"  git push origin HEAD v{version}"
