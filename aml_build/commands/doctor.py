"""Which of the tools that a build calls are installed."""

import shutil
import subprocess

import msgspec

from aml_build.engines.install_hints import here


class Finding(msgspec.Struct, frozen=True):
    """What is known of one tool."""

    tool: str
    purpose: str
    found: bool
    version: str
    remedy: str
    """What to type to get it."""


_TOOLS = {
    "pdflatex": "cheat sheet, booklet, figures, formula check",
    "pdftocairo": "figures on cards",
    "git": "date and commit on what is printed",
}


def examine() -> tuple[Finding, ...]:
    """Look for every tool and return what was found, in the order of need."""
    return tuple(_look_for(tool, purpose) for tool, purpose in _TOOLS.items())


def _look_for(tool: str, purpose: str) -> Finding:
    path = shutil.which(tool)
    return Finding(tool, purpose, path is not None, _version(tool) if path else "", here(tool))


def _version(tool: str) -> str:
    """Return the first line that the tool says of itself."""
    flag = "-v" if tool == "pdftocairo" else "--version"
    try:
        done = subprocess.run([tool, flag], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return "does not answer"
    lines = (done.stdout or done.stderr).splitlines()
    return lines[0] if lines else ""
