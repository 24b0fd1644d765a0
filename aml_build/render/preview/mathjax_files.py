"""The MathJax that Anki ships, as files of the preview."""

from functools import cache
from importlib.resources import files

_FONTS = "output/chtml/fonts/woff-v2"


@cache
def mathjax_files() -> dict[str, bytes]:
    """Return MathJax 3.2.2's combined component and its fonts, by POSIX path."""
    root = files("mathjax") / "static" / "mathjax" / "es5"
    fonts = sorted(f.name for f in (root / _FONTS).iterdir() if f.name.endswith(".woff"))
    paths = ("tex-chtml-full.js", *(f"{_FONTS}/{name}" for name in fonts))
    return {path: (root / path).read_bytes() for path in paths}
