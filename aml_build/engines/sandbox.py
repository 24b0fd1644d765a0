"""A sandbox for TeX: its environment, its file system, and a check of the files it read.

Formulas and figures of contributors reach TeX. Checks of the notes refuse dangerous commands; if one
passes them, the sandbox keeps it from other files and from the network.
"""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

_SYSTEM = (
    "/usr",
    "/bin",
    "/sbin",
    "/lib",
    "/lib32",
    "/lib64",
    "/opt",
    "/nix",
    "/gnu",
    "/etc/alternatives",
    "/etc/ld.so.cache",
    "/etc/texmf",
    "/var/lib/texmf",
)
_SHELL = "/bin/sh"
_KILL_AT_END_OF_INPUT = 'exec 3<&0; { read -r _ <&3; kill -KILL 0; } & exec 3<&- "$@" </dev/null'
"""Runs a command, and beside it a process that kills both once their input ends."""
_TEX_TREES = ("texmf", "texlive", "miktex", "tinytex")
_KEPT_ON_WINDOWS = ("SYSTEMROOT", "APPDATA", "LOCALAPPDATA", "PROGRAMDATA", "USERPROFILE")


def environment(folder: Path, epoch: int) -> dict[str, str]:
    """Return all environment variables of a run: no file outside, no settings of the user.

    ``epoch`` is the date of the document in seconds, so that the same input gives the same bytes.
    """
    private = str(folder)
    hardened = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": private,
        "TMPDIR": private,
        "LC_ALL": "C",
        "TEXMFHOME": private,
        "TEXMFVAR": private,
        "TEXMFCONFIG": private,
        "TEXMFOUTPUT": private,
        "openin_any": "p",
        "openout_any": "p",
        "shell_escape": "f",
        # No bitmap fonts: they print badly, and scripts make them.
        "MKTEXPK": "0",
        "MKTEXTFM": "0",
        "MKTEXMF": "0",
        "MKTEXTEX": "0",
        "SOURCE_DATE_EPOCH": str(epoch),
        "FORCE_SOURCE_DATE": "1",
        # Broken lines of the log could not be parsed.
        "max_print_line": "1000",
        "error_line": "254",
        "half_error_line": "238",
    }
    kept = {name: os.environ[name] for name in _KEPT_ON_WINDOWS if name in os.environ}
    return hardened | kept if sys.platform == "win32" else hardened


def wrap(command: list[str], folder: Path) -> list[str]:
    """Return the command inside a file system of system folders and its own, without a network.

    Where ``bwrap`` is missing or does not work (in most containers), the file system is not limited.
    Start the command in a session of its own, with a pipe as its input: when the pipe closes, because
    this process ended or was killed, the command is killed. A signal at the parent's death (``bwrap
    --die-with-parent``, ``setpriv --pdeathsig``) comes too late if the parent dies while the command
    starts; a closed pipe stays closed. On Windows the command is not killed.
    """
    watchdog = [_SHELL, "-c", _KILL_AT_END_OF_INPUT, _SHELL] if os.name == "posix" else []
    bwrap = _bwrap()
    if not bwrap:
        return [*watchdog, *command]
    return [*bwrap, "--bind", str(folder), str(folder), "--chdir", str(folder), *watchdog, *command]


@cache
def _bwrap() -> tuple[str, ...]:
    """Return the beginning of a command line with a sandbox that works here; else nothing."""
    program, kpsewhich = shutil.which("bwrap"), shutil.which("kpsewhich")
    if program is None or kpsewhich is None:
        return ()
    command = [program, "--unshare-all", "--dev", "/dev", "--proc", "/proc"]
    for path in [*_SYSTEM, *_private_installation(Path(kpsewhich))]:
        command += ["--ro-bind-try", path, path]
    probe = [*command, _SHELL, "-c", 'exec "$@"', _SHELL, kpsewhich]
    probe += ["-engine=pdftex", "pdflatex.fmt", "article.cls"]
    try:
        done = subprocess.run(
            probe,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=20,
            check=False,
            env={"PATH": os.environ.get("PATH", os.defpath)},
        )
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return tuple(command) if done.returncode == 0 else ()


def _private_installation(program: Path) -> list[str]:
    """Return the folders of a TeX Live outside the system folders."""
    year = program.resolve().parent.parent.parent
    if len(year.parts) < 4 or any(year.is_relative_to(path) for path in _SYSTEM):
        return []
    return [str(program.parent), str(year), str(year.parent / "texmf-local")]


def files_read_outside(recorded: str, folder: Path) -> tuple[str, ...]:
    """Return the files that a run read and that belong neither to it nor to TeX.

    ``recorded`` is the ``.fls`` file of the run. TeX's own settings do not stop every command
    that reads (``\\pdfobj stream file``); without ``bwrap``, this check finds what was read.
    """
    lines = recorded.splitlines()
    # A file is recorded each time that it is opened, fonts by the hundred.
    read = dict.fromkeys(line.removeprefix("INPUT ") for line in lines if "INPUT " in line[:6])
    own = folder, folder.resolve()
    return tuple(name for name in read if not _harmless(name, own))


def _harmless(name: str, own: tuple[Path, Path]) -> bool:
    """Tell whether the file lies in the run's own folder, by either name, or in a TeX distribution."""
    path = Path(os.path.normpath(own[0] / name))
    if any(map(path.is_relative_to, own)):
        return True
    return any(part.lower().startswith(_TEX_TREES) for part in path.parts)
