"""What goes into a box, and where a formula may be broken."""

import re

import pytest

from aml_build.render.cheatsheet.content.box import Rank
from aml_build.render.cheatsheet.content.boxes import boxes
from aml_build.render.cheatsheet.content.variant import FORMULAS, one_lesson, selected
from aml_build.render.formula_lines import broken, pieces, whole
from tests import samples
from tests.mistakes import lesson


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        ("a=b,\\qquad b>0", ("a=b,", "b>0")),
        ("a \\quad b \\quad c", ("a", "b", "c")),
        ("\\left(a\\quad b\\right)", ("\\left(a\\quad b\\right)",)),
        ("\\begin{cases}a\\quad b\\end{cases}", ("\\begin{cases}a\\quad b\\end{cases}",)),
        ("\\frac{a\\quad b}{c}", ("\\frac{a\\quad b}{c}",)),
    ],
)
def test_wide_spaces_part_a_formula_at_its_top_level(tex: str, expected: tuple[str, ...]) -> None:
    assert pieces(tex) == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("- $t$: time", "- $t$: time", ["$t$~time"]),
        ("- $t$: time, in s", "- $t$: time", ["$t$~time, in s"]),
        ("- $t$: time (UTC)\n- $v$: speed", "- $t$: time", ["$t$~time (UTC)", "$v$~speed"]),
        ("- $t$: time past $t_0$", "- $t$: time past $t_0$", ["$t$~time past $t_0$"]),
        # Something else, or more, is said of it; or of another symbol.
        ("- $t$: time", "- $t$: time, in s", ["$t$~time", "$t$~time, in s"]),
        ("- $t$: time lag", "- $t$: time", ["$t$~time lag", "$t$~time"]),
        ("- $t$: time", "- $T$: time", ["$t$~time", "$T$~time"]),
        ("", "- $t$: time", ["$t$~time"]),
        ("", "", []),
    ],
)
def test_a_box_has_one_legend_that_says_nothing_twice(
    first: str, second: str, expected: list[str]
) -> None:
    parsed = lesson(
        "## Fall {#fall}\n\nFalling freely.\n\n"
        f"$$ t=1 $$ {{#eq-a name=A}}\n\n{first}\n\n$$ v=t $$ {{#eq-b name=B}}\n\n{second}\n"
    )
    assert parsed.course is not None
    legends = [p.tex for p in boxes(parsed.course, {})[0].parts if p.name == "legend"]
    said = [re.sub(r"%.*\n", "", text).strip() for text in legends]
    whole = "\\amldot\n".join(expected)
    assert said == ([f"\\amllegend{{{whole}}}"] if expected else [])


def test_lists_of_an_item_are_below_its_text() -> None:
    parsed = lesson(
        "## Fall {#fall}\n\nFalling freely.\n\n"
        "{#do}\n1. Drop. {#drop}\n   - one\n   - two\n\n   $$ v=t $$\n\n"
        "{#kinds}\n- **A**: first {#a}\n\n  More.\n"
    )
    assert parsed.course is not None
    steps, members = (
        re.sub(r"%.*\n", "", part.tex).replace("\n", "")
        for part in boxes(parsed.course, {})[0].parts
        if part.name.split()[0] in ("steps", "members")
    )
    assert re.search(r"\\amlbelow\{\\amlitem\}\{\\begin\{amlbullets\}.*two", steps)
    assert "\\end{amlbullets}}\\amlformula{}" in steps
    assert "\\amlbelow{\\amlhangitem}{More.\\par}" in members


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        ("a=b=c", "$\\displaystyle a\\amlbreak =b\\amlbreak =c$"),
        ("=b", "$\\displaystyle =b$"),
        ("P(A=a)\\leq 1", "$\\displaystyle P(A=a)\\amlbreak \\leq 1$"),
        ("a+f(1-x)", "$\\displaystyle a+f(1-\\amlheld x)$"),
        ("f(x_{1-a})", "$\\displaystyle f(x_{1-a})$"),
        ("\\frac{a=b}{c}", "$\\displaystyle \\frac{a=b}{c}$"),
        ("a,\\quad b", "$\\displaystyle a,$\\amlpieces $\\displaystyle b$"),
    ],
)
def test_a_formula_breaks_before_relations_outside_brackets(tex: str, expected: str) -> None:
    assert broken(tex) == expected


def test_breaking_changes_nothing_but_the_breaks() -> None:
    tex = r"f(x+1)=\left\{x\mid x\in A\right\}\le\begin{pmatrix}a&b\\c&d\end{pmatrix}"
    out = broken(tex)
    for mark in ("\\amlbreak ", "\\amlheld "):
        out = out.replace(mark, "")
    assert out.replace("\\amlopening ", "\\left").replace("\\amlclosing ", "\\right") == whole(tex)


def test_formulas_come_first_and_questions_stay_away() -> None:
    for box in boxes(samples.COURSE, {}):
        names = [part.name.split()[0] for part in box.parts]
        formulas = [i for i, name in enumerate(names) if name == "formula"]
        assert formulas == list(range(len(formulas)))
        assert "definition" in names
        assert "question" not in names


def test_part_names_are_unique_in_their_box() -> None:
    for box in boxes(samples.COURSE, samples.DRAWINGS):
        names = [part.name for part in box.parts]
        assert len(names) == len(set(names))


def test_every_concept_has_a_box_in_the_order_of_the_course() -> None:
    expected = [c.id for lesson in samples.COURSE.lessons for c in lesson.concepts]
    assert [box.id for box in boxes(samples.COURSE, {})] == expected


def test_the_formula_sheet_has_formulas_alone() -> None:
    for box in selected(boxes(samples.COURSE, {}), FORMULAS):
        kinds = {part.name.split()[0] for part in box.parts}
        assert "formula" in kinds
        assert kinds <= {"formula", "legend"}
        assert all(p.rank is Rank.FILLER for p in box.parts if p.name == "legend")


def test_a_lesson_sheet_has_one_lesson() -> None:
    number = samples.COURSE.lessons[-1].number
    found = selected(boxes(samples.COURSE, {}), one_lesson(number))
    assert {box.lesson for box in found} == {number}


def test_an_algorithm_without_steps_or_a_comparison_without_table_is_no_box() -> None:
    ranks = {
        (box.kind, part.name.split()[0]): part.rank
        for box in boxes(samples.COURSE, {})
        for part in box.parts
    }
    assert ranks.get(("Algorithm", "steps"), Rank.CORE) is Rank.CORE
    assert ranks.get(("Comparison", "comparison"), Rank.CORE) is Rank.CORE
    assert {Rank.CORE, Rank.MAIN, Rank.EXTRA} <= set(ranks.values())
