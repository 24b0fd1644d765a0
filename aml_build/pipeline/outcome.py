"""The outcome of a build, as people and programs are shown it."""

from collections.abc import Collection, Iterable, Mapping

import msgspec

from aml_build.diagnostics.diagnostic import (
    Diagnostic,
    has_errors,
    in_order,
    without_disabled,
)
from aml_build.diagnostics.source import Source
from aml_build.release.import_summary import ImportSummary


class ArtifactRow(msgspec.Struct, frozen=True):
    """One artifact in the report."""

    target: str
    path: str
    """Relative to the output folder; the first file where there are several."""
    size: int
    """Bytes, all files together."""
    summary: str
    seconds: float
    """Spent making it."""
    written: bool
    """Whether any byte differs from what lay there."""
    files: tuple[str, ...] = ()
    """All paths relative to the output folder."""


class NotLookedAt(msgspec.Struct, frozen=True):
    """What a check left out."""

    figures: tuple[str, ...] = ()
    """Paths of the figures that were not drawn."""
    artifacts: tuple[str, ...] = ()
    """Names of the artifacts that were not typeset."""


class Outcome(msgspec.Struct, frozen=True):
    """What came of a build."""

    diagnostics: tuple[Diagnostic, ...]
    rows: tuple[ArtifactRow, ...] = ()
    missing: tuple[str, ...] = ()
    """Tools that are not installed: what lacks, and the command that installs it."""
    import_summary: ImportSummary | None = None
    """What an import of the deck does; nothing where no deck was built."""
    notices: tuple[str, ...] = ()
    """What else the user should know."""
    not_looked_at: NotLookedAt = NotLookedAt()
    """What a check left out; nothing for a build."""
    unchanged: bool = False
    """Nothing had to be done."""
    sources: Mapping[str, Source] = {}
    """By path, for showing the lines at fault; read anew where nothing was parsed."""

    @property
    def exit_code(self) -> int:
        """Return 1 for mistakes in the content, otherwise 2 for a missing tool, else 0."""
        if has_errors(self.diagnostics):
            return 1
        return 2 if self.missing else 0


def outcome_of(
    found: Iterable[Diagnostic],
    rows: tuple[ArtifactRow, ...] = (),
    missing: tuple[str, ...] = (),
    *,
    disabled: Collection[str] = (),
    sources: Mapping[str, Source] = {},
) -> Outcome:
    """Return the outcome of what was found: the one place where diagnostics are filtered and sorted.

    ``disabled`` are the codes whose warnings the course switches off.
    """
    return Outcome(in_order(without_disabled(found, disabled)), rows, missing, sources=sources)
