"""Which of the tools that a build calls are installed."""

import shutil
import subprocess

import msgspec


class Finding(msgspec.Struct, frozen=True):
    """What is known of one tool."""

    tool: str
    purpose: str
    found: bool
    version: str
    remedy: str
    """What to type to get it."""


#: Tool, what it is for, the Debian packages that carry it.
_TOOLS = (
    (
        "pdflatex",
        "cheat sheet, booklet, figures, formula check",
        "texlive-latex-recommended texlive-latex-extra texlive-pictures "
        "texlive-fonts-recommended lmodern",
    ),
    ("pdftocairo", "figures on cards", "poppler-utils"),
    ("git", "date and commit on what is printed", "git"),
)


def examine() -> tuple[Finding, ...]:
    """Look for every tool and return what was found, in the order of need."""
    return tuple(_look_for(*tool) for tool in _TOOLS)


def _look_for(tool: str, purpose: str, packages: str) -> Finding:
    path = shutil.which(tool)
    version = _version(tool) if path else ""
    return Finding(tool, purpose, path is not None, version, f"sudo apt-get install {packages}")


def _version(tool: str) -> str:
    """Return the first line that the tool says of itself."""
    flag = "-v" if tool == "pdftocairo" else "--version"
    try:
        done = subprocess.run([tool, flag], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return "does not answer"
    lines = (done.stdout or done.stderr).splitlines()
    return lines[0] if lines else ""
