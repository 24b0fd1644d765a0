"""Where TikZ and pgfplots put a node, there lies its label's box; where they cannot say, they do say so."""

import io
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from aml_build.model.drawing import Drawing, LabelBox
from tests.figures.test_draw import drawn

_NODE = "inner sep=0pt, outer sep=0pt, minimum width=12bp, minimum height=8bp, draw=none, fill=red"
_ASKED = rf"\node[mask={{1}}{{a}}, {_NODE}]"
_AXIS = "width=3cm, height=3cm, scale only axis, xmin=0, xmax=1, ymin=0, ymax=1"
_IN_AXIS = rf"{_ASKED} at (axis cs:.5,.7) {{}};"

PLACES = {
    "plain": rf"{_ASKED} at (3,1) {{}};",
    "in an axis": rf"\begin{{axis}}[{_AXIS}]{_IN_AXIS}\end{{axis}}",
    "in an axis that is moved": rf"\begin{{axis}}[{_AXIS}, at={{(2cm,2cm)}}]{_IN_AXIS}\end{{axis}}",
    "in an axis hung up elsewhere": rf"\begin{{axis}}[{_AXIS}, at={{(2cm,2cm)}}, anchor=north east]{_IN_AXIS}\end{{axis}}",
    "in an axis in a scope": rf"\begin{{scope}}[xshift=5cm]\begin{{axis}}[{_AXIS}]{_IN_AXIS}\end{{axis}}\end{{scope}}",
    "in an axis of other units": rf"\begin{{scope}}[x=2cm, y=3cm]\begin{{axis}}[{_AXIS}, at={{(2,2)}}]{_IN_AXIS}\end{{axis}}\end{{scope}}",
    "in an axis turned by itself": rf"\begin{{axis}}[{_AXIS}, rotate=30]{_IN_AXIS}\end{{axis}}",
    "in an axis scaled by itself": rf"\begin{{axis}}[{_AXIS}, scale=1.5]{_IN_AXIS}\end{{axis}}",
    "in a second axis": rf"\begin{{axis}}[{_AXIS}]\end{{axis}}\begin{{axis}}[{_AXIS}, at={{(5cm,1cm)}}]{_IN_AXIS}\end{{axis}}",
    "in an axis beside another": rf"\begin{{axis}}[name=l, {_AXIS}]\end{{axis}}\begin{{axis}}[{_AXIS}, at={{(l.south east)}}, xshift=1cm]{_IN_AXIS}\end{{axis}}",
    "in a group of axes": rf"\begin{{groupplot}}[group style={{group size=2 by 2}}, {_AXIS}]\nextgroupplot \nextgroupplot \nextgroupplot \nextgroupplot {_IN_AXIS}\end{{groupplot}}",
    "in a three-dimensional axis": rf"\begin{{axis}}[width=5cm, at={{(2cm,2cm)}}, view={{20}}{{30}}]\addplot3[domain=0:1, samples=3, draw=none] {{x*y}};{_ASKED} at (axis cs:.5,.7,.3) {{}};\end{{axis}}",
    "on a curve": rf"\begin{{axis}}[{_AXIS}, at={{(2cm,2cm)}}]\addplot[domain=0:1] {{x}} node[mask={{1}}{{a}}, {_NODE}, pos=.3] {{}};\end{{axis}}",
    "beside an axis": rf"\begin{{axis}}[{_AXIS}, at={{(2cm,2cm)}}, clip=false]{_ASKED} at (axis description cs:1.5,.7) {{}};\end{{axis}}",
    "as the name of an axis": rf"\begin{{axis}}[{_AXIS}, at={{(2cm,2cm)}}, xlabel={{\phantom{{x}}}}, x label style={{mask={{1}}{{a}}, {_NODE}}}]\end{{axis}}",
    "in a scope that is turned": rf"\begin{{scope}}[xshift=3cm, rotate=90]{_ASKED[:-1]}, transform shape] at (1,1) {{}};\end{{scope}}",
    "in a pic": rf"\tikzset{{my/.pic={{{_ASKED} at (1,0) {{}};}}}}\pic[scale=2, rotate=90] at (3,3) {{my}};",
    "on an edge": rf"\draw (0,0) to[bend left] node[mask={{1}}{{a}}, {_NODE}, sloped, near end] {{}} (3,1);",
    "as the label of a node": rf"\node[draw, label={{[mask={{1}}{{a}}, {_NODE}]right:{{}}}}] at (2,2) {{x}};",
    "in a matrix": rf"\matrix at (4,4) {{\node{{x}}; & {_ASKED} {{}};\\}};",
    "in a loop": rf"\foreach \x in {{3}} {_ASKED} at (\x,1) {{}};",
}  # fmt: skip
NOWHERE = {
    "axis in a scaled scope": rf"\begin{{scope}}[scale=2]\begin{{axis}}[{_AXIS}]{_IN_AXIS}\end{{axis}}\end{{scope}}",
    "axis in a slanted scope": rf"\begin{{scope}}[xslant=.5]\begin{{axis}}[{_AXIS}]{_IN_AXIS}\end{{axis}}\end{{scope}}",
    "axis that is turned from outside": rf"\tikzset{{rotate around={{30:(1,1)}}}}\begin{{axis}}[{_AXIS}]{_IN_AXIS}\end{{axis}}",
    "canvas": rf"\begin{{scope}}[transform canvas={{scale=2}}]{_ASKED} at (1,1) {{}};\end{{scope}}",
    "legend": rf"\begin{{axis}}[{_AXIS}, legend style={{mask={{1}}{{a}}}}]\addplot[domain=0:1] {{x}};\addlegendentry{{x}}\end{{axis}}",
    "whole axis": rf"\begin{{axis}}[{_AXIS}, mask={{1}}{{a}}]\end{{axis}}",
    "whole matrix": r"\matrix[mask={1}{a}] at (4,4) {\node{x}; \\};",
}  # fmt: skip


def pictures(texts: dict[str, str]) -> dict[str, str]:
    return {
        f"{name.replace(' ', '-')}.tex": f"\\begin{{tikzpicture}}\n{text}\n\\end{{tikzpicture}}\n"
        for name, text in texts.items()
    }


def red(drawing: Drawing) -> tuple[float, ...]:
    """Return left, top, right and bottom of what is red in a drawing, as shares of it."""
    program = ["pdftocairo", "-png", "-r", "288", "-singlefile", "-", "-"]
    done = subprocess.run(program, input=drawing.pdf, capture_output=True, check=True)
    picture = Image.open(io.BytesIO(done.stdout)).convert("RGB")
    box = picture.convert("L", matrix=(0.5, -0.5, 0, 0)).point(lambda value: value > 100).getbbox()
    assert box
    return tuple(edge / size for edge, size in zip(box, picture.size * 2, strict=True))


def edges(label: LabelBox) -> tuple[float, ...]:
    return label.left, label.top, label.left + label.width, label.top + label.height


def test_a_box_lies_where_its_node_is_drawn(tmp_path: Path) -> None:
    drawings, mistakes = drawn(tmp_path, pictures(PLACES))
    assert [str(mistake) for mistake in mistakes] == []
    assert len(drawings) == len(PLACES)
    for path, drawing in drawings.items():
        (label,) = drawing.labels
        slack = 1.5 / min(drawing.width, drawing.height)
        assert edges(label) == pytest.approx(red(drawing), abs=slack), path


def test_what_has_no_box_is_refused(tmp_path: Path) -> None:
    drawings, mistakes = drawn(tmp_path, pictures(NOWHERE))
    assert drawings == {}
    assert {mistake.span.path for mistake in mistakes} == {
        f"figures/{name}" for name in pictures(NOWHERE)
    }
    for mistake in mistakes:
        assert mistake.code == "figure-tex"
        assert mistake.hint != "Compare the line with the template in `aml-build help figures`."
