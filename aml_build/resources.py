"""Templates, in a checkout and in an installed wheel."""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from aml_build.phrases import pieces

_PHRASE = re.compile(r"\[\[([a-z]+\.[a-z.-]+)((?: [a-z]+=[^\s\]]+)*)\]\]")


@cache
def templates() -> Path:
    """Return the folder of templates; the wheel carries it inside the package."""
    here = Path(__file__).parent
    packed = here / "_templates"
    return packed if packed.is_dir() else here.parent / "templates"


def template(name: str, encode: Callable[[str], str] = str) -> str:
    """Return the text of the template with this POSIX path; raise ``OSError`` if there is none.

    ``[[key name=value]]`` becomes the phrase: its text as ``encode`` returns it, its values as they are.
    Raise ``KeyError`` for an unknown key or placeholder.
    """

    def fill(match: re.Match[str]) -> str:
        values = dict(pair.split("=", 1) for pair in match[2].split())
        found = pieces(match[1])
        return "".join(encode(text) + (values[name] if name else "") for text, name in found)

    return _PHRASE.sub(fill, (templates() / name).read_text(encoding="utf-8"))
