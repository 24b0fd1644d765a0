"""Hostile formulas stop at the rules, before any engine."""

import pytest

from aml_build.model import Macro
from aml_build.texmath import violations
from tests.texmath.attacks import ENDLESS, READING


@pytest.mark.parametrize("attack", [*READING, *ENDLESS])
def test_an_attack_is_refused(attack: str) -> None:
    tex = (READING | ENDLESS)[attack]
    assert violations(tex, {})
    assert violations(rf"\frac{{a}}{{{tex}}}", {})
    assert violations(r"x+\innocent", {"\\innocent": Macro("\\innocent", 0, tex)})


def test_a_macro_cannot_glue_an_attack_together() -> None:
    macros = {
        "\\caret": Macro("\\caret", 0, "^"),
        "\\back": Macro("\\back", 0, "\\"),
        "\\both": Macro("\\both", 2, "#1#2"),
    }
    for tex in (
        r"\caret\caret5cinput{x}",
        r"\both{\caret}{\caret}5c",
        r"\back input",
        r"\both\back{input}",
    ):
        assert violations(tex, macros)
