"""The one place that runs pdflatex: in a sandbox, with a time limit; its log is read."""

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
from aml_build.engines.install_hints import ToolMissingError
from aml_build.engines.tex_log import TexProblem, problems
from aml_build.engines.tex_messages import ProblemKind
from aml_build.shutdown import cleanup_on_exit, temporary_folder, while_starting
from aml_build.storage.files import digest

_DOCUMENT = "document.tex"
_LEAST_SPACE = 65_536
"""Free bytes on the disk that TeX needs at least."""
_OUTPUT_CAP = 256 * 1024 * 1024
"""Bytes that a run may write to its folder: far above any honest document."""


_KILLED = {
    ProblemKind.TIMEOUT: "TeX did not finish in time and was stopped.",
    ProblemKind.OUTPUT: "TeX wrote without end and was stopped.",
}
_OUTSIDE = "The document reads a file outside its own folder, which is not allowed."


class TexResult(msgspec.Struct, frozen=True):
    """The outcome of a run."""

    pdf: bytes | None
    """Nothing if TeX made none, ran too long, or read a file that it must not read."""
    log: str
    """For the tool itself: never shown to an author."""
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
    """Typeset a document; raise ``ToolMissingError`` or, on a full disk, ``OSError``.

    ``inputs`` are files by relative POSIX name, written beside the document. At most ``passes`` runs
    are made, fewer if nothing that TeX reads back has changed. ``epoch`` (seconds) is the date of
    the document, ``timeout`` (seconds) is for all passes together.
    """
    program = shutil.which("pdflatex")
    if program is None:
        raise ToolMissingError("pdflatex")
    given = dict(inputs or {})
    deadline = time.monotonic() + timeout
    with temporary_folder("aml-tex-") as folder:
        _write_inputs(folder, document, given)
        stopped, before = None, ""
        for _ in range(passes):
            stopped = _once(program, folder, epoch, deadline)
            after = _read_back(folder, given)
            if stopped or after == before or not after:
                break
            before = after
        if shutil.disk_usage(folder).free < _LEAST_SPACE:
            # On a full disk, TeX blames the document or writes half a file.
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return _result(folder, document, given, collect, stopped)


def _write_inputs(folder: Path, document: str, inputs: Mapping[str, bytes]) -> None:
    """Write the document and its inputs."""
    for name, data in inputs.items():
        path = folder / name
        if not path.resolve().is_relative_to(folder):
            raise ValueError(f"an input outside the folder: {name}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (folder / _DOCUMENT).write_text(document, encoding="utf-8", newline="\n")


def _once(program: str, folder: Path, epoch: int, deadline: float) -> ProblemKind | None:
    """Make one pass and return why it was killed, if it was."""
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
                    # The pipe closes when this process ends, and the sandbox then kills TeX.
                    stdin=subprocess.PIPE,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,
                )
            )
            stack.enter_context(cleanup_on_exit(lambda: _kill(process)))
        return _wait(process, folder, deadline)


def _wait(process: "subprocess.Popen[bytes]", folder: Path, deadline: float) -> ProblemKind | None:
    """Wait for the process and return why it was killed, if it was."""
    reasons: list[ProblemKind] = []
    finished = threading.Event()
    guard = threading.Thread(
        target=_guard, args=(process, folder, deadline, finished, reasons), daemon=True
    )
    guard.start()
    try:
        process.wait()
    finally:
        # An exception must not leave TeX running.
        finished.set()
        _kill(process)
        guard.join()
    return reasons[0] if reasons else None


def _guard(
    process: "subprocess.Popen[bytes]",
    folder: Path,
    deadline: float,
    finished: threading.Event,
    reasons: list[ProblemKind],
) -> None:
    """Kill the process once it has run or written too much."""
    while not finished.wait(0.1):
        if time.monotonic() > deadline:
            reasons.append(ProblemKind.TIMEOUT)
        elif _size(folder) > _OUTPUT_CAP:
            reasons.append(ProblemKind.OUTPUT)
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
    stopped: ProblemKind | None,
) -> TexResult:
    """Return what the last pass wrote."""
    log = _text(folder / "document.log")
    texts = {name: data.decode("utf-8", "replace") for name, data in inputs.items()}
    found = problems(log, _DOCUMENT, texts | {_DOCUMENT: document})
    if stopped:
        found = (*found, TexProblem(stopped, _KILLED[stopped], 0, None))
    outside = sandbox.files_read_outside(_text(folder / "document.fls"), folder)
    if outside:
        found = (*found, TexProblem(ProblemKind.ERROR, _OUTSIDE, 0, None))
    pdf = folder / "document.pdf"
    bad = stopped or outside or not pdf.is_file()
    files = {
        name: (folder / name).read_bytes()
        for name in collect
        if not outside and (folder / name).is_file()
    }
    return TexResult(None if bad else pdf.read_bytes(), log, found, files)


def type3_fonts(pdf: bytes) -> tuple[str, ...]:
    """Return the names of the bitmap (Type 3) fonts of a PDF, sorted."""
    import pikepdf

    found = set()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for thing in document.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Subtype") == "/Type3":
                found.add(str(thing.get("/Name", "unnamed")))
    return tuple(sorted(found))
