"""White space in text: a run of it is one space, and there is none at both ends."""

import re
from collections.abc import Sequence

from aml_build.model import Inline, Inlines, LineBreak, Text

_BLANKS = re.compile(r"[ \t\n\f\v]+")


def one_space(text: str) -> str:
    """Return the text with each run of white space as one space."""
    return _BLANKS.sub(" ", text)


def merged(nodes: Sequence[Inline]) -> Inlines:
    """Join adjacent texts, with each run of white space as one space."""
    merged: list[Inline] = []
    run: list[str] = []
    for node in nodes:
        if isinstance(node, Text):
            run.append(node.text)
            continue
        if run:
            merged.append(Text(one_space("".join(run))))
            run = []
        merged.append(node)
    if run:
        merged.append(Text(one_space("".join(run))))
    return tuple(merged)


def trimmed(nodes: Inlines) -> Inlines:
    """Drop white space and line breaks at both ends."""
    rest = list(nodes)
    while rest and (isinstance(rest[-1], LineBreak) or _blank(rest[-1])):
        rest.pop()
    while rest and (isinstance(rest[0], LineBreak) or _blank(rest[0])):
        rest.pop(0)
    if rest and isinstance(rest[-1], Text):
        rest[-1] = Text(rest[-1].text.rstrip())
    if rest and isinstance(rest[0], Text):
        rest[0] = Text(rest[0].text.lstrip())
    return tuple(rest)


def _blank(node: Inline) -> bool:
    return isinstance(node, Text) and not node.text.strip()
