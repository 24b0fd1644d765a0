"""Photographs and SVG pictures of a course, for cards and for print."""

import io
import random
import time
from pathlib import Path

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.source import Span
from aml_build.figures import photographs
from aml_build.figures.picture_files import ReadPictures, for_paper, media_name, read_pictures
from aml_build.figures.picture_metadata import DamagedPictureError, without_metadata
from aml_build.figures.picture_types import picture_suffix
from aml_build.model import Picture
from aml_build.model.drawing import Drawing
from aml_build.storage.cache import Cache
from tests.figures.pictures import (
    BOTTOM,
    TOP,
    halves,
    near,
    opened,
    photographed,
    saved,
    too_many_pixels,
    write,
)

PLACE = Span("a.md", 3, 1)
WIDE = 400.0
"""pt: wider than any picture here."""


def read(root: Path, *paths: str, cache: Cache | None = None) -> ReadPictures:
    pictures = {path: Picture(path, "A picture", (), (), PLACE) for path in paths}
    return read_pictures(root, pictures, cache or Cache(None))


def drawn(root: Path, data: bytes, path: str = "figures/a.png") -> Drawing:
    write(root, path, data)
    drawings, mistakes = read(root, path)
    assert mistakes == ()
    return drawings[path]


def printed(root: Path, drawing: Drawing, path: str = "figures/a.png") -> Drawing:
    return for_paper(root, {path: drawing}, WIDE, WIDE, Cache(None))[path]


PLAIN = {
    "png": saved(halves(), "PNG"),
    "palette": saved(halves().quantize(4), "PNG"),
    "grey": saved(halves(mode="L"), "PNG"),
    "jpg": saved(halves(), "JPEG"),
    "progressive": saved(halves(), "JPEG", progressive=True),
    "grey jpg": saved(halves(mode="L"), "JPEG"),
    "gif": saved(halves().quantize(4), "GIF"),
    "webp": saved(halves(), "WEBP", lossless=True),
}


@pytest.mark.parametrize("kind", PLAIN)
def test_a_small_upright_picture_keeps_its_bytes(kind: str, tmp_path: Path) -> None:
    drawing = drawn(tmp_path, PLAIN[kind])
    assert drawing.image == PLAIN[kind]
    assert drawing.name == media_name("figures/a.png", PLAIN[kind])
    assert (drawing.width, drawing.height) == (45.0, 30.0)
    name, data = printed(tmp_path, drawing).print_file
    as_it_is = "gif" not in kind and "webp" not in kind
    assert (data == PLAIN[kind]) is as_it_is
    assert name == f"{drawing.name}{'.jpg' if 'jpg' in kind or kind == 'progressive' else '.png'}"


@pytest.mark.parametrize(
    ("suffix", "data"),
    [(".png", "png"), (".PNG", "png"), (".jpg", "png"), (".jpeg", "jpg"), (".JPG", "jpg"), (".png", "jpg"),
     (".gif", "gif"), (".webp", "webp"), (".WebP", "gif")],
)  # fmt: skip
def test_content_decides_about_the_type_not_the_name(
    suffix: str, data: str, tmp_path: Path
) -> None:
    drawing = drawn(tmp_path, PLAIN[data], f"figures/a{suffix}")
    assert drawing.suffix == f".{data}"


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["jpg", "png", "webp"])
def test_a_photograph_stands_upright_everywhere(
    kind: str, orientation: int, tmp_path: Path
) -> None:
    # Stored so that turning it back by the standard's table gives red above blue.
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    picture = halves(60, 40)
    if orientation > 1:
        picture = picture.transpose(Image.Transpose(undo[orientation]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    form = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}[kind]
    drawing = drawn(tmp_path, saved(picture, form, exif=exif, quality=95))
    for data in (drawing.image, printed(tmp_path, drawing).print_file[1]):
        shown = opened(data).convert("RGB")
        assert shown.size == (60, 40)
        assert near(shown.getpixel((30, 4)), TOP)
        assert near(shown.getpixel((30, 36)), BOTTOM)
        assert not shown.getexif()
    assert (drawing.width, drawing.height) == (45.0, 30.0)


def test_no_metadata_reaches_a_card(tmp_path: Path) -> None:
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", "SecretName")
    text.add_itxt("XML:com.adobe.xmp", "SecretPlace")
    gif = saved(halves().quantize(4), "GIF", comment=b"SecretComment")
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    files = {
        "a.jpg": photographed(1),
        "b.jpg": photographed(6),
        "c.png": saved(halves(), "PNG", pnginfo=text, exif=exif),
        "d.gif": gif,
        "e.webp": saved(halves(), "WEBP", lossless=True, exif=exif, xmp=b"SecretXmp"),
        # A telephone's second picture has a place of its own.
        "f.jpg": photographed(1) + photographed(1),
        "g.jpg": saved(halves(), "JPEG", comment=b"SecretComment"),
    }
    for name, data in files.items():
        assert b"Secret" in data
        drawing = drawn(tmp_path, data, name)
        assert b"Secret" not in drawing.image, name
        assert opened(drawing.image).convert("RGB").size in ((60, 40), (40, 60))
        assert b"Secret" not in printed(tmp_path, drawing, name).print_file[1], name


@pytest.mark.parametrize("kind", ["jpg", "png", "webp", "gif"])
def test_metadata_goes_without_a_change_of_pixels(kind: str) -> None:
    form = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF"}[kind]
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    more = {"comment": b"Secret"} if kind == "gif" else {"exif": exif}
    data = saved(halves(mode="P" if kind == "gif" else "RGB"), form, **more)
    bare = without_metadata(data, f".{kind}")
    assert len(bare) < len(data)
    assert opened(bare).convert("RGB").tobytes() == opened(data).convert("RGB").tobytes()
    assert without_metadata(bare, f".{kind}") == bare


@pytest.mark.parametrize("size", [(1601, 300), (3000, 2000), (300, 4000)])
def test_a_large_picture_is_smaller_on_cards_and_in_print(
    size: tuple[int, int], tmp_path: Path
) -> None:
    drawing = drawn(tmp_path, saved(halves(*size), "JPEG"), "a.jpg")
    assert max(opened(drawing.image).size) == 1600
    assert max(drawing.width, drawing.height) == 1200.0
    # An inch at 300 dots, in the longer direction.
    inch = for_paper(tmp_path, {"a.jpg": drawing}, 72.27, 72.27, Cache(None))["a.jpg"]
    name, data = inch.print_file
    assert max(opened(data).size) == 300
    assert name.endswith(".jpg")
    ratio = size[0] / size[1]
    assert opened(data).width / opened(data).height == pytest.approx(ratio, rel=0.03)


def test_a_drawing_stays_without_loss_when_it_gets_smaller(tmp_path: Path) -> None:
    assert drawn(tmp_path, saved(halves(2000, 1000), "PNG")).suffix == ".png"
    assert drawn(tmp_path, saved(halves(2000, 1000), "WEBP", lossless=True)).suffix == ".png"
    assert drawn(tmp_path, saved(halves(2000, 1000), "WEBP")).suffix == ".jpg"


def _clear(mode: str) -> Image.Image:
    picture = halves(mode="RGBA")
    picture.putpixel((0, 0), (0, 0, 0, 0))
    return picture.convert(mode)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_clear_is_white_on_paper_and_clear_on_cards(mode: str, tmp_path: Path) -> None:
    data = saved(_clear(mode), "PNG")
    drawing = drawn(tmp_path, data)
    assert drawing.image == data
    _, data = printed(tmp_path, drawing).print_file
    shown = opened(data)
    assert shown.mode == "RGB"
    assert shown.getpixel((0, 0)) == (255, 255, 255)
    large = drawn(tmp_path, saved(_clear("RGBA").resize((3200, 2133)), "PNG"))
    assert opened(large.image).convert("RGBA").getpixel((0, 0)) == (0, 0, 0, 0)


def test_sixteen_bits_of_grey_keep_their_greys(tmp_path: Path) -> None:
    picture = Image.new("I;16", (10, 10), 0x8000)
    drawing = drawn(tmp_path, saved(picture, "PNG"))
    _, data = printed(tmp_path, drawing).print_file
    assert opened(data).mode == "L"
    assert opened(data).getpixel((5, 5)) == 0x80


def test_inks_become_colours(tmp_path: Path) -> None:
    drawing = drawn(tmp_path, saved(halves(mode="CMYK"), "JPEG", quality=95), "a.jpg")
    for data in (drawing.image, printed(tmp_path, drawing, "a.jpg").print_file[1]):
        assert opened(data).mode == "RGB"
        assert near(opened(data).getpixel((30, 4)), TOP)


def test_colours_of_another_space_are_converted(tmp_path: Path) -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    drawing = drawn(tmp_path, saved(halves(3000, 2000), "JPEG", icc_profile=lab), "a.jpg")
    assert near(opened(drawing.image).getpixel((5, 5)), TOP)
    broken = drawn(tmp_path, saved(halves(3000, 2000), "JPEG", icc_profile=b"no profile"), "a.jpg")
    assert near(opened(broken.image).getpixel((5, 5)), TOP)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_what_moves_moves_on_cards_and_stands_in_print(kind: str, tmp_path: Path) -> None:
    for size, whole in (((60, 40), True), ((1800, 20), False)):
        frames = [halves(*size), halves(*size).transpose(Image.Transpose.FLIP_TOP_BOTTOM)]
        options = {"save_all": True, "append_images": frames[1:], "duration": [100, 300], "loop": 0}
        data = saved(frames[0], kind, **options)
        drawing = drawn(tmp_path, data)
        assert (drawing.image == data) is whole
        shown = Image.open(io.BytesIO(drawing.image))
        assert getattr(shown, "n_frames", 1) == 2
        assert max(shown.size) <= 1600
        _, paper = printed(tmp_path, drawing).print_file
        assert near(opened(paper).convert("RGB").getpixel((5, 2)), TOP)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "is an HEIC photograph"),
        (b"\0\0\0\x18ftypavif\0\0\0\0", "is an AVIF picture"),
        (b"II*\0rest", "is a TIFF picture"),
        (b"%PDF-1.7", "is a PDF document"),
        (b"<!DOCTYPE html><html>", "is a web page"),
        (b"version https://git-lfs.github.com/spec/v1\n", "is a pointer of Git LFS"),
        (b"hello", "is no picture"),
    ],
)
def test_a_file_of_another_type_is_named(data: bytes, said: str, tmp_path: Path) -> None:
    write(tmp_path, "a.png", data)
    drawings, (mistake,) = read(tmp_path, "a.png")
    assert drawings == {}
    assert mistake.code is Code.IMAGE_TYPE
    assert mistake.message.startswith(f"`a.png` {said}")
    assert mistake.span == PLACE


def test_a_missing_file_has_been_reported_by_the_parser(tmp_path: Path) -> None:
    assert read(tmp_path, "figures/gone.jpg") == ({}, ())


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.png").mkdir()
    _, (mistake,) = read(tmp_path, "a.png")
    assert mistake.code is Code.IMAGE_DAMAGED


@pytest.mark.parametrize("kind", PLAIN)
def test_half_a_file_is_damaged(kind: str, tmp_path: Path) -> None:
    data = saved(
        Image.effect_noise((64, 64), 90).convert("RGB"),
        {"jpg": "JPEG", "progressive": "JPEG", "grey jpg": "JPEG", "gif": "GIF", "webp": "WEBP"}.get(kind, "PNG"),
    )  # fmt: skip
    write(tmp_path, "a.png", data[: len(data) // 2])
    drawings, (mistake,) = read(tmp_path, "a.png")
    assert drawings == {}
    assert mistake.code is Code.IMAGE_DAMAGED


def test_any_bytes_give_a_drawing_or_a_mistake(tmp_path: Path) -> None:
    """Change bytes of good files at random: no file ends in a traceback."""
    source = random.Random(7)
    for data in (*PLAIN.values(), photographed(6)):
        for _ in range(40):
            bad = bytearray(data)
            for _ in range(source.randint(1, 6)):
                bad[source.randrange(len(bad))] = source.randrange(256)
            write(tmp_path, "a.png", bytes(bad))
            drawings, mistakes = read(tmp_path, "a.png")
            assert bool(drawings) is not bool(mistakes)
            if drawings:
                printed(tmp_path, drawings["a.png"], "a.png")


def test_damaged_metadata_leave_the_picture() -> None:
    """Change each byte of the metadata: the pixels are whole, so each file gives a picture."""
    data = photographed(6)
    start = data.index(b"Exif\0\0") + 6
    end = start - 8 + int.from_bytes(data[start - 8 : start - 6], "big")
    for at in range(start, end):
        for value in (0, 1, 2, 5, 12, 255):
            bad = data[:at] + bytes([value]) + data[at + 1 :]
            pixels = photographs.for_cards(bad, ".jpg")
            assert sorted((pixels.width, pixels.height)) == [40, 60]


def test_a_gif_that_ends_within_a_frame_is_damaged() -> None:
    data = saved(halves().quantize(4), "GIF")
    frame = data.index(b",\0\0\0\0")
    for end in range(11, frame + 12):
        with pytest.raises(DamagedPictureError):
            photographs.for_cards(data[:end], ".gif")


def test_a_changed_file_is_not_remembered_as_the_old_one(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    old, new = photographed(6, 60, 40), photographed(6, 80, 20)
    drawing = drawn(tmp_path, old, "a.jpg")
    write(tmp_path, "a.jpg", new)
    for_paper(tmp_path, {"a.jpg": drawing}, WIDE, WIDE, cache)
    write(tmp_path, "a.jpg", old)
    again = for_paper(tmp_path, {"a.jpg": drawing}, WIDE, WIDE, cache)["a.jpg"]
    assert again == printed(tmp_path, drawing, "a.jpg")


def test_a_picture_of_too_many_pixels_is_not_decoded(tmp_path: Path) -> None:
    write(tmp_path, "a.png", too_many_pixels())
    _, (mistake,) = read(tmp_path, "a.png")
    assert mistake.code is Code.IMAGE_TOO_LARGE
    assert "65535 × 65535" in mistake.message


def test_a_very_long_picture_is_not_decoded(tmp_path: Path) -> None:
    Image.new("1", (60_000, 1)).save(tmp_path / "a.png")
    _, (mistake,) = read(tmp_path, "a.png")
    assert mistake.code is Code.IMAGE_TOO_LARGE


def test_the_same_picture_gives_the_same_bytes(tmp_path: Path) -> None:
    data = photographed(6, 3000, 2000)
    first, second = (drawn(tmp_path, data, "a.jpg") for _ in range(2))
    assert first == second
    assert printed(tmp_path, first, "a.jpg") == printed(tmp_path, second, "a.jpg")


def test_a_known_picture_is_not_decoded_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Cache(tmp_path / "cache")
    write(tmp_path, "a.jpg", photographed(6, 2000, 1000))
    first = read(tmp_path, "a.jpg", cache=cache)
    paper = for_paper(tmp_path, first.drawings, WIDE, WIDE, cache)
    monkeypatch.setattr(photographs, "for_cards", None)
    monkeypatch.setattr(photographs, "for_print", None)
    assert read(tmp_path, "a.jpg", cache=cache) == first
    assert for_paper(tmp_path, first.drawings, WIDE, WIDE, cache) == paper


@pytest.mark.parametrize(
    ("path", "stem"),
    [
        ("figures/heart.png", "heart"),
        ("figures/my heart.png", "my heart"),
        ("figures/Über_größe.png", "Über_größe"),
        ("figures/U\u0308ber.png", "Über"),
        ("figures/心臓.png", "心臓"),
        ("figures/🌱.png", "🌱"),
        ("figures/Scan #0010001.png", "Scan -0010001"),
        ('figures/a%{}"~^&$<>|?*.png', "a-------------"),
        ("figures/" + "x" * 200 + ".png", "x" * 60),
    ],
)
def test_any_name_becomes_a_safe_one(path: str, stem: str) -> None:
    name = media_name(path, b"x")
    assert name.startswith(f"fig-{stem}-")
    drawing = Drawing(name, b"", b"x", ".png", 1.0, 1.0, ())
    assert drawing.print_file[0].isascii()
    assert drawing.print_file[0].removesuffix(".png").replace("-", "").replace("_", "").isalnum()


SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {}>{}</svg>'
)


def svg(inside: str, attributes: str = 'width="40" height="20"') -> bytes:
    return SVG.format(attributes, inside).encode()


def test_an_svg_picture_is_drawn_for_print_and_stays_lines_on_cards(tmp_path: Path) -> None:
    data = svg('<rect width="40" height="10" fill="#c81e1e"/><text x="2" y="18">Ü</text>')
    drawing = drawn(tmp_path, data, "a.svg")
    assert (drawing.suffix, drawing.width, drawing.height) == (".svg", 30.0, 15.0)
    name, paper = printed(tmp_path, drawing, "a.svg").print_file
    assert name.endswith(".png")
    shown = opened(paper).convert("RGB")
    assert near(shown.getpixel((shown.width // 2, 5)), TOP)
    lower = shown.crop((0, shown.height // 2 + 20, shown.width, shown.height))
    dark = sum(count for count, colour in lower.getcolors(99999) or () if sum(colour) < 200)
    assert dark > 100, "the letter is drawn"


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script><rect width='9' height='9'/>",
        "<rect width='9' height='9' onclick='alert(1)'/>",
        "<a href='https://evil.example/'><rect width='9' height='9'/></a>",
        "<a xlink:href='javascript:alert(1)'><rect width='9' height='9'/></a>",
        "<style>@IMPORT 'https://evil.example/a.css'; rect {{ fill: URL(https://evil.example/b) }}</style>"
        "<rect width='9' height='9'/>",
        "<rect width='9' height='9' style='fill:url(https://evil.example/#a'/>",
        "<style>@import url(https://evil.example/a.css); rect {{ fill: url(https://evil.example/b) }}</style>"
        "<rect width='9' height='9'/>",
        "<rect width='9' height='9' style='fill:url(https://evil.example/#a)'/>",
        "<set attributeName='href' to='https://evil.example/'/><rect width='9' height='9'/>",
        "<metadata>/home/evil.example</metadata><rect width='9' height='9'/>",
        "<!-- evil.example --><rect width='9' height='9'/>",
    ],
)
def test_nothing_but_the_drawing_reaches_a_card(inside: str, tmp_path: Path) -> None:
    image = drawn(tmp_path, svg(inside), "a.svg").image
    for word in (b"evil.example", b"script", b"onclick", b"alert", b"@import"):
        assert word not in image
    assert b"<rect" in image


@pytest.mark.parametrize(
    "style", [r"@\69mport 'a.css';", r"rect { fill: u\72l(b) }", "rect { fill: image-set('b' 1x) }"]
)
def test_no_escape_hides_an_address(style: str, tmp_path: Path) -> None:
    shape = (
        f"<style>{style.replace('{', '{{').replace('}', '}}')}</style><rect width='9' height='9'/>"
    )
    image = drawn(tmp_path, svg(shape), "a.svg").image
    assert b"\\" not in image
    assert b"image-set" not in image
    assert b"<rect" in image


def test_many_unknown_elements_take_little_time(tmp_path: Path) -> None:
    began = time.perf_counter()
    image = drawn(tmp_path, svg("<x/>" * 100_000 + "<rect width='9' height='9'/>"), "a.svg").image
    assert b"<rect" in image
    assert time.perf_counter() - began < 5


def test_the_text_behind_a_removed_element_stays(tmp_path: Path) -> None:
    inside = "<text>a<x>b</x>c<tspan>d</tspan>e<x/>f</text>"
    assert b">ac<tspan>d</tspan>ef<" in drawn(tmp_path, svg(inside), "a.svg").image


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<image href='other.png' width='9' height='9'/>", "shows another file (`other.png`)"),
        ("<image xlink:href='/etc/passwd' width='9' height='9'/>", "shows another file (`/etc/passwd`)"),
        ("<image href='https://a.example/x.png' width='9' height='9'/>", "shows another file"),
        ("<image href='data:image/svg+xml;base64,AAAA' width='9' height='9'/>", "shows another file"),
        ("<use href='other.svg#part'/>", "shows another file (`other.svg#part`)"),
        ("<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>Label</p></foreignObject>", "has text as HTML"),
    ],
)  # fmt: skip
def test_an_svg_that_would_lack_something_is_refused(
    inside: str, said: str, tmp_path: Path
) -> None:
    write(tmp_path, "a.svg", svg(inside))
    _, (mistake,) = read(tmp_path, "a.svg")
    assert mistake.code is Code.IMAGE_INCOMPLETE
    assert said in mistake.message


def test_the_choice_of_draw_io_takes_the_text(tmp_path: Path) -> None:
    inside = "<switch><foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject><text y='9'>x</text></switch>"
    image = drawn(tmp_path, svg(inside), "a.svg").image
    assert b"<text" in image
    assert b"foreignObject" not in image


@pytest.mark.parametrize(
    "data",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><g></svg>",
        b"<svg><rect/></svg>",
        b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
        b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">'
        b'<!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;">'
        b'<!ENTITY g "&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;"><!ENTITY h "&g;&g;&g;&g;&g;&g;&g;&g;&g;&g;">]>'
        b"<svg xmlns='http://www.w3.org/2000/svg'><text>&h;</text></svg>",
        b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        b"<svg xmlns='http://www.w3.org/2000/svg'><text>&x;</text></svg>",
        b"<svg xmlns='http://www.w3.org/2000/svg'>" + b"<g>" * 500 + b"</g>" * 500 + b"</svg>",
    ],
)
def test_a_broken_svg_is_damaged(data: bytes, tmp_path: Path) -> None:
    assert picture_suffix(data) == ".svg"
    write(tmp_path, "a.svg", data)
    _, (mistake,) = read(tmp_path, "a.svg")
    assert mistake.code is Code.IMAGE_DAMAGED


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="40" height="20"', (30.0, 15.0)),
        ('width="1in" height="0.5in"', (72.0, 36.0)),
        ('viewBox="0 0 40 20"', (30.0, 15.0)),
        ('width="100%" viewBox="0 0 40 20"', (30.0, 15.0)),
        ('width="80" viewBox="0 0 40 20"', (60.0, 30.0)),
        ('width="4000" height="2000" viewBox="0 0 40 20"', (1200.0, 600.0)),
        ("", (225.0, 112.5)),
    ],
)
def test_the_size_of_an_svg(attributes: str, size: tuple[float, float], tmp_path: Path) -> None:
    drawing = drawn(tmp_path, svg("<rect width='9' height='9'/>", attributes), "a.svg")
    assert (drawing.width, drawing.height) == pytest.approx(size, rel=1e-4)


def test_a_file_that_ends_within_a_block_is_damaged() -> None:
    with pytest.raises(DamagedPictureError):
        without_metadata(PLAIN["gif"][:-4], ".gif")
