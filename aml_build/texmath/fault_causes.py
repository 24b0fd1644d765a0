"""The faults of a formula that are causes: those that only follow from another are left out."""

from collections.abc import Iterable, Sequence

from aml_build.diagnostics.suggestions import nearest
from aml_build.texmath import commands
from aml_build.texmath.token_reader import Fault, Sort

_PAIRED = ("\\left", "\\right", "\\begin", "\\end")


def causes(faults: Iterable[Fault]) -> Sequence[Fault]:
    """Return the faults without their consequences.

    Where braces or pairs do not match, what is between them is read in the wrong place.
    """
    found = list(faults)
    names = [fault for fault in found if fault.sort is Sort.NAME]
    if any(nearest(fault.token.text, _PAIRED) for fault in names):
        return names
    for sort in (Sort.BRACE, Sort.PAIR):
        wrong = [fault for fault in found if fault.sort is sort]
        if wrong:
            return names if any(_swallows(name) for name in names) else [*names, wrong[0]]
    places = [fault for fault in found if fault.sort is Sort.PLACE]
    outside = [fault for fault in places if "is outside an environment" in fault.message]
    return [*names, *(fault for fault in places if fault not in outside[1:])]


def _swallows(name: Fault) -> bool:
    """Return whether an unknown name is a command whose argument has lost its brace."""
    text = name.token.text
    return any(text.startswith(known) for known in commands.SIGNATURES if len(known) > len("\\b"))
