"""The outline fonts of TeX as files, for pictures that are drawn without TeX."""

import functools
import shutil
import subprocess
from pathlib import Path

from aml_build.engines.install_hints import ToolMissingError

_FACES = (
    "lmsans10-regular lmsans10-bold lmsans10-oblique lmsans10-boldoblique "
    "lmroman10-regular lmroman10-bold lmroman10-italic lmroman10-bolditalic "
    "lmmono10-regular lmmono10-italic lmmonolt10-bold"
).split()
_SECONDS = 60.0


@functools.cache
def latin_modern() -> tuple[str, ...]:
    """Return the paths of Latin Modern's faces; raise ``ToolMissingError`` if there are none."""
    program = shutil.which("kpsewhich")
    if program is None:
        raise ToolMissingError("pdflatex")
    done = subprocess.run(
        [program, *(f"{face}.otf" for face in _FACES)],
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
    )
    found = tuple(line for line in done.stdout.split("\n") if Path(line).is_file())
    if not found:
        raise ToolMissingError("pdflatex")
    return found
