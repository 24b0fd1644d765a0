"""How sheet and booklet sort names in their indexes."""

import re
import unicodedata

from aml_build.model import Inlines
from aml_build.model.plain_text import plain

_COMMAND = re.compile(r"\\([A-Za-z]+)|[^A-Za-z0-9]")
_FONTS = frozenset({"mathbf", "mathbb", "mathcal", "mathrm", "boldsymbol", "hat", "bar", "tilde"})

SortKey = tuple[str, str]
"""The name without case, accents and marks; then the name as it is."""


def sort_text(nodes: Inlines) -> str:
    """Return the words of a term as readers look them up: math by the names of its symbols."""
    return plain(nodes, formula=lambda tex: _COMMAND.sub(_symbol_name, tex))


def _symbol_name(match: re.Match[str]) -> str:
    name = match.group(1) or ""
    return "" if name in _FONTS else name


def sort_key(text: str) -> SortKey:
    """Return the place of a name in the alphabet, word by word: "New York" before "newborn"."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    words = "".join(c if c.isalnum() else " " for c in plain.casefold().replace("'", ""))
    return " ".join(words.replace("\u2019", "").split()), text


def first_letter(key: SortKey) -> str:
    """Return the letter of a name in the index: ``#`` for digits and symbols."""
    first = key[0][:1]
    return first.upper() if first.isalpha() else "#"
