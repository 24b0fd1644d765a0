"""What a build is asked for and what comes of it; light, so that an unchanged build starts nothing."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import msgspec

from aml_build.diagnostics.codes import Severity
from aml_build.diagnostics.diagnostic import Diagnostic
from aml_build.diagnostics.source import Source
from aml_build.pipeline.options import Options, Target

Progress = Callable[[str], None]
"""Told each step of long work as it begins."""


class Request(msgspec.Struct, frozen=True):
    """What to build, from where to where."""

    root: Path
    """The folder with ``course.yaml``."""
    out: Path
    targets: tuple[Target, ...] = tuple(Target)
    options: Options = Options()
    version: str = ""
    """Of the release that this build is for; empty: the last one."""
    use_cache: bool = True

    @property
    def memory(self) -> Path | None:
        """Return the folder of what may be remembered, if anything may."""
        return self.out / ".cache" if self.use_cache else None


class Row(msgspec.Struct, frozen=True):
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


class Outcome(msgspec.Struct, frozen=True):
    """What came of a build."""

    diagnostics: tuple[Diagnostic, ...]
    rows: tuple[Row, ...] = ()
    missing: tuple[str, ...] = ()
    """Tools that are not installed: what lacks, and the command that installs it."""
    unchanged: bool = False
    """Nothing had to be done."""
    sources: Mapping[str, Source] = {}
    """By path, for showing the lines at fault; read anew where nothing was parsed."""

    @property
    def exit_code(self) -> int:
        """Return 2 for a missing tool, 1 for mistakes in the content, else 0."""
        if stops(self.diagnostics):
            return 1
        return 2 if self.missing else 0


def stops(diagnostics: Iterable[Diagnostic]) -> bool:
    """Return whether artifacts may not be made."""
    return any(d.severity is Severity.ERROR for d in diagnostics)
