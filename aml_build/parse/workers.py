"""Lessons parsed side by side, by further interpreters.

Not multiprocessing: its children import the caller's main module again, which is not ours to run
twice, and forking a process that has threads is unsafe.
"""

import gc
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO

import msgspec

from aml_build.diagnostics.source import Source
from aml_build.model import Macro
from aml_build.parse.lesson import Draft, parse_lesson
from aml_build.parse.text.formula_table import Formulas

_WORTH = 400_000
"""Characters whose parsing takes a good deal longer than starting an interpreter."""


class Work(msgspec.Struct, frozen=True):
    """Lessons for one interpreter."""

    macros: tuple[Macro, ...]
    sources: tuple[Source, ...]


def parse_lessons(sources: Sequence[Source], macros: tuple[Macro, ...]) -> list[Draft]:
    """Parse lessons, in their order, on as many cores as is worth it."""
    size = sum(len(source.text) for source in sources)
    cores = min(os.cpu_count() or 1, size // _WORTH, len(sources))
    if cores < 2:
        return _here(Work(macros, tuple(sources)))
    shares = [Work(macros, tuple(sources[start::cores])) for start in range(cores)]
    others = [_start(share) for share in shares[1:]]
    done = [_here(shares[0])]
    for share, (process, output) in zip(shares[1:], others, strict=True):
        done.append(_finish(share, process, output))
    # Put back what was dealt out in turn.
    return [done[index % cores][index // cores] for index in range(len(sources))]


def _here(work: Work) -> list[Draft]:
    formulas = Formulas({macro.name: macro for macro in work.macros})
    return [parse_lesson(source, formulas) for source in work.sources]


def _start(work: Work) -> tuple[subprocess.Popen[bytes], IO[bytes]]:
    """Start an interpreter; files stand between it and us, so that nobody waits for a full pipe."""
    root = str(Path(__file__).parents[2])
    path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    output = tempfile.TemporaryFile()  # noqa: SIM115 (closed when it has been read)
    with tempfile.TemporaryFile() as given:
        given.write(msgspec.msgpack.encode(work))
        given.seek(0)
        process = subprocess.Popen(
            [sys.executable, "-m", "aml_build.parse.workers"],
            stdin=given,
            stdout=output,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
        )
    return process, output


def _finish(work: Work, process: subprocess.Popen[bytes], output: IO[bytes]) -> list[Draft]:
    with output:
        if process.wait() == 0:
            output.seek(0)
            return msgspec.msgpack.decode(output.read(), type=list[Draft])
    # Whatever ailed it will show its traceback here.
    return _here(work)


if __name__ == "__main__":
    gc.disable()
    share = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Work)
    sys.stdout.buffer.write(msgspec.msgpack.encode(_here(share)))
