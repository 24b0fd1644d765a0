"""What is refused in a formula, where, and with which advice."""

import pytest
from hypothesis import given, strategies as st

from aml_build.model import Macro
from aml_build.texmath import ExpansionError, expand, tokenize, violations
from aml_build.texmath.math_tokens import join
from tests.texmath.formulas import _STRAYS

MACROS = {
    macro.name: macro
    for macro in (
        Macro("\\R", 0, "\\mathbb{R}"),
        Macro("\\E", 0, "\\mathbb{E}"),
        Macro("\\argmin", 0, "\\operatorname*{arg\\,min}"),
        Macro("\\norm", 1, "\\lVert #1\\rVert"),
        Macro("\\inner", 2, "\\langle #1,#2\\rangle"),
        Macro("\\T", 0, "^{\\top}"),
        Macro("\\twice", 1, "\\norm{#1}\\norm{#1}"),
        Macro("\\self", 0, "a\\self"),
        Macro("\\ping", 0, "\\pong"),
        Macro("\\pong", 0, "\\ping"),
        Macro("\\bomb", 1, "#1#1#1#1#1#1#1#1#1#1"),
        Macro("\\broken", 0, "\\left("),
    )
}

REFUSED = [
    # the formula, the underlined part, part of the message, part of the hint
    (r"\bm{x}", r"\bm", "cannot be used", r"\boldsymbol"),
    (r"\alhpa", r"\alhpa", "cannot be used", r"Did you mean `\alpha`?"),
    (r"x\in\Rr", r"\Rr", "cannot be used", r"write `  \Rr: …`"),
    (r"\foo{a}", r"\foo", "cannot be used", r"write `  \foo: …`"),
    (r"x\in\N", r"\N", "cannot be used", r"`  \N: \mathbb{N}`"),
    (r"\sni x", r"\sni", "cannot be used", r"Did you mean `\sin`?"),
    (r"\farc{a}{3}", r"\farc", "cannot be used", r"Did you mean `\frac`?"),
    (r"90\degree", r"\degree", "cannot be used", r"Write `^\circ`"),
    (r"\SI{3}{\metre}", r"\SI", "cannot be used", r"`4.2\,\mathrm{m}`"),
    (r"\qty(3)", r"\qty", "cannot be used", r"`4.2\,\mathrm{m}`"),
    (r"5\metre", r"\metre", "cannot be used", r"`\mathrm{m}`"),
    (r"\ket{a}", r"\ket", "cannot be used", r"`\lvert\psi\rangle`"),
    (r"\begin{equation*}a\end{equation*}", r"\begin", "`equation*`", "leave it out"),
    (r"\newcommand{\R}{\mathbb{R}}x\in\R", r"\newcommand", "cannot be used", "course.yaml"),
    (r"\argminn_x", r"\argminn", "cannot be used", r"`\argmin`"),
    (r"a \over b", r"\over", "cannot be used", r"\frac"),
    (r"\label{x}", r"\label", "cannot be used", "id and a name"),
    (r"\color{red}x", r"\color", "cannot be used", "night mode"),
    (r"\newcommand\x{}", r"\newcommand", "cannot be used", "course.yaml"),
    (r"\begin{align}a\end{align}", r"\begin", "`align`", "`aligned`"),
    (r"\begin{pmatirx}a\end{pmatirx}", r"\begin", "`pmatirx`", "`pmatrix`"),
    (r"\frac{a}{b", "{", "never closed", "}"),
    ("x}", "}", "closes nothing", "Delete"),
    (r"\left(x", r"\left", "no `\\right`", r"\right."),
    (r"x\right)", r"\right", "no `\\left`", r"\left."),
    (r"{\left(x}\right)", r"\left", "no `\\right`", "same group"),
    (r"\left x\right)", r"\left", "needs a delimiter", "("),
    (r"\begin{cases}a", r"\begin", "no `\\end`", r"\end{cases}"),
    (r"\begin{cases}a\end{matrix}", r"\end", "does not close", r"\end{cases}"),
    (r"a & b", "&", "outside an environment", r"\&"),
    (r"a \\ b", r"\\", "outside an environment", "aligned"),
    (r"\begin{cases}a&b&c\end{cases}", "&", "column too many", r"\\"),
    (r"\begin{array}a\end{array}", r"\begin", "columns", "lcr"),
    (r"\begin{matrix}\hline a\end{matrix}", r"\hline", "array", r"\\"),
    ("a%b", "%", "in the formula", r"\%"),
    ("a#b", "#", "in the formula", r"\#"),
    ("a#1", "#1", "in the formula", r"\#"),
    ("a$b", "$", "in the formula", r"\$"),
    ("a\n \nb", "\n \n", "blank line", "Delete"),
    ("x≤y", "≤", "cannot be", r"`\leq`"),
    ("α+1", "α", "cannot be", r"`\alpha`"),
    ("Σ", "Σ", "cannot be", r"`\Sigma`"),
    ("a\u200bb", "\u200b", "invisible", "Delete"),
    ("a\u00a0b", "\u00a0", "invisible", "Delete"),
    ("x^a^b", "^", "two superscripts", "{…}"),
    ("x_a_b", "_", "two subscripts", "{…}"),
    ("x^a'", "'", "prime", "first"),
    (r"\boldsymbol{x_a}_b", "_", "two subscripts", "{…}"),
    (r"x^\mathbf{a}", "^", "in braces", "^{…}"),
    (r"\frac{a}", r"\frac", "in braces", r"\frac{…}{…}"),
    ("x^", "^", "in braces", "^{…}"),
    (r"x\limits_a", r"\limits", "operator", r"`_`"),
    (r"\text{a_b}", "_", r"\text", "words"),
    (r"\text{if $x$}", "$", r"\text", "words"),
    (r"\mathbb{x}", r"\mathbb", "capital letters", r"\mathbf"),
    (r"\mathbf{\theta}", r"\theta", "Greek", r"\boldsymbol{\theta}"),
    (r"\not x", r"\not", "relation", r"\not="),
    (r"\begin{aligned}a\\ [b]\end{aligned}", "[", "option", "{}["),
    ("a\\", "\\", "without a command", "Delete"),
    ("{" * 100 + "}" * 100, "{", "too deeply", "Split"),
    (r"\norm", r"\norm", "one argument", r"\norm{…}"),
    (r"\inner{a}", r"\inner", "2 arguments", r"\inner{…}{…}"),
    (r"x+\self", r"\self", "uses itself", "course.yaml"),
    (r"\ping", r"\ping", "uses itself", "course.yaml"),
    (r"\bomb{\bomb{\bomb{\bomb{\bomb{\bomb{a}}}}}}", None, "far too long", "simpler"),
    (r"a\broken b", r"\broken", "no `\\right`", r"\right"),
]


@pytest.mark.parametrize(("tex", "part", "message", "hint"), REFUSED)
def test_a_mistake_is_named_where_it_stands(
    tex: str, part: str | None, message: str, hint: str
) -> None:
    found = violations(tex, MACROS)
    assert any(
        message in said
        and hint in advice
        and (part is None or tex[offset : offset + length] == part)
        for offset, length, said, advice in found
    ), found


def test_several_mistakes_are_all_named_in_order() -> None:
    found = violations(r"\foo + x^a^b & ε", {})
    assert [offset for offset, *_ in found] == sorted(offset for offset, *_ in found)
    assert len(found) == 4


EXPANDED = [
    (r"x\in\R^n", r"x\in\mathbb{R}^n"),
    (r"x^\R", r"x^{\mathbb{R}}"),
    (r"\frac\R2", r"\frac{\mathbb{R}}2"),
    (r"\frac1\R", r"\frac1{\mathbb{R}}"),
    (r"\frac{1}{2}\R", r"\frac{1}{2}\mathbb{R}"),
    (r"A\T A", r"A^{\top} A"),
    (r"\norm{x}^2", r"\lVert x\rVert^2"),
    (r"\norm x", r"\lVert x\rVert"),
    (r"\norm\alpha x", r"\lVert \alpha\rVert x"),
    (r"\norm{\norm{a}}", r"\lVert \lVert a\rVert\rVert"),
    (r"\twice{\E}", r"\lVert \mathbb{E}\rVert\lVert \mathbb{E}\rVert"),
    (r"\inner x{y+z}", r"\langle x,y+z\rangle"),
    (r"\argmin_x f", r"\operatorname*{arg\,min}_x f"),
    (r"\Rn", r"\Rn"),
]


@pytest.mark.parametrize(("tex", "expected"), EXPANDED)
def test_macros_expand_as_in_tex(tex: str, expected: str) -> None:
    assert expand(tex, MACROS) == expected


def test_an_expanded_word_does_not_swallow_the_next_letter() -> None:
    macros = {"\\a": Macro("\\a", 1, "\\alpha#1")}
    assert expand("\\a{b}", macros) == "\\alpha b"


PIECES = st.sampled_from([*_STRAYS, *MACROS, "{", "}", "x", " ", "#1", "\\alpha", "é", "\\end{"])
FORMULAS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=30).map("".join))


@given(FORMULAS)
def test_tokens_lose_nothing(tex: str) -> None:
    tokens = tokenize(tex)
    assert "".join(token.text for token in tokens) == tex
    assert [token.offset for token in tokens] == [
        sum(len(before.text) for before in tokens[:index]) for index in range(len(tokens))
    ]


@given(FORMULAS)
def test_a_formula_without_macros_stays_as_it_is(tex: str) -> None:
    assert expand(tex, {}) == tex
    assert join(tokenize(tex)) == tex


@given(FORMULAS, st.dictionaries(st.sampled_from(["\\R", "\\norm", "\\self"]), FORMULAS))
def test_everything_ends_and_points_into_the_formula(tex: str, bodies: dict[str, str]) -> None:
    macros = {name: Macro(name, 1, body) for name, body in bodies.items()}
    found = violations(tex, macros)
    for offset, length, message, hint in found:
        assert 0 <= offset < len(tex)
        assert 0 < length <= len(tex) - offset
        assert message.endswith(".")
        assert hint
    if not found:
        assert not violations(expand(tex, macros), {})
    else:
        try:
            expand(tex, macros)
        except ExpansionError as error:
            assert tex[error.offset : error.offset + error.length]


@pytest.mark.parametrize(
    "tex",
    [
        r"\newcommand{\R}{\mathbb{R}} x\in\R",
        r"\newcommand*\vv[2][x]{\foo{#1}} \vv{a}",
        r"\def\R#1{\foo #1}\R a",
        r"\DeclareMathOperator{\Tr}{Tr}\Tr A",
        r"\SI{3}{\metre\per\second}",
        r"\SIrange{3}{4}{\metre}",
        r"\unit{\metre}",
        r"\begin{aligned a \end{aligned}",
        r"\begin{aligned} a \end{aligned",
        r"a_t&=b\\ c&=d \end{aligned}",
        r"\begin{aligned} a_{t&=b\\ c&=d \end{aligned}",
        r"\frac{\partial L{\partial w}+x^{2}",
        r"P=\fracF-1}{2}",
        r"a=\lft(\frac12\right)",
        r"a=\left(\frac12\rght)",
        r"\left\lfloor a\right\rloor",
    ],
)
def test_one_cause_in_a_formula_gives_one_message(tex: str) -> None:
    assert len(violations(tex, {})) == 1


@pytest.mark.parametrize("word", [r"\foo", r"\SI", r"\metre", r"\ket", r"\qty", r"\R", r"\tr"])
def test_only_a_near_command_is_suggested(word: str) -> None:
    (found,) = violations(word, {})
    assert "Did you mean" not in found.hint
