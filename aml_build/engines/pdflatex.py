"""The one place that runs pdflatex: shut in, timed, its log read."""

import contextlib
import errno
import io
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import msgspec

from aml_build.engines import sandbox
from aml_build.engines.install_hints import everywhere
from aml_build.engines.tex_log import ProblemKind, TexProblem, mark, problems, unmarked
from aml_build.shutdown import cleanup_on_exit, temporary_folder, while_starting
from aml_build.storage.cache import digest

__all__ = [
    "ProblemKind",
    "TexProblem",
    "TexResult",
    "ToolMissing",
    "mark",
    "run",
    "type3_fonts",
    "unmarked",
]

_DOCUMENT = "document.tex"
_LEAST_ROOM = 65_536
"""Bytes on the disk without which nothing can be typeset."""
_OUTPUT_CAP = 256 * 1024 * 1024
"""Bytes that a run may leave in its folder: far above any honest document."""


class ToolMissing(Exception):  # noqa: N818 - it is an answer, not an error of ours
    """A program that is not installed, and the command that installs it."""

    def __init__(self, tool: str, hint: str) -> None:
        super().__init__(f"{tool} is not installed. {hint}")
        self.tool = tool
        self.hint = hint


class TexResult(msgspec.Struct, frozen=True):
    """What a run gave."""

    pdf: bytes | None
    """Nothing where TeX made none, ran too long, or read what it must not."""
    log: str
    """For our eyes only: never shown to an author."""
    problems: tuple[TexProblem, ...]
    files: Mapping[str, bytes]
    """Those of the collected files that TeX wrote, by name."""


def run(
    document: str,
    *,
    inputs: Mapping[str, bytes] | None = None,
    passes: int = 1,
    epoch: int = 0,
    collect: tuple[str, ...] = (),
    timeout: float = 120.0,
) -> TexResult:
    """Typeset a document; raise ``ToolMissing`` or, on a full disk, ``OSError``.

    ``inputs`` are files by relative POSIX name, laid beside the document. At most ``passes`` runs
    are made, fewer where nothing that TeX reads back has changed. ``epoch`` (seconds) is the date of
    the document, ``timeout`` (seconds) holds for all passes together.
    """
    program = shutil.which("pdflatex")
    if program is None:
        raise ToolMissing("pdflatex", everywhere("pdflatex"))
    given = dict(inputs or {})
    deadline = time.monotonic() + timeout
    with temporary_folder("aml-tex-") as folder:
        _lay_out(folder, document, given)
        stopped, before = "", ""
        for _ in range(passes):
            stopped = _once(program, folder, epoch, deadline)
            after = _read_back(folder, given)
            if stopped or after == before or not after:
                break
            before = after
        if shutil.disk_usage(folder).free < _LEAST_ROOM:
            # TeX would blame the document, or leave half a file.
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return _result(folder, document, given, collect, stopped)


def _lay_out(folder: Path, document: str, inputs: Mapping[str, bytes]) -> None:
    """Write the document and its inputs."""
    for name, data in inputs.items():
        path = folder / name
        if not path.resolve().is_relative_to(folder):
            raise ValueError(f"an input outside the folder: {name}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (folder / _DOCUMENT).write_text(document, encoding="utf-8", newline="\n")


def _once(program: str, folder: Path, epoch: int, deadline: float) -> str:
    """Make one pass and return why it was stopped: ``timeout``, ``output`` or nothing."""
    command = [
        program,
        "-interaction=nonstopmode",
        "-no-shell-escape",
        "-file-line-error",
        "-recorder",
        _DOCUMENT,
    ]
    with ExitStack() as stack:
        with while_starting():
            process = stack.enter_context(
                subprocess.Popen(
                    sandbox.wrap(command, folder),
                    cwd=folder,
                    env=sandbox.environment(folder, epoch),
                    # Not for words: it ends with us, and TeX with it.
                    stdin=subprocess.PIPE,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,
                )
            )
            stack.enter_context(cleanup_on_exit(lambda: _kill(process)))
        return _watched(process, folder, deadline)


def _watched(process: "subprocess.Popen[bytes]", folder: Path, deadline: float) -> str:
    """Wait for the process and return why it was stopped, if it was."""
    reasons: list[str] = []
    finished = threading.Event()
    guard = threading.Thread(
        target=_guard, args=(process, folder, deadline, finished, reasons), daemon=True
    )
    guard.start()
    try:
        process.wait()
    finally:
        # Also on Ctrl-C: no TeX may go on behind our back, nor its folder stay.
        finished.set()
        _kill(process)
        guard.join()
    return reasons[0] if reasons else ""


def _guard(
    process: "subprocess.Popen[bytes]",
    folder: Path,
    deadline: float,
    finished: threading.Event,
    reasons: list[str],
) -> None:
    """Kill the process once it has run or written too much."""
    while not finished.wait(0.1):
        if time.monotonic() > deadline:
            reasons.append("timeout")
        elif _size(folder) > _OUTPUT_CAP:
            reasons.append("output")
        if reasons:
            _kill(process)
            return


def _kill(process: "subprocess.Popen[bytes]") -> None:
    """Kill the process with all that it started, and wait for it."""
    if process.poll() is None:
        if sys.platform == "win32":
            process.kill()
        else:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _files(folder: Path) -> Iterator[Path]:
    """Return all files of the folder, in order."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _size(folder: Path) -> int:
    """Return the bytes in the folder."""
    total = 0
    for path in _files(folder):
        with contextlib.suppress(OSError):
            total += path.stat().st_size
    return total


_WRITTEN_ONLY = {".pdf", ".log", ".fls"}
_EMPTY_AUX = re.compile(rb"\A\\relax ?\n(?:\\gdef \\@abspage@last\{\d+\}\n?)?\Z")


def _read_back(folder: Path, inputs: Mapping[str, bytes]) -> str:
    """Return a digest of what the next pass would read, empty where that is nothing."""
    known = {folder / name for name in inputs} | {folder / _DOCUMENT}
    parts: list[str | bytes] = []
    for path in _files(folder):
        if path in known or path.suffix in _WRITTEN_ONLY:
            continue
        data = path.read_bytes()
        if not (path.suffix == ".aux" and _EMPTY_AUX.match(data)):
            parts += [path.name, data]
    return digest(*parts) if parts else ""


def _text(path: Path) -> str:
    """Return the text of a file that may not be there."""
    return path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""


def _result(
    folder: Path,
    document: str,
    inputs: Mapping[str, bytes],
    collect: tuple[str, ...],
    stopped: str,
) -> TexResult:
    """Gather what the last pass left."""
    log = _text(folder / "document.log")
    texts = {name: data.decode("utf-8", "replace") for name, data in inputs.items()}
    found = problems(log, _DOCUMENT, texts | {_DOCUMENT: document})
    if stopped:
        found = (*found, _stopped(stopped))
    outside = sandbox.trespasses(_text(folder / "document.fls"), folder)
    if outside:
        found = (*found, _trespass())
    pdf = folder / "document.pdf"
    bad = stopped or outside or not pdf.is_file()
    files = {
        name: (folder / name).read_bytes()
        for name in collect
        if not outside and (folder / name).is_file()
    }
    return TexResult(None if bad else pdf.read_bytes(), log, found, files)


def _stopped(reason: str) -> TexProblem:
    """Return the problem of a run that had to be killed."""
    message = {
        "timeout": "TeX did not come to an end in time and was stopped.",
        "output": "TeX wrote without end and was stopped.",
    }[reason]
    return TexProblem(ProblemKind.TIMEOUT, message, 0, None)


def _trespass() -> TexProblem:
    """Return the problem of a document that read a foreign file."""
    message = "The document reads a file outside its own folder, which is not allowed."
    return TexProblem(ProblemKind.ERROR, message, 0, None)


def type3_fonts(pdf: bytes) -> tuple[str, ...]:
    """Return the names of the bitmap (Type 3) fonts of a PDF, sorted."""
    import pikepdf

    found = set()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for thing in document.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Subtype") == "/Type3":
                found.add(str(thing.get("/Name", "unnamed")))
    return tuple(sorted(found))
