"""The LaTeX dialect."""

from typing import get_args

import pytest

from aml_build.diagnostics.source import Span
from aml_build.engines.tex_log import mark
from aml_build.model import (
    Align,
    Block,
    BulletList,
    Cloze,
    Code,
    CodeBlock,
    Emphasis,
    Inline,
    LineBreak,
    Link,
    Math,
    MathBlock,
    NumberedList,
    Paragraph,
    Picture,
    Ref,
    Remark,
    Strong,
    Table,
    Text,
)
from aml_build.render import latex
from aml_build.render.characters import character_commands
from tests.render.latex.pages import copied

SPAN = Span("01.md", 3, 1)


@pytest.mark.parametrize(
    ("text", "before", "expected"),
    [
        ("50% & 3_a #1 {x} ~ ^ \\", "", r"50\% \& 3\_a \#1 \{x\} \textasciitilde{} "
         r"\textasciicircum{} \textbackslash{}"),
        ("a $5 bill", "", r"a \$5 bill"),
        ("x < y > z | w", "", r"x \textless{} y \textgreater{} z \textbar{} w"),
        ("it's", "", r"it\textquoteright{}s"),
        ('"so"', "", r"\textquotedblleft{}so\textquotedblright{}"),
        ('"', "o", r"\textquotedblright{}"),
        ("('a')", "", r"(\textquoteleft{}a\textquoteright{})"),
        ("a -- b --- c", "", r"a -{}- b -{}-{}- c"),
        ("–—…", "", r"\textendash{}\textemdash{}\amlcopied{2026}{\textellipsis{}}"),
        ("?`", "", r"?{}\textasciigrave{}"),
        ("a\u00a0b", "", "a~b"),
        ("α ≤ Ω", "", r"\amlsign{03B1}{\alpha} \amlsign{2264}{\leq} \amlsign{03A9}{\Omega}"),
        ("x²", "", r"x\amlcopied{00B2}{\amlsign{00B2}{{}^{2}}}"),
        ("(Erdős)", "", r"(\amlcopied{00450072006401510073}{Erdős})"),
        ("e\u0301", "", "é"),
        ("ā", "", r"\amlcopied{0101}{\amlcomposed{0101}{\={a}}}"),
    ],
)  # fmt: skip
def test_escape(text: str, before: str, expected: str) -> None:
    assert latex.escape(text, before) == expected


def test_what_no_font_has_is_never_printed() -> None:
    for spell in (latex.escape, latex.escape_code):
        spell("".join(character_commands()))
        with pytest.raises(latex.MissingGlyphError, match=r"U\+4E2D"):
            spell("naïve 中→")


def test_quotes_look_at_what_stands_before() -> None:
    nodes = (Text('"'), Emphasis((Text("so"),)), Text('"'))
    assert latex.inlines(nodes) == r"\textquotedblleft{}\emph{so}\textquotedblright{}"


INLINES: dict[type, tuple[Inline, str]] = {
    Text: (Text("a_b"), r"a\_b"),
    Emphasis: (Emphasis((Text("e"),)), r"\emph{e}"),
    Strong: (Strong((Text("s"),)), r"\textbf{s}"),
    Code: (Code("a  --'b'"), r"\amlverb{a \ -{}-\textquotesingle{}b\textquotesingle{}}"),
    Math: (Math("x_1\n\n+y", SPAN), "$x_1\n+y$"),
    Ref: (Ref("other", (Text("it"),), SPAN), "it"),
    Link: (
        Link("https://e.org/a_b%20c?d=1&e#f", (Text("l"),)),
        r"\href{https://e.org/a\_b\%20c?d=1\&e\#f}{l}",
    ),
    Cloze: (Cloze(1, (Text("c"),), SPAN), "c"),
    LineBreak: (LineBreak(), r"\newline{}"),
}


@pytest.mark.parametrize("kind", get_args(Inline), ids=lambda kind: kind.__name__)
def test_every_inline(kind: type) -> None:
    node, expected = INLINES[kind]
    assert latex.inlines((node,)) == expected


PARAGRAPH = Paragraph((Text("p"),), SPAN)
BLOCKS: dict[type, tuple[Block, str]] = {
    Paragraph: (PARAGRAPH, "p\\par\n"),
    MathBlock: (MathBlock("a\n\n=b", SPAN), "\\amldisplay{$\\displaystyle a\n=b$}{$\\displaystyle a\n\\amlbreak =b$}\n"),
    BulletList: (
        BulletList(((PARAGRAPH,),)),
        "\\begin{amlbullets}\n\\item\\relax p\\par\n\\end{amlbullets}\n",
    ),
    NumberedList: (
        NumberedList(((PARAGRAPH,),), 3),
        "\\begin{amlnumbers}{3}\n\\item\\relax p\\par\n\\end{amlnumbers}\n",
    ),
    CodeBlock: (
        CodeBlock("a\n  b\n\tc\td", "", SPAN),
        "\\begin{amlcode}\\amlcodeline{a}\\amlcodeline{\\ \\ b}"
        "\\amlcodeline{\\ \\ \\ \\ c \\ \\ d}\\end{amlcode}\n",
    ),
    Picture: (Picture("figures/a.png", "alt", (), (), SPAN), "\n"),
    Remark: (Remark((PARAGRAPH,)), "\\begin{amlremark}p\\par\n\\end{amlremark}\n"),
    Table: (
        Table((Align.LEFT, Align.RIGHT), ((Text("h"),), (Text("i"),)),
              (((Text("a"),), (Text("b"),)),), SPAN),
        "\\amltable{@{}>{\\amlleft}p{\\amlshare{0.5000}{2}}<{\\amlcell}"
        ">{\\amlright}p{\\amlshare{0.5000}{2}}<{\\amlcell}@{}}{%\n"
        "\\amlhead{h} & \\amlhead{i} \\tabularnewline\n\\amlmidrule\na & b \\tabularnewline\n"
        "}%\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", get_args(Block), ids=lambda kind: kind.__name__)
def test_every_block(kind: type) -> None:
    node, expected = BLOCKS[kind]
    assert latex.blocks((node,)) == expected


def test_a_list_counts_on_behind_the_lists_within_it_and_takes_no_word_for_its_mark() -> None:
    def item(text: str, *more: Block) -> tuple[Block, ...]:
        return (Paragraph((Text(text),), SPAN), *more)

    deepest = NumberedList((item("five"), item("six")), 5)
    inner = BulletList((item("dot", deepest), item("dot")))
    outer = NumberedList(
        (item("one", inner), item("two", NumberedList((item("one"),))), item("[three]"))
    )
    (found,) = copied([latex.blocks((outer,))])
    expected = "1 one • dot 5 five 6 six • dot 2 two 1 one 3 [three]"
    assert found.split() == expected.split()


def test_marks_leave_no_space_behind() -> None:
    spell = latex.RenderHooks(mark=mark)
    nodes = (Text("("), Math("x", SPAN), Text(")"))
    assert latex.inlines(nodes, spell) == "(%\n%@3:1:1:01.md\n$x$)"


def test_columns_share_the_line_and_favour_text() -> None:
    rows = [((Text("a"),), (Text("a long cell with many words in it"),))]
    narrow, wide = latex.column_shares(rows)
    assert narrow + wide == pytest.approx(1)
    assert wide > 2 * narrow
