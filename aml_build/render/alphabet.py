"""The alphabet that the print artifacts share: under which words a name is looked up."""

import re
import unicodedata

from aml_build.model import Cloze, Emphasis, Inlines, Link, Math, Ref, Strong, Text
from aml_build.model import Code as Verbatim

_COMMAND = re.compile(r"\\([A-Za-z]+)|[^A-Za-z0-9]")
_FONTS = frozenset({"mathbf", "mathbb", "mathcal", "mathrm", "boldsymbol", "hat", "bar", "tilde"})

SortKey = tuple[str, str]
"""What names are sorted by: without case, accents and marks; then as they are."""


def sort_text(nodes: Inlines) -> str:
    """Return the words of a term as they are looked up: math by the names of its symbols."""
    out = []
    for node in nodes:
        match node:
            case Text(text) | Verbatim(text):
                out.append(text)
            case Math(tex):
                out.append(_COMMAND.sub(_symbol_name, tex))
            case Emphasis(children) | Strong(children) | Cloze(_, children):
                out.append(sort_text(children))
            case Ref(_, children) | Link(_, children):
                out.append(sort_text(children))
            case _:
                out.append(" ")
    return "".join(out)


def _symbol_name(match: "re.Match[str]") -> str:
    name = match.group(1) or ""
    return "" if name in _FONTS else name


def sort_key(text: str) -> SortKey:
    """Return the place of a name in the alphabet, word by word: "New York" before "newborn"."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    words = "".join(c if c.isalnum() else " " for c in plain.casefold().replace("'", ""))
    return " ".join(words.replace("\u2019", "").split()), text


def first_letter(key: SortKey) -> str:
    """Return the letter under which a name stands; figures and symbols stand under ``#``."""
    first = key[0][:1]
    return first.upper() if first.isalpha() else "#"
