"""A release: check, build, refuse what would strand students, write the lock and the notes."""

import re
from pathlib import Path

import msgspec

from aml_build.build import prepare
from aml_build.cache import Cache, write_atomically
from aml_build.incremental import build
from aml_build.options import Target
from aml_build.outcome import Outcome, Request, Say
from aml_build.provenance import edition
from aml_build.publish import LOCK_NAME, publish
from aml_build.release.diff import Diff
from aml_build.release.report import markdown

NOTES_NAME = "release-notes.md"
_VERSION = re.compile(r"\d+(\.\d+){1,2}([-.]?(a|b|rc)\d+)?")


class Released(msgspec.Struct, frozen=True):
    """What came of a release."""

    outcome: Outcome
    diff: Diff | None
    refusal: str = ""
    """Why nothing was released; empty where it was."""
    next_steps: tuple[str, ...] = ()
    """What is left to the maintainer to type."""


def release(
    root: Path,
    out: Path,
    version: str,
    say: Say = lambda _: None,
    targets: tuple[Target, ...] = tuple(Target),
) -> Released:
    """Build the version and write the lock last; raise ``OSError`` where writing fails."""
    nothing = Outcome(())
    if not _VERSION.fullmatch(version):
        return Released(nothing, None, f"{version!r} is no version: write one like 1.2.0")
    request = Request(root, out, targets, version=version)
    ready = prepare(request, Cache(out / ".cache"), say)
    if ready.publication is None or ready.missing:
        outcome = Outcome(ready.diagnostics, missing=ready.missing, sources=ready.checked.sources)
        return Released(outcome, None, "mistakes or missing tools are in the way")
    diff = ready.publication.diff
    if diff.problems:
        return Released(nothing, diff, "it would strand students")
    outcome = build(request, say)
    if outcome.exit_code:
        return Released(outcome, diff, "the build failed")
    write_atomically(out / NOTES_NAME, _notes(version, diff).encode())
    publish(root, ready.publication, version, edition(root))
    lock = (root / LOCK_NAME).as_posix()
    return Released(
        outcome,
        diff,
        next_steps=(
            f"release notes: {(out / NOTES_NAME).as_posix()}",
            f"now type: git add {lock} && git commit -m 'Release {version}' && git tag v{version}",
        ),
    )


def _notes(version: str, diff: Diff) -> str:
    return f"# {version}\n\n{markdown(diff)}"
