"""The one place that runs pdftocairo: single pages of a PDF, as PDF and as SVG."""

import shutil
import subprocess
from pathlib import Path

from aml_build.engines.install_hints import ToolMissingError
from aml_build.shutdown import temporary_folder

_SECONDS = 60.0
"""What one page may take."""


def split_pages(pdf: bytes, count: int) -> tuple[tuple[bytes, bytes], ...]:
    """Return PDF and SVG of each of the first ``count`` pages.

    Raise ``ToolMissingError`` where there is no pdftocairo, ``subprocess.SubprocessError`` where it
    fails or takes too long.
    """
    program = shutil.which("pdftocairo")
    if program is None:
        raise ToolMissingError("pdftocairo")
    with temporary_folder("aml-figures-") as folder:
        whole = folder / "all.pdf"
        whole.write_bytes(pdf)
        return tuple(
            (_convert(program, "-pdf", whole, page), _convert(program, "-svg", whole, page))
            for page in map(str, range(1, count + 1))
        )


def _convert(program: str, form: str, whole: Path, page: str) -> bytes:
    target = whole.parent / f"page{form}"
    command = [program, form, "-f", page, "-l", page, str(whole), str(target)]
    subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
    return target.read_bytes()
