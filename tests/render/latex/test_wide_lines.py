"""Long words, addresses, tables and displays in real TeX: broken where they must be, and never too wide."""

import re
import subprocess

import pytest

from aml_build.diagnostics.source import Span
from aml_build.engines import pdflatex as tex
from aml_build.engines.tex_messages import ProblemKind
from aml_build.model import Align, Code, Inline, Strong, Text
from aml_build.render import latex
from tests.render.latex.pages import STYLE

ADDRESS = "https://en.wikipedia.org/wiki/Stochastic_gradient_descent#Momentum"
PLACE = Span("01.md", 7, 1)
SPLIT = "sklearn.model_selection.StratifiedShuffleSplit"
GERMAN = "Zentraluntersuchungskommission"
LONGEST = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
BASES = "ACGT" * 20


def typeset(body: str, width: str) -> tuple[list[str], list[float]]:
    """Set text in a narrow column; return its lines, and how far lines stick out, pt."""
    text = (
        "\\documentclass{article}\\usepackage{common}\\pagestyle{empty}\\begin{document}\\parindent0pt\n"
        f"\\begin{{minipage}}{{{width}}}\\emergencystretch.4\\linewidth\n{body}\n\\end{{minipage}}\n"
        "\\end{document}\n"
    )
    result = tex.run(text, inputs=STYLE)
    assert result.pdf is not None
    assert {problem.kind for problem in result.problems} <= {ProblemKind.OVERFULL}
    command = ["pdftotext", "-layout", "-", "-"]
    done = subprocess.run(command, input=result.pdf, capture_output=True, check=True)
    lines = [line.strip() for line in done.stdout.decode().splitlines() if line.strip()]
    return lines, [problem.amount for problem in result.problems]


@pytest.mark.parametrize(
    "node", [Text(GERMAN), Strong((Text(GERMAN),)), Text(LONGEST), Text(BASES)]
)
@pytest.mark.parametrize("before", ["", "Die ", "\\raggedright "])
@pytest.mark.parametrize("width", ["45mm", "20mm"])
def test_a_long_word_is_hyphenated_and_never_sticks_out(
    node: Inline, before: str, width: str
) -> None:
    lines, wide = typeset(before + latex.inlines((node,)), width)
    assert wide == []
    joined = "".join(line.removesuffix("-") for line in lines)
    assert joined.removeprefix("Die").strip() in (GERMAN, LONGEST, BASES)


@pytest.mark.parametrize("node", [Text(ADDRESS), Code(ADDRESS), Code(SPLIT), Code("x" * 90)])
@pytest.mark.parametrize("width", ["50mm", "20mm"])
def test_an_address_is_broken_without_a_hyphen(node: Inline, width: str) -> None:
    lines, wide = typeset("See " + latex.inlines((node,)), width)
    assert wide == []
    assert "".join(lines).replace("See", "").strip() in (ADDRESS, SPLIT, "x" * 90)


def test_a_line_ends_after_a_sign_while_that_helps() -> None:
    lines, _ = typeset(latex.inlines((Code(SPLIT),)), "50mm")
    assert lines == ["sklearn.model_selection.", "StratifiedShuffleSplit"]


def sizes_of_type(body: str, width: str) -> tuple[set[float], list[float]]:
    text = (
        "\\documentclass{article}\\usepackage{common}\\pagestyle{empty}\\begin{document}\\parindent0pt\n"
        f"\\begin{{minipage}}{{{width}}}\n{body}\n\\end{{minipage}}\n\\typeout{{}}\\end{{document}}\n"
    )
    result = tex.run(text, inputs=STYLE)
    assert result.pdf is not None
    command = ["pdftotext", "-bbox", "-", "-"]
    done = subprocess.run(
        command, input=result.pdf, capture_output=True, check=True
    ).stdout.decode()
    heights = {
        round(float(bottom) - float(top), 1)
        for top, bottom in re.findall(r'<word .*?yMin="([\d.]+)" .*?yMax="([\d.]+)"', done)
    }
    return heights, [problem.amount for problem in result.problems]


def table(words: list[str]) -> str:
    cells = tuple((Text(word),) for word in words)
    return latex.table(cells, (cells,), (Align.LEFT,) * len(cells), PLACE)


def test_a_wide_table_has_smaller_type_and_then_broken_words() -> None:
    as_it_is, none = sizes_of_type(table(["strengths"] * 3), "80mm")
    smaller, neither = sizes_of_type(table(["strengths"] * 3), "47mm")
    smallest, nor = sizes_of_type(table(["strengths"] * 6), "47mm")
    assert none == neither == nor == []
    assert max(smaller) < max(as_it_is)
    assert max(smallest) / max(as_it_is) == pytest.approx(0.8, abs=0.03)


def test_a_table_reports_its_own_place_not_that_of_a_cell() -> None:
    hooks = latex.RenderHooks(mark=lambda span: f"%@{span.line}:1:1:{span.path}\n")
    assert latex.table(((),), (((),),), (Align.LEFT,), PLACE, hooks).count(f":{PLACE.path}\n") == 2


def display(tex_: str) -> str:
    return latex.blocks((latex.model.MathBlock(tex_, PLACE),))


SUM = "+".join(f"x_{{{n}}}y_{{{n}}}" for n in range(1, 26))


@pytest.mark.parametrize(
    "formula",
    [
        f"S={SUM}",
        f"S=\\exp({SUM})",
        f"S=\\exp\\left({SUM}\\right)",
        f"\\begin{{aligned}}S&={SUM}\\\\&\\le 1\\end{{aligned}}",
    ],
)
def test_a_long_formula_is_broken_and_keeps_its_size(formula: str) -> None:
    usual, _ = sizes_of_type(display("S=x_{1}y_{1}"), "100mm")
    heights, wide = sizes_of_type(display(formula), "100mm")
    assert wide == []
    assert max(heights) >= max(usual)


def test_what_cannot_be_broken_is_never_smaller_than_eight_tenths() -> None:
    _, wide = typeset(display(f"\\sqrt{{{SUM}}}"), "100mm")
    assert len(wide) == 1
    assert wide[0] > 100
    _, fits = typeset(display("\\sqrt{" + "+".join("abcdefghijklmnopqrst") + "}"), "100mm")
    assert fits == []


@pytest.mark.parametrize("word", ["through", "1,000.5", "Wald", "O(n)"])
def test_a_word_of_any_length_stays_in_its_cell(word: str) -> None:
    _, wide = sizes_of_type(table([word] * 9), "60mm")
    assert wide == []
