"""The labels of a TikZ figure that cards can ask for: ``mask={1}{prior}``."""

import re

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.diagnostic import Diagnostic, diagnose
from aml_build.diagnostics.source import Source, Span
from aml_build.model import Mask
from aml_build.model.slugs import ID

_MASK = re.compile(r"(?<![A-Za-z/])mask\s*=\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_COMMENT = re.compile(r"(?<!\\)%.*")
_ORDINAL = re.compile(r"[1-9]\d{0,2}")


def read_masks(source: Source) -> tuple[tuple[Mask, ...], tuple[Diagnostic, ...]]:
    """Return the labels of one figure in the order of their numbers, and the mistakes in them."""
    found: dict[int, Mask] = {}
    ids: set[str] = set()
    diagnostics = []
    for number, line in enumerate(source.text.split("\n"), 1):
        code = _COMMENT.sub("", line)
        for match in _MASK.finditer(code):
            ordinal, name = match[1].strip(), match[2].strip()
            if "#" in ordinal + name:
                # A `#` is the parameter of a TeX definition, so this is no label.
                continue
            span = Span(source.path, number, match.start() + 1, len(match[0]))
            problem = _problem(ordinal, name, found, ids)
            if problem:
                diagnostics.append(
                    diagnose(
                        span,
                        Code.BAD_MASK,
                        problem,
                        "Write `mask={number}{id}`, both unique in the figure;"
                        " a new label takes the next free number.",
                    )
                )
                continue
            ids.add(name)
            found[int(ordinal)] = Mask(int(ordinal), name, span)
    if diagnostics and not found:
        # Some label was meant, so the figure is not one without labels.
        found[1] = Mask(1, "label", diagnostics[0].span)
    return tuple(found[ordinal] for ordinal in sorted(found)), tuple(diagnostics)


def _problem(ordinal: str, name: str, found: dict[int, Mask], ids: set[str]) -> str:
    if not _ORDINAL.fullmatch(ordinal):
        return f"`{ordinal}` is no number of a label."
    if not ID.fullmatch(name):
        return f"`{name}` is no id: lower-case letters, digits and hyphens."
    if int(ordinal) in found:
        return f"The number {ordinal} is taken by the label `{found[int(ordinal)].id}`."
    if name in ids:
        return f"The id `{name}` is taken by another label of this figure."
    return ""
