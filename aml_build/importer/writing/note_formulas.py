"""Formulas of notes: fixed so that Anki and print both know them, if the fix is certain."""

import re

from aml_build import texmath
from aml_build.texmath.formula_hints import about_character, about_command

_SCRIPT = r"(?:[A-Za-z0-9]|\{[A-Za-z0-9+=, -]+\})"
# Letters, numbers and plain signs, with one index and one power each, need no check.
_SIMPLE = re.compile(rf"(?:[A-Za-z0-9)](?:_{_SCRIPT})?(?:\^{_SCRIPT})?|[ +=(,.|/-])+", re.ASCII)
_WRITE = re.compile(r"Write `([^`…]+|\\[A-Za-z*]+\{…\})` instead")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_COMMAND = re.compile(r"\\[A-Za-z]+\*?")
_NUMBERING = re.compile(r"\\(?:label|tag\*?)\s*\{[^{}]*\}|\\(?:nonumber|notag)(?![A-Za-z])")
_COMMENT = re.compile(r"(?<!\\)%.*")
_ALIGNED = re.compile(r"\\(begin|end)\{(?:align|eqnarray|split|flalign)\*?\}")
_GATHERED = re.compile(r"\\(begin|end)\{(?:gather|multline)\*?\}")
_EQUATION = re.compile(r"\\(?:begin|end)\{(?:equation|displaymath|math)\*?\}")
_LOW_DIGITS, _HIGH_DIGITS = "₀₁₂₃₄₅₆₇₈₉", "⁰¹²³⁴⁵⁶⁷⁸⁹"
_DIGITS = str.maketrans(_LOW_DIGITS + _HIGH_DIGITS, "0123456789" * 2)
_LOW, _HIGH = re.compile(f"[{_LOW_DIGITS}]+"), re.compile(f"[{_HIGH_DIGITS}]+")


class FormulaCorrector:
    """Corrects formulas, and keeps the results, since symbols recur on every page."""

    def __init__(self) -> None:
        self._known: dict[str, str | None] = {}

    def corrected(self, tex: str) -> str | None:
        """Return a formula that Anki and print know; ``None`` if no correction is certain."""
        if tex not in self._known:
            self._known[tex] = _corrected(tex)
        return self._known[tex]


def _corrected(tex: str) -> str | None:
    tex = "\n".join(line for raw in tex.split("\n") if (line := raw.strip()))
    if len(tex) > 5000 or texmath.highlights(tex):
        return None
    if _SIMPLE.fullmatch(tex) or (tex and not texmath.violations(tex, {})):
        return tex
    tex = _COMMENT.sub("", tex)
    tex = _NUMBERING.sub("", tex)
    tex = _ALIGNED.sub(r"\\\1{aligned}", tex)
    tex = _GATHERED.sub(r"\\\1{gathered}", tex)
    tex = _EQUATION.sub("", tex)
    tex = _LOW.sub(lambda low: f"_{{{low[0].translate(_DIGITS)}}}", tex)
    tex = _HIGH.sub(lambda high: f"^{{{high[0].translate(_DIGITS)}}}", tex)
    tex = _NOT_ASCII.sub(_spelled, tex)
    tex = _COMMAND.sub(_known_command, tex)
    tex = "\n".join(line for raw in tex.split("\n") if (line := raw.strip()))
    return tex if tex and not texmath.violations(tex, {}) else None


def _spelled(character: re.Match[str]) -> str:
    if character[0].isspace():
        return " "
    found = _WRITE.search(about_character(character[0])[1])
    if found is None:
        return character[0]
    return found[1] + (" " if found[1][-1].isalpha() else "")


def _known_command(command: re.Match[str]) -> str:
    if not texmath.violations(command[0], {}):
        return command[0]
    found = _WRITE.search(about_command(command[0], frozenset())[1])
    if found is None:
        return command[0]
    instead = found[1]
    # `\bm` becomes `\boldsymbol` if its argument is in braces.
    following = command.string[command.end() : command.end() + 1]
    if instead.endswith("{…}"):
        return instead[:-3] if following == "{" and command[0] not in _SWITCHES else command[0]
    return f"{instead} " if instead[-1].isalpha() else instead


_SWITCHES = frozenset(["\\rm", "\\bf", "\\it", "\\sf", "\\tt", "\\cal", "\\frak"])
