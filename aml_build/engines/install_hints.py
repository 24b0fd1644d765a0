"""How to install a missing program, on every system that the tool knows."""

import shutil
from collections.abc import Mapping

# fmt: off
_MANAGERS: tuple[tuple[str, str, str, Mapping[str, str]], ...] = (
    ("apt-get", "Debian or Ubuntu", "sudo apt-get install", {
        "pdflatex": "texlive-latex-recommended texlive-pictures texlive-fonts-recommended texlive-latex-extra lmodern",
        "pdftocairo": "poppler-utils",
        "git": "git",
    }),
    ("dnf", "Fedora", "sudo dnf install",
     {"pdflatex": "texlive-scheme-medium", "pdftocairo": "poppler-utils", "git": "git"}),
    ("pacman", "Arch", "sudo pacman -S",
     {"pdflatex": "texlive-latexextra texlive-pictures texlive-fontsrecommended", "pdftocairo": "poppler", "git": "git"}),
    ("brew", "macOS", "brew install",
     {"pdflatex": "--cask mactex-no-gui", "pdftocairo": "poppler", "git": "git"}),
    ("winget", "Windows", "winget install",
     {"pdflatex": "MiKTeX.MiKTeX", "pdftocairo": "oschwartz10612.Poppler", "git": "Git.Git"}),
)
# fmt: on
"""Package manager, its system, how it is called, the packages of each program."""


class ToolMissingError(Exception):
    """A program is not installed; the message ends with the commands that install it."""

    def __init__(self, tool: str) -> None:
        self.tool = tool
        self.hint = everywhere(tool)
        super().__init__(f"{tool} is not installed. {self.hint}")


def here(tool: str) -> str:
    """Return the command that installs the tool on this machine, or the commands for all systems."""
    for program, _, install, packages in _MANAGERS:
        if shutil.which(program):
            return f"{install} {packages[tool]}"
    return everywhere(tool)


def everywhere(tool: str) -> str:
    """Return a sentence with the command of every system."""
    ways = (f"{system}: `{install} {packages[tool]}`" for _, system, install, packages in _MANAGERS)
    return f"{'; '.join(ways)}."
