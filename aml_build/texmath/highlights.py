"""Highlights within a formula, which both engines set as equals signs."""

import re

_HIGHLIGHT = re.compile(r"==(?=\S)(?:(?!==)[\s\S])+?(?<=\S)==(?!=)(?:\{\.c\d+\})?")
_OPERAND = re.compile(r"[\w)\]}']\s*\Z")


def highlights(tex: str) -> tuple[tuple[int, int], ...]:
    """Return the offset and the length of each; behind an operand, two equals signs compare."""
    if "==" not in tex:
        return ()
    return tuple(
        (found.start(), len(found[0]))
        for found in _HIGHLIGHT.finditer(tex)
        if found[0].endswith("}") or not _OPERAND.search(tex[: found.start()])
    )
