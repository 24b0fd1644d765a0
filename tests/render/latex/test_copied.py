"""What is copied out of a printed page, and searched for in it, is what was written."""

import html
import re
import unicodedata
from io import BytesIO

import pikepdf
import pytest

from aml_build.engines.mathjax import MathJax
from aml_build.render import latex
from aml_build.render.characters import character_commands
from aml_build.texmath import commands
from tests.render.latex.pages import close, copied, typeset

LOOKS_THE_SAME = {
    "'": "’", '"': "”", "‐": "-", "‑": "-", "‒": "–", "―": "—", "ﬁ": "fi", "ﬂ": "fl",
}  # fmt: skip


@pytest.mark.parametrize("font", ["", "\\bfseries", "\\itshape", "\\bfseries\\itshape"])
def test_every_character_is_copied_as_itself(font: str) -> None:
    characters = [c for c in character_commands() if c.isprintable() and not c.isspace()]
    pages = copied([f"{font} x{latex.escape(c + 'x', 'x')}" for c in characters])
    found = {c: close(page) for c, page in zip(characters, pages, strict=True)}
    assert found == {c: f"x{LOOKS_THE_SAME.get(c, c)}x" for c in characters}


SPELLED = {
    **dict.fromkeys("Box square".split(), "□"), "Diamond": "♢", "lozenge": "♢", "bigcirc": "⃝",
    **dict.fromkeys("Vert lVert rVert |".split(), "∥"), "mid": "|", "backslash": "\\",
    "setminus": "\\", "backepsilon": "϶", "blacklozenge": "♦", "blacksquare": "■",
    "blacktriangle": "▲", "blacktriangledown": "▼", "blacktriangleleft": "◀",
    "blacktriangleright": "▶", "bullet": "•", "cdot": "·", "diagdown": "⧹", "diagup": "⧸",
    **dict.fromkeys("cdots dotsb dotsi dotsm".split(), "···"),
    **dict.fromkeys("dots dotsc dotso ldots".split(), "..."),
    "hbar": "h̄", "gimel": "\u05d2", "mathstrut": "", "iint": "∫∫", "iiint": "∫∫∫", "lhd": "◁", "rhd": "▷", "triangleleft": "◁",
    "triangleright": "▷", "vartriangleleft": "◁", "vartriangleright": "▷", "varkappa": "κ",
    "varinjlim": "lim−→", "varprojlim": "lim←−", "varliminf": "lim", "varlimsup": "lim",
    "ngeqq": "≧̸", "nleqq": "≦̸", "ngeqslant": "⩾̸", "nleqslant": "⩽̸", "npreceq": "⪯̸",
    "nsucceq": "⪰̸", "nsubseteqq": "⫅̸", "nsupseteqq": "⫆̸",
}  # fmt: skip
"""Signs that are copied as another character than Anki's: one that looks the same, or in parts."""


def test_every_sign_of_math_is_copied_as_what_cards_show() -> None:
    names = sorted(commands.SYMBOLS)
    engine = MathJax()
    pages = copied([f"$\\displaystyle {name}$" for name in names])
    for name, page in zip(names, pages, strict=True):
        shown = html.unescape(re.sub(r"<[^>]*>", "", engine.mathml(name, display=False)))
        plain = close("".join(c for c in shown if unicodedata.category(c) not in {"Cf", "Cc"}))
        found = "".join(c for c in close(page) if unicodedata.category(c) != "Cf")
        assert found == SPELLED.get(name.removeprefix("\\"), plain), name


FORMULAS = {
    r"\hat y=\bar x+\tilde z+\dot u": "ŷ=x̄+z̃+u̇",
    r"\hat\theta=\hat{\boldsymbol\mu}": "θ̂=μ̂",
    r"\boldsymbol{w}^{\top}\boldsymbol{\Sigma}": "w⊤Σ",
    r"\alpha\beta\theta\lambda\mu\sigma\epsilon\varepsilon\phi\varphi": "αβθλμσϵεϕφ",
    r"\sum_{i=1}^n x_i": "n∑i=1xi",
    r"\prod_j p_j": "∏jpj",
    r"\int_0^1 f\,dx": "∫10fdx",
    r"\oint\bigcup\bigoplus\coprod\amalg\jmath": "∮⋃⨁∐⨿ȷ",
    r"\mathbb{E}\,\mathbb{R}\,\mathcal{L}\,\mathbb{1}": "ERL1",
    r"a-b\neq c\notin D\to e\implies f\iff g\mapsto h": "a−b≠c∉D→e⟹f⟺g↦h",
    r"\sqrt{x}\,\Bigl(\Bigl[\Bigl\{\biggr\}": "√x([{}",
    r"\widehat{ab}\,\vec w\,\lVert w\rVert": "ˆab⃗w∥w∥",
}


def test_formulas_are_copied_sign_by_sign() -> None:
    pages = copied([f"$\\displaystyle {formula}$" for formula in FORMULAS])
    found = [unicodedata.normalize("NFC", close(page)) for page in pages]
    assert found == [unicodedata.normalize("NFC", wanted) for wanted in FORMULAS.values()]


SENTENCES = (
    "The naïve café of Poincaré, Gödel, Öztürk and Ångström: ¿señor? ß, æ, ø, ÿ.",
    "Erdős and Čech met Łukasiewicz, Žižek and Hölder in Győr; Ģirts, Şerban and Țăranu in Łódź.",
    "Waffles, fluffy fjords, an affine office, offline: fi, fl, ff, ffi, ffl.",
    "“Double”, ‘single’, «guillemets», „low“; an en dash – an em dash — and well-known hyphens…",
    "From α to ω: 5 − 3 = 2, x² + 10⁻³ ≤ 1, a → b, ∑ and ∞, ½ of 100 % at 20 °C, ✓.",
)


def test_sentences_are_copied_as_they_were_written() -> None:
    pages = copied([f"\\sloppy {latex.escape(sentence)}" for sentence in SENTENCES])
    assert [" ".join(page.split()) for page in pages] == list(SENTENCES)


def test_code_is_copied_as_it_was_written() -> None:
    code = "if a['x'] >= -1 -- \"so\": # 100 %"
    (page,) = copied([f"\\amlverb{{{latex.escape_code(code)}}}"])
    assert " ".join(page.split()) == code


@pytest.mark.parametrize("sign", ".:;?!,")
def test_in_code_the_space_behind_a_sign_is_as_wide_as_a_letter(sign: str) -> None:
    spelled = latex.escape_code(f"x{sign} y")
    wide = f"\\setbox0\\hbox{{\\amlverb{{{spelled}}}}}\\setbox2\\hbox{{\\amlverb{{xxxx}}}}"
    (page,) = copied([f"{wide}\\ifdim\\wd0=\\wd2 same\\else other\\fi"])
    assert page.strip() == "same"


def test_titles_and_bookmarks_hold_every_sign() -> None:
    title = "Erdős: α → β², “ℝ” ≠ ∅ & 100 % {x} # _ – ½ … ∑"
    spelled = latex.escape(title)
    setup = f"\\amlmetadata{{{spelled}}}{{{spelled}}}{{}}{{en}}{{2024-03-01}}"
    with pikepdf.open(BytesIO(typeset(f"\\pdfbookmark[0]{{{spelled}}}{{x}}x", setup))) as pdf:
        assert str(pdf.docinfo.Title) == str(pdf.docinfo.Author) == title
        with pdf.open_outline() as outline:
            assert [entry.title for entry in outline.root] == [title]
