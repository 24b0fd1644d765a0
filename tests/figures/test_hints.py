"""Mistakes in figures, through the real TeX: each is reported once, at its line, with its hint."""

import pytest

from aml_build.diagnostics.diagnostic import Diagnostic
from aml_build.engines.tex_messages import MESSAGES
from tests.figures.test_draw import drawn

_AXIS = r"\begin{axis}[width=3cm, height=3cm]%s\end{axis}"
_SCALED = r"\begin{scope}[scale=2]\begin{axis}\node[mask={1}{a}] at (axis cs:0,0) {x};\end{axis}\end{scope}"

# A figure whose braces or dollars do not match costs a run of its own: these come last.
MISTAKES = {
    r"\node {\dx};": (r"LaTeX knows no command `\dx`.", "Check the spelling of the command."),
    r"\draw (0,0) -- 1,0);": (
        "TikZ cannot read this coordinate.",
        "Write a coordinate as (1,2), an angle and a radius as (30:2), a length as 3pt.",
    ),
    r"\node[inner sep=3foo] {a};": (
        "TikZ cannot compute `3foo`.",
        "Write a coordinate as (1,2), an angle and a radius as (30:2), a length as 3pt.",
    ),
    r"\draw (0,0) -- (20000,0);": (
        "A length is too large.",
        "Keep every number below 16000: rescale the data or narrow the domain.",
    ),
    r"\node {a & b};": (
        "An `&` is outside an alignment.",
        r"Write `\&` for the character; in an alignment, count the columns.",
    ),
    r"\node {\begin{tabular}{c} a & b \end{tabular}};": (
        "A row has more `&` than the alignment has columns.",
        r"Write `\&` for the character; in an alignment, count the columns.",
    ),
    r"\node {$\left( x$};": (
        r"A `\left` has no `\right`.",
        r"Add `\right)`, or `\right.` where nothing is to be shown.",
    ),
    r"\node {$x^a^b$};": (
        "There are two superscripts in a row.",
        "Put braces around the first of them: `{x^a}^b`, or join both: `x^{ab}`.",
    ),
    r"\node {$x_a_b$};": (
        "There are two subscripts in a row.",
        "Put braces around the first of them: `{x_a}_b`, or join both: `x_{ab}`.",
    ),
    r"\node {a # b};": ("A `#` is outside a definition.", r"Write `\#` for the sign."),
    r"\node {日};": (
        "The fonts of figures have no `日` (U+65E5).",
        "Write it as math, or with another character.",
    ),
    r"\draw[mask={1}{a}] (0,0) -- (1,1);": (
        "Only a node can be a label, and here is none for `mask={1}{a}`.",
        r"Put mask={…}{…} among the options of a \node.",
    ),
    _SCALED: (
        "An axis may not be scaled, turned or slanted.",
        "Set its width and height; move it by `at`, `xshift` and `yshift`.",
    ),
    r"\begin{scope}[transform canvas={scale=2}]\node[mask={1}{a}] {};\end{scope}": (
        "A canvas that is transformed leaves its labels behind.",
        "Use shift, scale and rotate in place of `transform canvas`.",
    ),
    r"\draw (0,0) -- (1,0) \draw (1,1) -- (2,2);": (
        "TikZ cannot read this path.",
        "End the path before this line with a semicolon.",
    ),
    r"\draw[decorate, decoration=nosuch] (0,0) -- (1,0);": (
        "TikZ knows no such decoration.",
        "Use a decoration that `aml-build help figures` lists: brace, snake, zigzag, …",
    ),
    r"\node[nosuch] {x};": (
        "TikZ knows no option `nosuch`.",
        "Check the spelling of the option; `aml-build help figures` lists the styles.",
    ),
    r"\node[rigth=1mm] {x};": ("TikZ knows no option `rigth`.", "Did you mean `right`?"),
    r"\draw[curvy/.style={thick}, curvey] (0,0) -- (1,0);": (
        "TikZ knows no option `curvey`.",
        "Did you mean `curvy`?",
    ),
    r"\node (centre) {x}; \draw (center) -- (1,0);": (
        "There is no node `center`.",
        "Did you mean `centre`?",
    ),
    r"\draw[color=magneta] (0,0) -- (1,0);": (
        "There is no colour `magneta`.",
        "Did you mean `magenta`?",
    ),
    r"\draw[thick (0,0) -- (1,0)] (2,0);": (
        "A `]` is missing after the option `thick`.",
        r"Close the options before the first coordinate: `\draw[curve] (0,0) …`.",
    ),
    r"\node at (0,0);": (
        "A node has no text.",
        r"Write `\node at (1,2) {text};`, with `{}` for a node without text.",
    ),
    r"\draw (0,0) elipse [radius=1];": (
        "TikZ cannot read a word of this path.",
        "Check the spelling of the words between coordinates: circle, ellipse, rectangle, grid, arc, node.",
    ),
    r"\draw (a) -- (0,0);": (
        "There is no node `a`.",
        r"Name the node first: \node (name) …, and check the spelling.",
    ),
    r"\draw[color=nosuch] (0,0) -- (1,0);": (
        "There is no colour `nosuch`.",
        "Use a colour of figures/style.tex.",
    ),
    r"\draw[-nosuch] (0,0) -- (1,0);": (
        "TikZ knows no arrow tip `nosuch`.",
        "Draw an arrow with -> or <-; `aml-build help figures` lists the styles of lines.",
    ),
    _AXIS % r"\addplot {foo(x)};": (
        "TikZ can neither compute nor find `foo`.",
        "Check the name; functions that pgfmath knows are exp(x), ln(x), sin(deg(x)), …",
    ),
    _AXIS % r"\addplot[domain=1:0:3] {x};": (
        "A number of this plot cannot be read.",
        "Write the domain as domain=0:1, and both numbers of every coordinate.",
    ),
    r"\node at (axis cs:0,0) {x};": (
        "A name or a coordinate system is wrong here.",
        "Write `axis cs:` within an axis only, and no command within a name.",
    ),
    r"\pgfmathsetmacro\r{1/0} \draw (0,0) -- (\r,0);": (
        "A number is divided by zero.",
        "Take zero out of the domain or list.",
    ),
    r"\node {x_1};": (
        "This is allowed in a formula only.",
        "Put the formula between dollars: $x_1$.",
    ),
    r"\node {\begin{aligned} a \end{aligned}};": (
        r"`\begin{aligned}` is allowed in a formula only.",
        "Put the formula between dollars: $x_1$.",
    ),
    r"\node {$x};": (
        "A dollar sign `$` is missing.",
        "Close every `{` with a `}` and every `$` with a second `$`.",
    ),
    r"\draw (0,0) -- (30:);": (
        "A number is missing.",
        "Write a coordinate as (1,2), an angle and a radius as (30:2), a length as 3pt.",
    ),
    "\\draw[thick,\n\n->] (0,0) -- (1,0);": (
        "A brace, a bracket or a parenthesis is never closed.",
        "Close every brace, bracket and parenthesis, and leave no blank line within options.",
    ),
}


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Diagnostic, ...]:
    """Return what is reported when all these figures are drawn together."""
    texts = {
        f"{number:02}.tex": f"\\begin{{tikzpicture}}\n{body}\n\\end{{tikzpicture}}\n"
        for number, body in enumerate(MISTAKES)
    }
    drawings, diagnostics = drawn(tmp_path_factory.mktemp("mistakes"), texts)
    assert drawings == {}
    return diagnostics


@pytest.mark.parametrize("body", MISTAKES)
def test_a_mistake_is_reported_once_with_its_hint(
    body: str, reported: tuple[Diagnostic, ...]
) -> None:
    number = list(MISTAKES).index(body)
    found = [d for d in reported if d.span.path == f"figures/{number:02}.tex"]
    assert [(d.message, d.hint) for d in found] == [MISTAKES[body]]
    assert found[0].span.line == 2 + body.count("\n") // 2


def test_every_hint_of_the_table_is_reached() -> None:
    hints = {message.hint for message in MESSAGES if message.hint}
    assert hints == {hint for _, hint in MISTAKES.values() if not hint.startswith("Did you mean")}
