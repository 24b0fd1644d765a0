"""`aml-build doctor` without its command line: which programs of a build are installed."""

import shutil
import subprocess

import msgspec

from aml_build.engines.install_hints import here


class Finding(msgspec.Struct, frozen=True):
    """One program, and whether it is installed."""

    tool: str
    purpose: str
    found: bool
    version: str
    remedy: str
    """The command that installs it."""


_TOOLS = {
    "pdflatex": "cheat sheet, booklet, figures, formula check",
    "pdftocairo": "figures on cards",
    "git": "date and commit on what is printed",
}


def examine() -> tuple[Finding, ...]:
    """Look for every program, in the order in which a build needs them."""
    return tuple(_look_for(tool, purpose) for tool, purpose in _TOOLS.items())


def _look_for(tool: str, purpose: str) -> Finding:
    path = shutil.which(tool)
    return Finding(tool, purpose, path is not None, _version(tool) if path else "", here(tool))


def _version(tool: str) -> str:
    """Return the first line of the program's version message."""
    flag = "-v" if tool == "pdftocairo" else "--version"
    try:
        done = subprocess.run([tool, flag], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return "does not answer"
    lines = (done.stdout or done.stderr).splitlines()
    return lines[0] if lines else ""
