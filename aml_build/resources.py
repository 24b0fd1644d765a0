"""Templates and pages of help, in a checkout and in an installed wheel."""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from aml_build.phrases import pieces

TOPICS = tuple(
    "format math figures diagnostics cheatsheet booklet watch stats import release glossary".split()
)
"""The pages of ``docs/`` for authors of notes; pyproject.toml packs them into the wheel."""
_PHRASE = re.compile(r"\[\[([a-z]+\.[a-z.-]+)((?: [a-z]+=[^\s\]]+)*)\]\]")


@cache
def templates() -> Path:
    """Return the folder of templates; the wheel carries it inside the package."""
    return _packed("templates")


def page(topic: str) -> str:
    """Return a page of ``docs/`` as Markdown; raise ``OSError`` if there is none."""
    return (_packed("docs") / f"{topic}.md").read_text(encoding="utf-8")


def _packed(name: str) -> Path:
    here = Path(__file__).parent
    packed = here / f"_{name}"
    return packed if packed.is_dir() else here.parent / name


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
