"""Figures through the real TeX and the real Poppler."""

import io
from pathlib import Path

import pikepdf
import pytest

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.diagnostic import in_order
from aml_build.diagnostics.source import Source, Span
from aml_build.engines.pdflatex import run
from aml_build.figures.draw import DrawResult, draw_files
from aml_build.model import Macro, Picture
from aml_build.parse.course import parse_course
from aml_build.parse.masks import read_masks
from aml_build.resources import template
from aml_build.storage.cache import Cache
from tests.drawing import draw

GOOD = r"""\begin{tikzpicture}
  \draw (0,0) rectangle (100bp,50bp);
  \node[mask={2}{low}, inner sep=0pt, outer sep=0pt, minimum width=20bp, minimum height=10bp] at (90bp,5bp) {};
  \node[mask={1}{round}, circle, inner sep=0pt, outer sep=0pt, minimum size=20bp] at (10bp,40bp) {};
\end{tikzpicture}
"""


def picture(path: str, text: str = "") -> Picture:
    labels, _ = read_masks(Source(path, text))
    return Picture(path, "", (), labels, Span("a.md", 3, 1))


def drawn(
    root: Path, figures: dict[str, str], cache: Cache | None = None, style: str = ""
) -> DrawResult:
    folder = root / "figures"
    folder.mkdir(exist_ok=True)
    (folder / "style.tex").write_text(style)
    pictures = {}
    for name, text in figures.items():
        (folder / name).write_text(text)
        pictures[f"figures/{name}"] = picture(f"figures/{name}", text)
    macros = (Macro(r"\E", 0, r"\mathbb{E}"), Macro(r"\pair", 2, "(#1,#2)"))
    return in_order_of(draw_files(root, pictures, macros, cache or Cache(None)))


def in_order_of(result: DrawResult) -> DrawResult:
    return result._replace(diagnostics=in_order(result.diagnostics))


def test_labels_lie_where_tex_put_them(tmp_path: Path) -> None:
    drawings, mistakes = drawn(tmp_path, {"good.tex": GOOD})
    assert mistakes == ()
    drawing = drawings["figures/good.tex"]
    # The line is half a point (0.4 TeX pt wide) outside the rectangle, the padding 3 bp.
    assert drawing.width == pytest.approx(106.4, abs=0.1)
    assert drawing.height == pytest.approx(56.4, abs=0.1)
    first, second = drawing.labels
    assert (first.ordinal, first.id, second.ordinal, second.id) == (1, "round", 2, "low")
    for label, left, top, width, height in (
        (first, 3.2, 3.2, 20, 20),
        (second, 83.2, 43.2, 20, 10),
    ):
        assert label.left * drawing.width == pytest.approx(left, abs=0.1)
        assert label.top * drawing.height == pytest.approx(top, abs=0.1)
        assert label.width * drawing.width == pytest.approx(width, abs=0.1)
        assert label.height * drawing.height == pytest.approx(height, abs=0.1)


def test_labels_are_found_through_shifts_scales_turns_and_axes(tmp_path: Path) -> None:
    text = r"""\begin{tikzpicture}
  \begin{scope}[xshift=1cm]
    \begin{axis}[xmin=0, xmax=1, ymin=0, ymax=1, clip=false, width=5cm, height=5cm, scale only axis]
      \node[mask={1}{axis}, inner sep=0pt, outer sep=0pt, minimum size=10bp] at (axis cs:1,0) {};
    \end{axis}
  \end{scope}
  \begin{scope}[scale=2, xshift=1cm, rotate=90]
    \node[mask={2}{turned}, inner sep=0pt, outer sep=0pt,
          minimum width=20bp, minimum height=10bp, transform shape] at (0,0) {};
  \end{scope}
\end{tikzpicture}
"""
    drawings, mistakes = drawn(tmp_path, {"axes.tex": text})
    assert mistakes == ()
    drawing = drawings["figures/axes.tex"]
    axis, turned = drawing.labels
    assert axis.width * drawing.width == pytest.approx(10, abs=0.1)
    # Scaled by two and turned by a quarter, the second label is 20 bp wide and 40 bp high; its middle
    # stands 2 cm to the right of the published_id, that of the first 6 cm.
    assert turned.width * drawing.width == pytest.approx(20, abs=0.2)
    assert turned.height * drawing.height == pytest.approx(40, abs=0.2)
    apart = axis.left + axis.width / 2 - turned.left - turned.width / 2
    assert apart * drawing.width == pytest.approx(4 / 2.54 * 72, abs=0.5)
    assert axis.top + axis.height / 2 == pytest.approx(turned.top + turned.height / 2, abs=0.005)


def test_a_faulty_figure_does_not_spoil_the_others(tmp_path: Path) -> None:
    drawings, mistakes = drawn(
        tmp_path,
        {
            "a.tex": GOOD,
            "b.tex": "\\begin{tikzpicture}\n  \\draw (0,0) -- (1,1);\n  \\node[nosuch] {x};\n\\end{tikzpicture}\n",
            "c.tex": "\\begin{tikzpicture}\n  \\node {\\input{x}};\n\\end{tikzpicture}\n",
            "d.tex": "\\begin{tikzpicture}\n  \\node {$x$;\n\\end{tikzpicture}\n",
            "e.tex": "\\begin{tikzpicture}\n  \\draw (a) -- (0,0);\n\\end{tikzpicture}\n",
            "f.tex": GOOD.replace("{low}", "{lower}"),
        },
    )
    assert list(drawings) == ["figures/a.tex", "figures/f.tex"]
    assert [(str(d.span), d.code) for d in mistakes] == [
        ("figures/b.tex:3:3", Code.FIGURE_TEX),
        ("figures/c.tex:2:10", Code.FIGURE_COMMAND),
        ("figures/d.tex:2:9", Code.FIGURE_FORM),
        ("figures/e.tex:2:3", Code.FIGURE_TEX),
    ]
    assert "nosuch" in mistakes[0].message
    assert all(d.hint and "\n" not in d.message for d in mistakes)


def test_a_faulty_style_is_named_once(tmp_path: Path) -> None:
    drawings, mistakes = drawn(
        tmp_path, {"a.tex": GOOD, "b.tex": GOOD}, style="\n\\tikzset{a/.nosuch}\n"
    )
    assert drawings == {}
    assert [(str(d.span), d.code) for d in mistakes] == [("figures/style.tex:2:1", Code.FIGURE_TEX)]


def test_labels_outside_or_drawn_twice_or_on_a_path_are_refused(tmp_path: Path) -> None:
    outside = GOOD.replace("\\draw", "\\useasboundingbox").replace(
        "\\useasboundingbox (0,0)", "\\draw[use as bounding box] (20bp,0)"
    )
    twice = GOOD.replace("\\node[mask={2}", "\\foreach \\x in {1,2} \\node[mask={2}")
    path = GOOD.replace("\\draw (0", "\\draw[mask={3}{path}] (0")
    _, mistakes = drawn(tmp_path, {"outside.tex": outside, "twice.tex": twice, "path.tex": path})
    assert [(d.span.path, d.span.line, d.code) for d in mistakes] == [
        ("figures/outside.tex", 4, Code.BAD_MASK),
        ("figures/path.tex", 2, Code.FIGURE_TEX),
        ("figures/twice.tex", 3, Code.BAD_MASK),
    ]
    assert (mistakes[0].span.column, mistakes[0].span.length) == (9, len("mask={1}{round}"))


SIDES = {"left": (-45, 0), "right": (45, 0), "above": (0, 45), "below": (0, -45)}


@pytest.mark.parametrize("side", SIDES)
def test_a_label_that_sticks_out_is_refused_on_every_side(tmp_path: Path, side: str) -> None:
    x, y = SIDES[side]
    text = (
        "\\begin{tikzpicture}\n  \\draw[use as bounding box] (-50bp,-50bp) rectangle (50bp,50bp);\n"
        "  % mask={1}{not this one}\n"
        f"  \\node[mask={{1}}{{edge}}, minimum size=20bp] at ({x}bp,{y}bp) {{}};\n\\end{{tikzpicture}}\n"
    )
    drawings, mistakes = drawn(tmp_path, {"a.tex": text})
    assert list(drawings) == ["figures/a.tex"]
    assert [(str(d.span), d.code) for d in mistakes] == [("figures/a.tex:4:9", Code.BAD_MASK)]
    assert "`edge` is partly outside" in mistakes[0].message


def test_a_label_is_refused_at_each_side_of_the_picture(tmp_path: Path) -> None:
    corners = {
        "left": "(20bp,0) rectangle (100bp,50bp)",
        "right": "(0,0) rectangle (85bp,50bp)",
        "below": "(0,8bp) rectangle (100bp,50bp)",
        "above": "(0,0) rectangle (100bp,35bp)",
    }
    box = "\\draw[use as bounding box] "
    whole = "\\draw (0,0) rectangle (100bp,50bp)"
    _, mistakes = drawn(
        tmp_path, {f"{side}.tex": GOOD.replace(whole, box + at) for side, at in corners.items()}
    )
    assert [(d.span.path, d.code, d.span.line) for d in mistakes] == [
        ("figures/above.tex", Code.BAD_MASK, 4),
        ("figures/below.tex", Code.BAD_MASK, 3),
        ("figures/left.tex", Code.BAD_MASK, 4),
        ("figures/right.tex", Code.BAD_MASK, 3),
    ]


def test_macros_of_the_course_work_in_figures(tmp_path: Path) -> None:
    text = "\\begin{tikzpicture}\\node {$\\E\\pair{x}{y}$};\\end{tikzpicture}"
    drawings, mistakes = drawn(tmp_path, {"a.tex": text})
    assert mistakes == ()
    assert len(drawings) == 1


def test_a_drawing_depends_on_nothing_but_its_source(tmp_path: Path) -> None:
    other = "\\begin{tikzpicture}\\node {Other letters: $\\sum_i \\alpha_i$};\\end{tikzpicture}"
    text = "\\begin{tikzpicture}\\node {Letters $\\alpha$};\\end{tikzpicture}"
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    alone, _ = drawn(tmp_path / "one", {"a.tex": text})
    together, _ = drawn(tmp_path / "two", {"0.tex": other, "a.tex": text, "z.tex": other})
    assert alone["figures/a.tex"] == together["figures/a.tex"]
    assert together["figures/0.tex"].image == together["figures/z.tex"].image


def test_a_figure_after_a_broken_one_is_blamed_for_nothing(tmp_path: Path) -> None:
    broken = "\\begin{tikzpicture}\n  \\node {x_1};\n  \\node[nosuch] {x};\n\\end{tikzpicture}\n"
    late = broken.replace("x_1", "x")
    drawings, mistakes = drawn(tmp_path, {"a.tex": broken, "b.tex": late, "c.tex": GOOD})
    assert list(drawings) == ["figures/c.tex"]
    assert [str(d.span) for d in mistakes] == ["figures/a.tex:2:3", "figures/b.tex:3:3"]


def test_the_cache_gives_the_same_drawing(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    cold = drawn(tmp_path, {"good.tex": GOOD}, cache)
    assert drawn(tmp_path, {"good.tex": GOOD}, cache) == cold
    edited, _ = drawn(tmp_path, {"good.tex": GOOD.replace("100bp", "80bp")}, cache)
    assert edited["figures/good.tex"].name != cold[0]["figures/good.tex"].name


def test_a_warm_figure_needs_no_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path / "cache")
    cold = drawn(tmp_path, {"good.tex": GOOD}, cache)
    monkeypatch.setenv("PATH", "")
    assert drawn(tmp_path, {"good.tex": GOOD}, cache) == cold


def test_the_pdf_has_embedded_outlines_that_can_be_copied(tmp_path: Path) -> None:
    drawings, _ = drawn(
        tmp_path, {"a.tex": "\\begin{tikzpicture}\\node {Label $\\sum\\alpha$};\\end{tikzpicture}"}
    )
    with pikepdf.open(io.BytesIO(drawings["figures/a.tex"].pdf)) as document:
        assert len(document.pages) == 1
        fonts = list(document.pages[0].Resources.Font.values())
        assert len(fonts) >= 3
        assert all(font.Subtype != "/Type3" and "/ToUnicode" in font for font in fonts)


def test_a_letter_that_the_font_lacks_comes_from_another(tmp_path: Path) -> None:
    _, mistakes = drawn(
        tmp_path, {"a.tex": "\\begin{tikzpicture}\\node {a → b};\\end{tikzpicture}"}
    )
    assert mistakes == ()


def test_the_style_sheet_itself_is_clean() -> None:
    document = "\\documentclass{article}\\usepackage{figures}\\begin{document}x\\end{document}"
    result = run(document, inputs={"figures.sty": template("latex/figures.sty").encode()})
    assert result.problems == ()


def test_the_svg_brings_its_own_paper(tmp_path: Path) -> None:
    drawings, _ = drawn(tmp_path, {"good.tex": GOOD})
    drawing = drawings["figures/good.tex"]
    head = drawing.image[:600].decode()
    assert 'fill="#fff"' in head
    assert drawing.suffix == ".svg"
    assert drawing.name.startswith("fig-good-")


COURSE = """---
lesson: 1
title: One
---

## Term {#term}

Says what it is.

![A box](figures/good.tex){#fig-box}

- A list with a picture

  ![A box](figures/listed.tex){.plain}

### Why? {#why}

Because.

![A box](figures/good.tex){.plain}
"""


def test_the_pictures_of_a_course_are_drawn_once_and_no_others(tmp_path: Path) -> None:
    (tmp_path / "course.yaml").write_text("id: x\ntitle: X\n")
    (tmp_path / "one.md").write_text(COURSE)
    (tmp_path / "figures").mkdir()
    for name in ("good", "listed", "unused"):
        (tmp_path / "figures" / f"{name}.tex").write_text(GOOD)
    course = parse_course(tmp_path).course
    assert course is not None
    drawings, mistakes = draw(tmp_path, course, Cache(None))
    assert mistakes == ()
    assert list(drawings) == ["figures/good.tex", "figures/listed.tex"]
