"""What a figure may say, and what is refused."""

import pytest

from aml_build.figures.figure_source import form_violations, violations

ATTACKS = {
    r"\input{/etc/passwd}": r"\input",
    r"\begin{input}x\end{input}": "input",
    r"\csname input\endcsname{x}": r"\csname",
    r"\catcode`\@=11": r"\catcode",
    r"\def\x{1}": r"\def",
    r"\let\x\input": r"\let",
    r"\newcommand\myx{1}": r"\newcommand",
    r"\write18{id}": r"\write",
    r"\immediate\openout\x=a.txt": r"\immediate",
    r"\openin\x=/etc/passwd": r"\openin",
    r"\pdfobj stream file{/etc/passwd}": r"\pdfobj",
    r"\pdffiledump{/etc/passwd}": r"\pdffiledump",
    r"\includegraphics{/etc/passwd}": r"\includegraphics",
    r"\directlua{os.exit()}": r"\directlua",
    r"\usetikzlibrary{external}": r"\usetikzlibrary",
    r"\tikzset{a/.code={\openin\x}}": r"\openin",
    r"\node {^^5cinput};": "^^",
    r"\addplot table {/etc/passwd};": "table",
    r"\addplot[only marks] file {x};": "file",
    r"\addplot+ gnuplot {sin(x)};": "gnuplot",
    r"\draw plot[smooth] file {x};": "file",
    r"\draw plot function {sin(x)};": "function",
    r"\expandafter\x": r"\expandafter",
    r"\pgfkeys{/a/.code={}}": r"\pgfkeys",
    r"\@ifnextchar": r"\@ifnextchar",
    r"\loop\iftrue\repeat": r"\loop",
    "\\node{a % }\n};\\read\\x": r"\read",
}


@pytest.mark.parametrize("text", ATTACKS)
def test_refused_where_it_stands(text: str) -> None:
    found = violations(text)
    assert found
    named = [text[offset : offset + length] for offset, length, _, _ in found]
    assert any(ATTACKS[text] in name for name in named)
    assert all(message.endswith(".") and hint for _, _, message, hint in found)


@pytest.mark.parametrize(
    "text",
    [
        r"\draw[->, thick] (0,0) -- (1,1) node[above] {$\frac{a}{b}$};",
        r"\foreach \x/\y [count=\i] in {0/1, 1/2} \node at (\x,\y) {\i};",
        r"\pgfmathsetmacro\myradius{sqrt(2)} \fill (0,0) circle [radius=\myradius];",
        r"\begin{axis}[xtick=\empty] \addplot[domain=0:1] {exp(-x)} \closedcycle; \end{axis}",
        r"\draw let \p1=(a), \n1={veclen(\x1,\y1)} in (0,0) circle [radius=\n1];",
        r"\node {50\,\% of \{a, b\} \& c}; % \input{x}",
        r"\node {file, table and function};",
    ],
)
def test_drawing_is_allowed(text: str) -> None:
    assert violations(text) == ()


def test_the_macros_of_the_course_are_allowed() -> None:
    assert violations(r"\node {$\argmin$};") != ()
    assert violations(r"\node {$\argmin$};", frozenset([r"\argmin"])) == ()


PICTURE = "\\begin{tikzpicture}\n  \\draw (0,0);\n\\end{tikzpicture}\n"


@pytest.mark.parametrize(
    ("text", "at", "word"),
    [
        ("", "", "no"),
        (PICTURE + PICTURE, "\\begin{tikzpicture}\n  \\draw (0,0);\n\\end{tikzpicture}\n", "2"),
        (PICTURE + "more", PICTURE, "after"),
        (
            PICTURE.replace("(0,0)", "(0,0) {"),
            "\\begin{tikzpicture}\n  \\draw (0,0) ",
            "never closed",
        ),
        (
            PICTURE.replace("(0,0)", "(0,0) }"),
            "\\begin{tikzpicture}\n  \\draw (0,0) ",
            "never opened",
        ),
        (
            PICTURE.replace("\\draw", "\\begin{scope}"),
            "\\begin{tikzpicture}\n  \\begin{scope} (0,0);\n",
            "ends nothing",
        ),
        ("\\begin{tikzpicture}", "", "no end"),
    ],
)
def test_the_form_is_one_whole_picture(text: str, at: str, word: str) -> None:
    offset, _, message, hint = form_violations(text)[0]
    assert (offset, word in message) == (len(at), True), message
    assert hint


def test_a_whole_picture_is_accepted() -> None:
    text = "% note {\n\\pgfmathsetmacro\\r{2}\n" + PICTURE + "% end }\n"
    assert form_violations(text) == ()
