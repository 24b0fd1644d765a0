"""The real resvg, in a process of its own."""

import io

import pytest
from PIL import Image

from aml_build.engines import resvg
from aml_build.engines.tex_fonts import latin_modern

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">{}</svg>'


def _use(number: int) -> str:
    return f'<use href="#a{number}"/>'


ENDLESS = (
    '<filter id="f" x="0" y="0" width="9999" height="9999" filterUnits="userSpaceOnUse">'
    '<feTurbulence numOctaves="1000000000" baseFrequency="9"/></filter>'
    '<rect width="40" height="20" filter="url(#f)"/>'
)


def test_a_picture_is_drawn_as_wide_as_asked_on_white() -> None:
    png = resvg.draw(SVG.format('<rect width="20" height="20" fill="red"/>'), 80, latin_modern())
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    assert picture.size == (80, 40)
    assert picture.getpixel((10, 10)) == (255, 0, 0)
    assert picture.getpixel((70, 10)) == (255, 255, 255)


def test_the_same_picture_gives_the_same_bytes() -> None:
    text = SVG.format('<text y="15">Leaf</text>')
    assert resvg.draw(text, 400, latin_modern()) == resvg.draw(text, 400, latin_modern())


def test_a_broken_picture_says_what_is_wrong() -> None:
    with pytest.raises(resvg.ResvgError, match="root node"):
        resvg.draw("<svg", 80, ())


def test_a_picture_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resvg, "_SECONDS", 1.0)
    with pytest.raises(resvg.ResvgError, match="more than 1 seconds"):
        resvg.draw(SVG.format(ENDLESS), 80, ())


def test_uses_within_uses_are_bounded() -> None:
    groups = "".join(f'<g id="a{n + 1}">{_use(n) * 10}</g>' for n in range(9))
    with pytest.raises(resvg.ResvgError, match="limit"):
        resvg.draw(SVG.format(f'<g id="a0"><rect/></g>{groups}<use href="#a9"/>'), 16, ())
