"""The LaTeX dialect, and through real pdflatex: what is copied out of a PDF is what was written."""

import subprocess
import unicodedata
from pathlib import Path
from typing import get_args

import pytest

from aml_build import tex
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
from aml_build.render.characters import spelling
from aml_build.resources import template
from aml_build.source import Span

SPAN = Span("01.md", 3, 1)
STYLE = {"common.sty": template("latex/common.sty").encode()}


def page(body: str) -> tex.TexResult:
    text = (
        "\\documentclass[a5paper]{article}\\usepackage{common}\\pagestyle{empty}\\begin{document}\n"
        f"{body}\n\\end{{document}}\n"
    )
    return tex.run(text, inputs=STYLE)


def copied(pdf: bytes | None, tmp_path: Path) -> str:
    assert pdf is not None
    path = tmp_path / "page.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True)
    return done.stdout.decode()


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
        ("–—…", "", r"\textendash{}\textemdash{}\textellipsis{}"),
        ("?`", "", r"?{}\textasciigrave{}"),
        ("a\u00a0b", "", "a~b"),
        ("α ≤ Ω → ×", "", r"\ensuremath{\alpha} \ensuremath{\leq} \ensuremath{\Omega} "
         r"\ensuremath{\rightarrow} \ensuremath{\times}"),
        ("e\u0301", "", "é"),
        ("中", "", r"\amlmissing{4E2D}"),
    ],
)  # fmt: skip
def test_escape(text: str, before: str, expected: str) -> None:
    assert latex.escape(text, before) == expected


def test_what_no_font_has_is_named_once_and_in_order() -> None:
    assert latex.unsupported("naïve 中文中 →") == ("中", "文")
    assert latex.unsupported("".join(spelling())) == ()


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
    MathBlock: (MathBlock("a\n\n=b", SPAN), "\\[a\n=b\\]\n"),
    BulletList: (
        BulletList(((PARAGRAPH,),)),
        "\\begin{amlbullets}\n\\item p\\par\n\\end{amlbullets}\n",
    ),
    NumberedList: (
        NumberedList(((PARAGRAPH,),), 3),
        "\\begin{amlnumbers}{3}\n\\item p\\par\n\\end{amlnumbers}\n",
    ),
    CodeBlock: (
        CodeBlock("a\n  b", "", SPAN),
        "\\begin{amlcode}\\amlcodeline{a}\\amlcodeline{\\ \\ b}\\end{amlcode}\n",
    ),
    Picture: (Picture("figures/a.png", "alt", (), (), SPAN), "\n"),
    Remark: (Remark((PARAGRAPH,)), "\\begin{amlremark}p\\par\n\\end{amlremark}\n"),
    Table: (
        Table((Align.LEFT, Align.RIGHT), ((Text("h"),), (Text("i"),)),
              (((Text("a"),), (Text("b"),)),), SPAN),
        "\\begin{amltable}{@{}>{\\amlleft}p{\\amlshare{0.5000}{2}}"
        ">{\\amlright}p{\\amlshare{0.5000}{2}}@{}}\n"
        "\\amlhead{h} & \\amlhead{i} \\tabularnewline\n\\amlmidrule\na & b \\tabularnewline\n"
        "\\end{amltable}\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", get_args(Block), ids=lambda kind: kind.__name__)
def test_every_block(kind: type) -> None:
    node, expected = BLOCKS[kind]
    assert latex.blocks((node,)) == expected


def test_a_list_counts_on_behind_the_lists_within_it(tmp_path: Path) -> None:
    def item(text: str, *more: Block) -> tuple[Block, ...]:
        return (Paragraph((Text(text),), SPAN), *more)

    deepest = NumberedList((item("five"), item("six")), 5)
    inner = BulletList((item("dot", deepest), item("dot")))
    outer = NumberedList(
        (item("one", inner), item("two", NumberedList((item("one"),))), item("three"))
    )
    result = page(latex.blocks((outer,)))
    assert result.problems == ()
    expected = "1 one • dot 5 five 6 six • dot 2 two 1 one 3 three"
    assert copied(result.pdf, tmp_path).split() == expected.split()


def test_marks_leave_no_space_behind() -> None:
    spell = latex.Spell(mark=tex.mark)
    nodes = (Text("("), Math("x", SPAN), Text(")"))
    assert latex.inlines(nodes, spell) == "(%\n%@3:1:1:01.md\n$x$)"


def test_columns_share_the_line_and_favour_text() -> None:
    rows = [((Text("a"),), (Text("a long cell with many words in it"),))]
    narrow, wide = latex.column_shares(rows)
    assert narrow + wide == pytest.approx(1)
    assert wide > 2 * narrow


def test_every_character_can_be_printed_and_copied(tmp_path: Path) -> None:
    characters = [c for c in spelling() if c.isprintable() and not c.isspace()]
    body = "\n\n".join(f"x{latex.escape(c, 'x')}x" for c in characters)
    result = page(f"\\parindent0pt {body}")
    assert result.problems == ()
    assert tex.type3_fonts(result.pdf or b"") == ()
    lines = copied(result.pdf, tmp_path).replace("\f", "").split("\n")
    seen = {line.replace(" ", "")[1:-1] for line in lines if line.startswith("x")}
    lost = {c for c in characters if not _like(c) & seen}
    assert lost <= COMPOSED | TALL | set("ΑΒΕΖΗΙΚΜΝΟΡΤΧοΥ")


COMPOSED = set("ĄąďĐđĘęĢģĩīĮįĶķĻļĽľŅņŖŗťŲųȘșȚț″∉")
"""Letters that the font puts together, so that their parts are copied."""
TALL = set("∅√∫")
"""Signs that are copied as a line of their own."""


def _like(char: str) -> set[str]:
    """Return what may be copied for a character: itself, its compatibility form, a look-alike."""
    same = {
        "'": {"’"}, '"': {"”"}, "−": {"-", "−"}, "‑": {"-"}, "‐": {"-"}, "‒": {"–"}, "―": {"—"},
        "⁄": {"/"}, "∕": {"/"}, "∗": {"*", "∗"}, "∙": {"·", "⋅"}, "·": {"·", "⋅"}, "⋅": {"·", "⋅"},
        "∆": {"∆", "Δ"}, "∣": {"|", "∣"}, "∥": {"∥", "‖"}, "‖": {"∥", "‖"}, "′": {"′", "0"},
        "″": {"′′", "00"}, "µ": {"µ", "μ"}, "ϵ": {"ε", "ϵ"}, "∅": {"∅", "0/"}, "…": {"...", "…"},
        "☆": {"✩"}, "⟶": {"−→", "→", "⟶"}, "⟵": {"←−", "←", "⟵"}, "√": {"√"}, "∘": {"◦", "∘"},
        "○": {"◦"}, "●": {"•"}, "□": {"□", ""}, "■": {"■", ""}, "∼": {"∼", "~"}, "⋆": {"⋆", "?"},
        "≅": {"≅", "∼=", "="}, "⩽": {"⩽", "≤", "6"}, "⩾": {"⩾", "≥", ">"}, "ș": {"ș", "s,"},
        "⟨": {"⟨", "〈", "h"}, "⟩": {"⟩", "〉", "i"}, "↦": {"↦", "↦→", "7→"}, "≠": {"≠", "̸="},
        "∉": {"∉", "∈/", "/∈"}, "⋯": {"⋯", "···"}, "⋮": {"⋮", "..."}, "™": {"™"}, "€": {"€"},
        "ς": {"ς"}, "⊤": {"⊤", ">"}, "∖": {"∖", "\\"}, "≃": {"≃", "'"}, "∝": {"∝"}, "ø": {"ø"},
    }.get(char, set())  # fmt: skip
    return same | {char, unicodedata.normalize("NFKC", char), unicodedata.normalize("NFKD", char)}


FORMULAS = {
    r"\boldsymbol{w}^{\top}\boldsymbol{\Sigma}": "w",
    r"\alpha\beta\theta\lambda\mu\sigma": "αβθλμσ",
    r"\sum_{i}\prod_{j}\int f": "∑",
    r"\mathbb{E}\,\mathbb{R}": "E",
    r"\mathcal{L}": "L",
    r"\coprod\amalg\jmath": "∐",
    r"\mathbb{1}": "1",
}


@pytest.mark.parametrize(("formula", "part"), FORMULAS.items(), ids=str)
def test_formulas_are_set_in_outline_fonts_and_can_be_copied(
    formula: str, part: str, tmp_path: Path
) -> None:
    result = page(f"$\\displaystyle {formula}$")
    assert result.problems == ()
    assert tex.type3_fonts(result.pdf or b"") == ()
    assert part in copied(result.pdf, tmp_path).replace(" ", "").replace("\n", "")
