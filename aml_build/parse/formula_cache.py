"""The formulas of a course, each checked and expanded once."""

from collections.abc import Mapping

from aml_build import texmath
from aml_build.model import Macro


class FormulaCache:
    """A cache of expanded formulas: most symbols of a course recur on every page."""

    def __init__(self, macros: Mapping[str, Macro]) -> None:
        self._macros = macros
        self._known: dict[str, tuple[str, tuple[texmath.Violation, ...]]] = {}

    def read(self, tex: str) -> tuple[str, tuple[texmath.Violation, ...]]:
        """Return a formula with macros expanded, and the faults in it as it was written."""
        known = self._known.get(tex)
        if known is None:
            known = self._known[tex] = self._read(tex)
        return known

    def _read(self, tex: str) -> tuple[str, tuple[texmath.Violation, ...]]:
        found = texmath.violations(tex, self._macros)
        try:
            return texmath.expand(tex, self._macros), found
        except texmath.ExpansionError:
            # The violations contain this error.
            return tex, found
