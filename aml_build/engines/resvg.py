"""The one place that runs resvg: an SVG picture as pixels.

It runs in a process of its own, because a picture can ask for more work than any computer can do, and only
a process can be stopped.
"""

import json
import subprocess
import sys

_SECONDS = 10.0
"""What one picture may take; drawings of books take less than one."""
_MEMORY = 2_000_000_000
"""Bytes."""
SANS, MONO = "Latin Modern Sans", "Latin Modern Mono"
_PROGRAM = f"""
import json, sys
import resvg_py
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, ({_MEMORY}, {_MEMORY}))
except (ImportError, ValueError, OSError):
    pass
try:
    sys.stdout.buffer.write(resvg_py.svg_to_bytes(**json.load(sys.stdin)))
except ValueError as broken:
    sys.exit(str(broken))
"""


class ResvgError(Exception):
    """resvg cannot draw a picture; its argument says why."""


def draw(svg: str, width: int, fonts: tuple[str, ...]) -> bytes:
    """Return a picture as PNG, ``width`` pixels wide, on white, with no font but those at the paths.

    Raise ``ResvgError``.
    """
    asked = {
        "svg_string": svg,
        "width": width,
        "background": "white",
        "skip_system_fonts": True,
        "font_files": fonts,
        "monospace_family": MONO,
        **dict.fromkeys(
            (
                "font_family",
                "serif_family",
                "sans_serif_family",
                "cursive_family",
                "fantasy_family",
            ),
            SANS,
        ),
    }
    command = [sys.executable, "-I", "-c", _PROGRAM]
    try:
        done = subprocess.run(
            command,
            input=json.dumps(asked).encode(),
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as slow:
        raise ResvgError(f"it takes more than {_SECONDS:.0f} seconds to draw") from slow
    if done.returncode or not done.stdout:
        lines = done.stderr.decode("utf-8", "replace").strip().split("\n")
        raise ResvgError(lines[-1] or "it cannot be drawn")
    return done.stdout
