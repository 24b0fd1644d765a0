"""Formulas of a course, asked about where they will be shown."""

from pathlib import Path

import pytest

from aml_build.check import formulas as typeset
from aml_build.check.formulas import (
    FormulaText,
    check_math,
    distinct_formulas,
    mathjax_verdicts,
    tex_verdicts,
)
from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.diagnostic import Diagnostic
from aml_build.engines.mathjax import MathJax, MathJaxError
from aml_build.model import Course, Math, MathBlock, Text
from aml_build.model.walk import blocks, formulas, inlines
from aml_build.storage.cache import Cache
from tests.mistakes import lesson

NOTES = """## Bayes {#bayes}

Weighs $x^2$ and $TOO_LARGE$.

$$ BAD $$ {#eq}

- $x$: a symbol, see $BAD$

| | a | b |
|---|---|---|
| $c$ {#c} | $d$ | $e$ |

> [!NOTE]
> - Within $f$
>
>   $$ g $$
"""
TOO_LARGE = r"\begin{matrix}a\\[99999pt]b\end{matrix}"


def course(bad: str) -> Course:
    found = lesson(NOTES.replace("TOO_LARGE", TOO_LARGE).replace("BAD", bad)).course
    assert found is not None
    return found


def checked(it: Course, cache: Cache) -> tuple[tuple[Diagnostic, ...], tuple[str, ...]]:
    return check_math(it.lessons, distinct_formulas(it.lessons), cache)


def test_a_failure_is_said_at_every_place_where_it_stands() -> None:
    found, missing = checked(course(TOO_LARGE), Cache(None))
    assert missing == ()
    assert [(str(d.span), d.code) for d in found] == [
        ("01.md:7:19", Code.MATH_PRINT),
        ("01.md:9:4", Code.MATH_PRINT),
        ("01.md:11:23", Code.MATH_PRINT),
    ]
    assert found[0].message == "LaTeX cannot print this formula: A length is too large."


def test_the_rules_keep_hostile_formulas_from_the_engines(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[FormulaText] = []
    monkeypatch.setattr(typeset, "tex_verdicts", lambda new: asked.extend(new) or {})
    checked(course(r"\input{/etc/passwd}"), Cache(None))
    assert FormulaText("x^2", False) in asked
    assert not any("input" in formula.tex for formula in asked)


def test_both_engines_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typeset, "violations", lambda tex, macros: ())
    found, _ = checked(course(r"\nosuch"), Cache(None))
    assert [d.message for d in found if d.span.line == 9] == [
        "Anki cannot show this formula: Undefined control sequence `\\nosuch`.",
        "LaTeX cannot print this formula: LaTeX knows no command `\\nosuch`.",
    ]
    assert {d.code for d in found} == {Code.MATH_ANKI, Code.MATH_PRINT}


def test_an_answer_is_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path)
    first = checked(course(TOO_LARGE), cache)
    asked: list[FormulaText] = []
    for engine in ("tex_verdicts", "mathjax_verdicts"):
        real = getattr(typeset, engine)
        monkeypatch.setattr(typeset, engine, lambda new, real=real: asked.extend(new) or real(new))
    assert checked(course(TOO_LARGE), cache) == first
    assert asked == []
    checked(course("y"), cache)
    assert set(asked) == {FormulaText("y", True), FormulaText("y", False)}


def test_without_tex_cards_are_checked_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typeset, "violations", lambda tex, macros: ())
    monkeypatch.setenv("PATH", "")
    found, missing = checked(course(r"\nosuch"), Cache(None))
    assert {d.code for d in found} == {Code.MATH_ANKI}
    assert len(missing) == 1
    assert "apt-get" in missing[0]


FAULTY = (r"\foo", "x^a^b", "{a", "a}b", r"\left(", "a & b", r"\begin{matrix}", r"\end{matrix}")


def test_one_run_finds_the_faults_of_many_formulas() -> None:
    good = tuple(FormulaText(f"x_{{{number}}}", number % 2 == 0) for number in range(20))
    bad = tuple(FormulaText(tex, display) for tex in FAULTY for display in (True, False))
    mixed = tuple(x for pair in zip(good, bad, strict=False) for x in pair) + good[len(bad) :]
    for engine in (mathjax_verdicts, tex_verdicts):
        verdicts = engine(mixed)
        assert {formula for formula, fault in verdicts.items() if fault} == set(bad)
        assert all(fault.endswith(".") for fault in verdicts.values() if fault)


def test_a_formula_that_stops_tex_does_not_hide_the_others() -> None:
    verdicts = tex_verdicts(
        (
            FormulaText("a^b^c", False),
            FormulaText(r"\read0to\x", False),
            FormulaText(r"\foo", False),
        )
    )
    assert all(verdicts.values())


def test_mathjax_is_as_strict_as_we_need() -> None:
    engine = MathJax()
    assert engine.faults([(r"\coloneqq\mathbb{R}", False)]) == [""]
    for bad in (r"\bm{x}", r"\newcommand\x{y}", r"\require{physics}", "{" * 3000 + "}" * 3000):
        assert engine.faults([(bad, True)]) != [""]
    assert engine.faults([("x", True)]) == [""]
    assert "<msup" in engine.mathml("x^2", display=True)
    with pytest.raises(MathJaxError, match="brace"):
        engine.mathml("{", display=True)


def test_one_formula_that_breaks_the_engine_does_not_speak_for_others() -> None:
    formulas = [("x", False), ("{" * 30_000 + "}" * 30_000, False), ("{", True), ("y", True)]
    assert [bool(fault) for fault in MathJax().faults(formulas)] == [False, True, True, False]


def test_the_walk_finds_every_formula_once_in_order() -> None:
    found = list(formulas(course("b").lessons))
    assert [node.tex for node in found] == ["x^2", TOO_LARGE, "b", "x", "b", *"cdefg"]
    assert [isinstance(node, MathBlock) for node in found].count(True) == 2
    math = {id(node) for node in inlines(course("b").lessons) if isinstance(node, Math)}
    assert len(math) == 8
    assert any(
        isinstance(node, Text) and "Within" in node.text for node in inlines(course("b").lessons)
    )
    assert [node.tex for node in blocks(course("b").lessons) if isinstance(node, MathBlock)] == [
        "b",
        "g",
    ]
