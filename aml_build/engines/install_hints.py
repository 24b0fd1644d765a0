"""How to get a tool that is not installed, on every system we know."""

import shutil
from collections.abc import Mapping

#: Program that installs packages, the systems that have it, how it is called, what it installs.
_MANAGERS: tuple[tuple[str, str, str, Mapping[str, str]], ...] = (
    (
        "apt-get",
        "Debian or Ubuntu",
        "sudo apt-get install",
        {
            "pdflatex": "texlive-latex-recommended texlive-pictures texlive-fonts-recommended "
            "texlive-latex-extra lmodern",
            "pdftocairo": "poppler-utils",
            "git": "git",
        },
    ),
    (
        "dnf",
        "Fedora",
        "sudo dnf install",
        {"pdflatex": "texlive-scheme-medium", "pdftocairo": "poppler-utils", "git": "git"},
    ),
    (
        "pacman",
        "Arch",
        "sudo pacman -S",
        {
            "pdflatex": "texlive-latexextra texlive-pictures texlive-fontsrecommended",
            "pdftocairo": "poppler",
            "git": "git",
        },
    ),
    (
        "brew",
        "macOS",
        "brew install",
        {"pdflatex": "--cask mactex-no-gui", "pdftocairo": "poppler", "git": "git"},
    ),
    (
        "winget",
        "Windows",
        "winget install",
        {"pdflatex": "MiKTeX.MiKTeX", "pdftocairo": "oschwartz10612.Poppler", "git": "Git.Git"},
    ),
)


def here(tool: str) -> str:
    """Return the command that installs the tool on this machine; all of them where none is known."""
    for program, _, install, packages in _MANAGERS:
        if shutil.which(program):
            return f"{install} {packages[tool]}"
    return everywhere(tool)


def everywhere(tool: str) -> str:
    """Return the sentence that says how to install the tool on every system."""
    ways = (f"{system}: `{install} {packages[tool]}`" for _, system, install, packages in _MANAGERS)
    return f"{'; '.join(ways)}."
