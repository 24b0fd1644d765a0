"""Ids made of words, for authors who left them out."""

import re
import unicodedata

# Words that say nothing about what a sentence is about.
_EMPTY_WORDS = frozenset(
    "a an and are as at be by can do does for from has have in is it its of on or so that the"
    " their then there this to was were when which with".split()
)
_COMMAND = re.compile(r"\\(?:mathrm|mathbf|mathbb|mathcal|text|operatorname|left|right|frac)\b\*?")
_APOSTROPHE = re.compile(r"['’]")
_WORD = re.compile(r"[a-z0-9]+")


def slug(text: str, *, words: int = 6, fallback: str = "") -> str:
    """Return an id of at most so many words of a text, or the fallback if it has none."""
    folded = unicodedata.normalize("NFKD", _COMMAND.sub(" ", text)).lower()
    folded = "".join(c for c in folded if not unicodedata.combining(c))
    found = _WORD.findall(_APOSTROPHE.sub("", folded))
    telling = [word for word in found if word not in _EMPTY_WORDS] or found
    made = "-".join(telling[:words])[:60].strip("-")
    if not made:
        return fallback
    return made if made[0].isalpha() else f"{fallback or 'n'}-{made}"
