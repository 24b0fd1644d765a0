"""A release: check, build, refuse what would strand students; write notes, changelog and lock."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from aml_build.commands.build import build
from aml_build.engines.git import edition
from aml_build.pipeline.build import prepare
from aml_build.pipeline.options import Target
from aml_build.pipeline.outcome import Outcome, Progress, Request
from aml_build.pipeline.release_lock import write_lock
from aml_build.release.changelog import released, section
from aml_build.release.compare import Diff
from aml_build.release.diff_report import markdown
from aml_build.release.lock import LOCK_NAME
from aml_build.storage.cache import Cache, write_atomically

NOTES_NAME = "release-notes.md"
_DIRTY = (
    "The notes in {root} differ from the last commit, so nobody could say what was released. "
    "Commit them first, or add --allow-dirty."
)
_VERSION = re.compile(r"(\d+)\.(\d+)(?:\.(\d+))?(?:[-.]?(a|b|rc)(\d+))?")


class Released(msgspec.Struct, frozen=True):
    """What came of a release."""

    outcome: Outcome
    diff: Diff | None
    refusal: str = ""
    """Why nothing was released; empty where it was."""
    next_steps: tuple[str, ...] = ()
    """What is left to the maintainer to type."""

    @property
    def exit_code(self) -> int:
        """Return 1 where the notes are refused, 2 for a missing tool or a version that cannot be."""
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
) -> Released:
    """Build the version and write the lock last; raise ``OSError`` where writing fails.

    What stands under "Unreleased" in the changelog becomes the version's section and, with what the
    deck does to students, its release notes. A changelog that is not there is begun.
    """
    nothing = Outcome(())
    if not _VERSION.fullmatch(version):
        return Released(nothing, None, _no_version(version))
    made_from = edition(root)
    if made_from.commit.endswith("+") and not allow_dirty:
        return Released(nothing, None, _DIRTY.format(root=root.as_posix()))
    request = Request(root, out, targets, version=version)
    state = prepare(request, Cache(out / ".cache"), on_progress)
    if state.diff is None or state.missing:
        return Released(
            state.outcome, None, "Mistakes or missing tools are in the way; mend them first."
        )
    last = state.lock.version
    if not _is_later(version, last):
        return Released(nothing, None, f"Students have {last}. Choose a later version than that.")
    diff = state.diff
    if diff.problems:
        return Released(nothing, diff, "It would strand students; each hint says what to write.")
    outcome = build(request, on_progress)
    if outcome.exit_code:
        return Released(outcome, diff, "The build failed; mend what is listed above.")
    on_progress("writing the release notes, the changelog and the lock")
    log = _read(changelog)
    text = released(log, version, made_from.date, markdown(diff))
    write_atomically(out / NOTES_NAME, section(text, version).encode())
    if changelog is not None and text != log:
        write_atomically(changelog, text.encode())
    # Last: while it is not written, nothing was released, and the same command can be run again.
    write_lock(root, state.lock, state.contents, version, made_from)
    written = [root / LOCK_NAME, *([changelog] if changelog is not None else [])]
    return Released(outcome, diff, next_steps=tuple(_next_steps(version, out, written)))


def _no_version(typed: str) -> str:
    bare = typed.removeprefix("v")
    wish = bare if _VERSION.fullmatch(bare) else "one like 1.2.0"
    return f"`{typed}` is no version. Write {wish}."


def _is_later(version: str, last: str) -> bool:
    """Return whether a version may follow; one that cannot be read, or none, any may."""
    now, before = _VERSION.fullmatch(version), _VERSION.fullmatch(last)
    return now is not None and (before is None or _order(now) > _order(before))


def _order(version: re.Match[str]) -> tuple[int, int, int, str, int]:
    """Return what versions are ordered by: one that is only a candidate comes before the real one."""
    major, minor, patch, candidate, number = version.groups()
    return int(major), int(minor), int(patch or 0), candidate or "z", int(number or 0)


def notes_of(changelog: Path, version: str) -> str:
    """Return what the changelog says about a version; raise ``OSError`` where there is none."""
    return section(changelog.read_text(encoding="utf-8"), version)


def _read(changelog: Path | None) -> str:
    try:
        return changelog.read_text(encoding="utf-8") if changelog is not None else ""
    except FileNotFoundError:
        return ""


def _next_steps(version: str, out: Path, written: Sequence[Path]) -> Iterator[str]:
    files = " ".join(path.as_posix() for path in written)
    yield f"Release notes: {(out / NOTES_NAME).as_posix()}"
    yield "Read them and the changelog, mend their wording, then type:"
    yield f"  git add {files}"
    yield f"  git commit -m 'Release {version}'"
    yield f"  git tag v{version}"
    yield f"  git push origin HEAD v{version}"
