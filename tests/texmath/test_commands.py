"""The allowlist against both real engines."""

import re

import pytest

from aml_build.check.formulas import FormulaText, Verdicts, mathjax_verdicts, tex_verdicts
from aml_build.texmath import commands, violations
from tests.paths import ROOT
from tests.texmath.formulas import every_command, random_formulas

SAMPLES = tuple(every_command())
ASKED = tuple(
    dict.fromkeys(FormulaText(tex, display) for _, tex in SAMPLES for display in (False, True))
)


def refused(verdicts: Verdicts) -> dict[str, str]:
    return {formula.tex: fault for formula, fault in verdicts.items() if fault}


def test_the_rules_accept_every_allowed_command() -> None:
    assert {tex: found for _, tex in SAMPLES if (found := violations(tex, {}))} == {}


def test_anki_shows_every_allowed_command() -> None:
    assert refused(mathjax_verdicts(ASKED)) == {}


def test_latex_prints_every_allowed_command() -> None:
    assert refused(tex_verdicts(ASKED)) == {}


def test_every_command_is_proved() -> None:
    text = " ".join(tex for _, tex in SAMPLES)
    assert [name for name in commands.names() if name not in text and name != "\\not"] == []


def test_a_course_finds_what_it_needs() -> None:
    for tex in (
        r"P(A\mid B)=\frac{P(B\mid A)\,P(A)}{P(B)}",
        r"\hat\theta=\operatorname*{arg\,max}_{\theta}\sum_{i=1}^{n}\log p(x_i;\theta)",
        r"\nabla_{\!w}\lVert Xw-y\rVert_2^2+\lambda\lvert w\rvert",
        r"f(x)=\begin{cases}1 & \text{if } x>0\\ 0 & \text{otherwise}\end{cases}",
        r"\begin{aligned} a &= b \\ &\leq \underbrace{c+d}_{\text{small}} \end{aligned}",
        r"A=\begin{pmatrix}a_{11}&\cdots&a_{1n}\\ \vdots&\ddots&\vdots\end{pmatrix}\in\mathbb{R}^{m\times n}",
        r"X\sim\mathcal N(\boldsymbol\mu,\Sigma)\quad\Longrightarrow\quad \mathbb{E}[X]=\boldsymbol{\mu}",
        r"x\xrightarrow[n\to\infty]{d}y,\ \left(\sum_{\substack{i<n\\ j<m}}x_{ij}\right)^{\!2}, f'(x)^2, \sqrt[3]{x}",
        r"\bigl[\,\overline{x}\,\bigr]\coloneqq\dfrac12\binom nk\stackrel{?}{=}\overset{!}{=}\mathbf 1^{\top}",
    ):
        assert violations(tex, {}) == ()


@pytest.mark.parametrize("seed", [1, 2])
def test_what_the_rules_accept_the_engines_nearly_always_accept(seed: int) -> None:
    # The rules are what an author sees at once; the engines have the last word in `check_math`.
    formulas = random_formulas(seed, 600)
    assert len(refused(mathjax_verdicts(formulas))) <= 3
    assert len(refused(tex_verdicts(formulas))) <= 3


def test_the_docs_list_exactly_what_is_allowed() -> None:
    text = (ROOT / "docs" / "math.md").read_text(encoding="utf-8")
    table = text.split("## Commands")[1].split("\n## ")[0].replace("\\|", "|")
    assert sorted(re.findall(r"`(\\.[A-Za-z]*)`", table)) == sorted(commands.names())
    environments = text.split("## Environments")[1].split(". An")[0]
    assert sorted(re.findall(r"`(\w+)`", environments)) == sorted(commands.ENVIRONMENTS)
