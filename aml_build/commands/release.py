"""A release: check, build, refuse what costs students their history; write notes, changelog, lock."""

import re
from pathlib import Path

import msgspec
from msgspec.structs import replace
from packaging.version import Version

from aml_build.commands.build import build
from aml_build.commands.release_folder import FOLDER, write_release_folder
from aml_build.commands.release_steps import next_steps
from aml_build.engines.git import edition
from aml_build.pipeline.build import prepare
from aml_build.pipeline.note_dates import date_contents
from aml_build.pipeline.options import Target
from aml_build.pipeline.outcome import Outcome
from aml_build.pipeline.passes import compare_texts
from aml_build.pipeline.release_files import write_release
from aml_build.pipeline.request import BuildRequest, Progress
from aml_build.release.changelog import CHANGELOG_NAME, add_release, for_students, section
from aml_build.release.compare import ChangeKind, Diff
from aml_build.release.diff_report import markdown
from aml_build.release.lock import LOCK_NAME
from aml_build.storage.cache import Cache
from aml_build.storage.clock import iso_date, now
from aml_build.storage.files import write_atomically
from aml_build.storage.source_paths import CACHE, RELEASE_TEXTS

_DIRTY = (
    "The notes in {root} differ from the last commit, so the commit would not show what was released. "
    "Commit them first, or add --allow-dirty."
)
_IN_THE_WAY = "Mistakes or missing tools are in the way; fix them first."
_FAILED = "The build failed; fix what is listed above."
_RELEASE_FIRST = "Release this version first: aml-build release --version X"
_EDITED = (
    "The notes differ from release {version}. Go back to its commit, or release a later version."
)
_EDITS = frozenset(
    (
        ChangeKind.NEW,
        ChangeKind.UPDATED,
        ChangeKind.MOVED,
        ChangeKind.RENAMED,
        ChangeKind.GONE,
    )
)
"""What a released commit does not show of its notes."""
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
    state = compare_texts(prepare(request, Cache(out / CACHE), on_progress), root)
    if state.diff is None or state.missing:
        return ReleaseResult(state.outcome, None, _IN_THE_WAY)
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
        return ReleaseResult(outcome, diff, _FAILED)
    on_progress("writing the release notes, the changelog and the lock")
    changelog = changelog or root / CHANGELOG_NAME
    before = changelog.read_text(encoding="utf-8") if changelog.exists() else ""
    date = iso_date(moment)
    text = add_release(before, version, date, markdown(diff))
    if text != before:
        write_atomically(changelog, text.encode())
    assert state.course is not None
    notes = for_students(section(text, version))
    commit = made_from.commit
    write_release_folder(out, outcome.rows, state.course, version, date, commit, notes)
    # The lock comes last: without it nothing is released, and the same command can be run again.
    write_release(root, state, version, date)
    written = (root / LOCK_NAME, root / RELEASE_TEXTS, changelog)
    steps = next_steps(version, root, out, changelog, written)
    return ReleaseResult(outcome, diff, next_steps=tuple(steps))


def gather(
    root: Path,
    out: Path,
    version: str = "",
    on_progress: Progress = lambda _: None,
    *,
    changelog: Path | None = None,
) -> ReleaseResult:
    """Build the last release again and write its folder; raise ``OSError`` if writing fails.

    ``version``, where given, has to be that of the last release.
    """
    made_from = edition(root)
    state = prepare(BuildRequest(root, out), Cache(out / CACHE), on_progress)
    last = state.lock.version
    if not last or version not in ("", last):
        students = f"Students have {last}." if last else "Nothing is released yet."
        return ReleaseResult(Outcome(()), None, f"{students} {_RELEASE_FIRST}")
    if state.diff is None or state.missing:
        return ReleaseResult(state.outcome, None, _IN_THE_WAY)
    if any(change.kind in _EDITS for change in state.diff.changes):
        return ReleaseResult(Outcome(()), state.diff, _EDITED.format(version=last))
    outcome = build(BuildRequest(root, out, version=last), on_progress)
    if outcome.exit_code:
        return ReleaseResult(outcome, None, _FAILED)
    assert state.course is not None
    changelog = changelog or root / CHANGELOG_NAME
    text = changelog.read_text(encoding="utf-8") if changelog.exists() else ""
    notes = for_students(section(text, last))
    date, commit = state.lock.date, made_from.commit
    write_release_folder(out, outcome.rows, state.course, last, date, commit, notes)
    folder = f"Files for students: {(out / FOLDER).as_posix()}"
    return ReleaseResult(outcome, None, next_steps=(folder,))


def _no_version(typed: str) -> str:
    bare = typed.removeprefix("v")
    near = bare if _VERSION.fullmatch(bare) else "one like 1.2.0"
    return f"`{typed}` is no version. Write {near}."


def _is_later(version: str, last: str) -> bool:
    """Return whether a version may follow the last one, which may be empty or unreadable."""
    now, before = _VERSION.fullmatch(version), _VERSION.fullmatch(last)
    return now is not None and (before is None or Version(version) > Version(last))
