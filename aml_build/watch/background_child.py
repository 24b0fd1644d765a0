"""The child process of a background build: ``python -m aml_build.watch.background_child CONTENT OUT``."""

import os
import sys
from pathlib import Path

import msgspec

from aml_build.commands.build import build
from aml_build.pipeline.request import BuildRequest
from aml_build.shutdown import install_handlers
from aml_build.storage.files import describe

_NICENESS = 10
"""Lowers the priority, so that the rebuild of the cards gets the processor first."""


def main(root: str, out: str) -> int:
    """Build everything, write the outcome as JSON to standard output, return the exit code."""
    install_handlers()
    if sys.platform != "win32":
        os.nice(_NICENESS)
    try:
        outcome = build(BuildRequest(Path(root), Path(out)))
    except OSError as problem:
        sys.stderr.write(f"{describe(problem)}\n")
        return 2
    sys.stdout.buffer.write(msgspec.json.encode(msgspec.structs.replace(outcome, sources={})))
    return outcome.exit_code


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
