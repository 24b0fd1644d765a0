"""Shutting a TeX engine in: its environment, its file system, its trespasses.

Contributors' math and TikZ reach TeX. Content checks refuse dangerous commands; this room is the wall
behind them, so that a command that slips through reads nothing, writes nothing and phones nobody.
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
_LEASH = 'exec 3<&0; { read -r _ <&3; kill -KILL 0; } & exec 3<&- "$@" </dev/null'
"""Becomes the command it is given, and leaves one behind that kills their group once its input ends."""
_TEX_TREES = ("texmf", "texlive", "miktex", "tinytex")
_KEPT_ON_WINDOWS = ("SYSTEMROOT", "APPDATA", "LOCALAPPDATA", "PROGRAMDATA", "USERPROFILE")


def environment(folder: Path, epoch: int) -> dict[str, str]:
    """Return the whole environment of a run: paranoid about files, deaf to the user's set-up.

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
        # Nothing may generate bitmap fonts behind our back: they look bad and start scripts.
        "MKTEXPK": "0",
        "MKTEXTFM": "0",
        "MKTEXMF": "0",
        "MKTEXTEX": "0",
        "SOURCE_DATE_EPOCH": str(epoch),
        "FORCE_SOURCE_DATE": "1",
        # A log whose lines are not broken can be read.
        "max_print_line": "1000",
        "error_line": "254",
        "half_error_line": "238",
    }
    kept = {name: os.environ[name] for name in _KEPT_ON_WINDOWS if name in os.environ}
    return hardened | kept if sys.platform == "win32" else hardened


def wrap(command: list[str], folder: Path) -> list[str]:
    """Return the command inside a file system of system folders and its own, without a network.

    Where ``bwrap`` is missing or may not work (in most containers), the file system stays as it is.
    Start it in a session of its own, with a pipe for its input: once nobody holds the other end, be
    it that we were killed, it is killed. The kernel's own signal at a parent's death (``bwrap
    --die-with-parent``, ``setpriv --pdeathsig``) is asked for too late where the parent dies while
    the command starts; the end of a pipe is there whenever one looks. On Windows nothing holds it.
    """
    leash = [_SHELL, "-c", _LEASH, _SHELL] if os.name == "posix" else []
    wall = _wall()
    if not wall:
        return [*leash, *command]
    return [*wall, "--bind", str(folder), str(folder), "--chdir", str(folder), *leash, *command]


@cache
def _wall() -> tuple[str, ...]:
    """Return the start of a command line that shuts TeX in, proved to work; else nothing."""
    bwrap, kpsewhich = shutil.which("bwrap"), shutil.which("kpsewhich")
    if bwrap is None or kpsewhich is None:
        return ()
    wall = [bwrap, "--unshare-all", "--dev", "/dev", "--proc", "/proc"]
    for path in [*_SYSTEM, *_private_installation(Path(kpsewhich))]:
        wall += ["--ro-bind-try", path, path]
    probe = [*wall, _SHELL, "-c", 'exec "$@"', _SHELL, kpsewhich]
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
    return tuple(wall) if done.returncode == 0 else ()


def _private_installation(program: Path) -> list[str]:
    """Return the folders of a TeX Live that somebody installed outside the system folders."""
    year = program.resolve().parent.parent.parent
    if len(year.parts) < 4 or any(year.is_relative_to(path) for path in _SYSTEM):
        return []
    return [str(program.parent), str(year), str(year.parent / "texmf-local")]


def trespasses(recorded: str, folder: Path) -> tuple[str, ...]:
    """Return the files that a run read although they are neither its own nor the engine's.

    ``recorded`` is the ``.fls`` file of the run. This catches what the engine's own settings let
    through (``\\pdfobj stream file``) where there is no ``bwrap`` to stop it.
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
