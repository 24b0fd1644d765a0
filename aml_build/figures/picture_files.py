"""Picture files of a course as drawings: photographs and SVG pictures, for cards and for print."""

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import msgspec

from aml_build.diagnostics.codes import Code
from aml_build.diagnostics.diagnostic import Diagnostic, diagnose
from aml_build.engines.tex_fonts import latin_modern
from aml_build.figures.picture_metadata import DamagedPictureError
from aml_build.figures.picture_types import CARD_PIXELS, foreign_type, picture_suffix
from aml_build.model import Picture
from aml_build.model.drawing import Drawing, is_tikz
from aml_build.storage.build_stamp import tool_digest
from aml_build.storage.cache import Cache
from aml_build.storage.files import digest

_BP_PER_PIXEL = 0.75
"""A CSS pixel is 1/96 inch, a big point 1/72."""
_PIXEL_DPI = 300
_LINE_DPI = 600
"""Of SVG pictures, whose lines and letters show steps at 300."""
_TRIED = 16
"""The width, in pixels, at which each SVG picture is drawn when it is first read."""
_INCH = 72.27
"""pt"""
_LONGEST_STEM = 60
"""Characters; Anki allows 120 bytes for a name with its digest."""
_UNFIT = re.compile(r"[\x00-\x1f\x7f#%{}\"~^&$\\<>:|?*'`\[\]/]")
"""What means something in addresses, HTML, Anki or the names of files of some system."""


class _CardPicture(msgspec.Struct, frozen=True):
    """What is remembered of a picture file."""

    image: bytes
    suffix: str
    width: float
    """bp"""
    height: float
    """bp"""
    text: str


class _Fault(msgspec.Struct, frozen=True):
    """Why a picture file cannot be used."""

    code: Code
    message: str
    """What is wrong, after the file's name."""
    hint: str


class _PrintPicture(msgspec.Struct, frozen=True):
    """What TeX reads; empty where it reads the picture of the cards."""

    image: bytes
    suffix: str


class ReadPictures(NamedTuple):
    """The drawings of picture files by path, and what is wrong with the others."""

    drawings: dict[str, Drawing]
    diagnostics: tuple[Diagnostic, ...]


def read_pictures(root: Path, pictures: Mapping[str, Picture], cache: Cache) -> ReadPictures:
    """Read the picture files among the pictures, given by path; ``root`` is the content root."""
    drawings: dict[str, Drawing] = {}
    diagnostics: list[Diagnostic] = []
    for path, picture in pictures.items():
        if is_tikz(path):
            continue
        try:
            data = _file(root, path).read_bytes()
        except FileNotFoundError:
            continue  # The parser has reported it.
        except OSError as failed:
            message = f"`{path}` cannot be read: {failed.strerror}."
            hint = "Put a picture file there that you may read."
            diagnostics.append(diagnose(picture.span, Code.IMAGE_DAMAGED, message, hint))
            continue
        source = digest(data)
        found = _recalled(cache, source, data)
        if isinstance(found, _Fault):
            message = f"`{path}` {found.message}."
            diagnostics.append(diagnose(picture.span, found.code, message, found.hint))
        else:
            drawings[path] = _drawing(path, found, source)
    return ReadPictures(drawings, tuple(diagnostics))


def for_paper(
    root: Path, drawings: Mapping[str, Drawing], width: float, height: float, cache: Cache
) -> dict[str, Drawing]:
    """Return the drawings with the files that TeX reads, by path.

    ``width`` and ``height``, in pt, are the most that a picture takes on the page: it gets no more
    pixels than these show. Raise ``ToolMissingError`` where an SVG picture needs TeX's fonts.
    """
    return {
        path: _on_paper(_file(root, path), drawing, width, height, cache)
        if drawing.source
        else drawing
        for path, drawing in drawings.items()
    }


def _file(root: Path, path: str) -> Path:
    """Return the file of a picture; on a disk of a Mac, its name may be decomposed."""
    file = root / path
    return file if file.exists() else root / unicodedata.normalize("NFD", path)


def _on_paper(file: Path, drawing: Drawing, width: float, height: float, cache: Cache) -> Drawing:
    box = _pixels(width, height, _LINE_DPI if drawing.suffix == ".svg" else _PIXEL_DPI)
    key = digest(tool_digest(), drawing.source, f"{box}")
    known = cache.get("pictures", key)
    form = msgspec.msgpack.decode(known, type=_PrintPicture) if known else None
    if form is None:
        data = file.read_bytes()
        form = _printed(data, drawing, *box)
        # The file may have changed since the picture of the cards was made.
        if digest(data) == drawing.source:
            cache.put("pictures", key, msgspec.msgpack.encode(form))
    return msgspec.structs.replace(drawing, print_image=form.image, print_suffix=form.suffix)


def _pixels(width: float, height: float, dpi: int) -> tuple[int, int]:
    return round(width / _INCH * dpi), round(height / _INCH * dpi)


def _printed(data: bytes, drawing: Drawing, width: int, height: int) -> _PrintPicture:
    if drawing.suffix == ".svg":
        from aml_build.figures.photographs import opaque

        natural = drawing.width / 72 * _LINE_DPI
        wide = max(1, round(min(natural, width, height * drawing.width / drawing.height)))
        return _PrintPicture(opaque(_drawn(drawing.image, wide)), ".png")
    from aml_build.figures.photographs import for_print

    pixels = for_print(data, width, height)
    return _PrintPicture(pixels.data, pixels.suffix) if pixels else _PrintPicture(b"", "")


def _drawn(svg: bytes, wide: int) -> bytes:
    """Return a picture as PNG, with fewer pixels where these take too long."""
    from aml_build.figures.svg_pictures import drawn

    try:
        return drawn(svg, wide, latin_modern())
    except DamagedPictureError:
        if wide <= _TRIED:
            raise
        return _drawn(svg, max(_TRIED, wide // 4))


def _recalled(cache: Cache, source: str, data: bytes) -> _CardPicture | _Fault:
    """Return what a file gives, from the cache where that knows its content."""
    key = digest(tool_digest(), source, "card")
    known = cache.get("pictures", key)
    if known:
        return msgspec.msgpack.decode(known, type=_CardPicture)
    found = _card_picture(data)
    if isinstance(found, _CardPicture):
        cache.put("pictures", key, msgspec.msgpack.encode(found))
    return found


def _card_picture(data: bytes) -> _CardPicture | _Fault:
    suffix = picture_suffix(data)
    if not suffix:
        hint = "Save it as PNG or JPEG (a drawing as SVG), or draw it as a TikZ figure (.tex)."
        return _Fault(Code.IMAGE_TYPE, f"is {foreign_type(data)}, which cannot be used", hint)
    try:
        return _svg(data) if suffix == ".svg" else _photograph(data, suffix)
    except DamagedPictureError as broken:
        hint = "Export or copy the picture again; a picture program shows whether it is whole."
        return _Fault(Code.IMAGE_DAMAGED, f"cannot be read as a picture: {broken}", hint)


def _photograph(data: bytes, suffix: str) -> _CardPicture | _Fault:
    # Pillow takes longer to import than a build with known pictures does.
    from aml_build.figures.photographs import MOST_PIXELS, PictureTooLargeError, for_cards

    try:
        pixels = for_cards(data, suffix)
    except PictureTooLargeError as large:
        most = MOST_PIXELS // 1_000_000
        return _Fault(
            Code.IMAGE_TOO_LARGE,
            f"has {large} pixels; a picture may have {most} million",
            f"Save it smaller: cards show at most {CARD_PIXELS:,} pixels of a side.",
        )
    width, height = pixels.width * _BP_PER_PIXEL, pixels.height * _BP_PER_PIXEL
    return _CardPicture(pixels.data, pixels.suffix, width, height, "")


def _svg(data: bytes) -> _CardPicture | _Fault:
    from aml_build.figures.svg_pictures import UnsafePictureError, cleaned, drawn

    try:
        picture = cleaned(data, CARD_PIXELS)
    except UnsafePictureError as unsafe:
        message, hint = unsafe.args
        return _Fault(Code.IMAGE_INCOMPLETE, message, hint)
    # What cannot be drawn for print is found here, where no fonts are needed.
    drawn(picture.data, _TRIED, ())
    width, height = picture.width * _BP_PER_PIXEL, picture.height * _BP_PER_PIXEL
    text = "".join(sorted(set(picture.text)))
    return _CardPicture(picture.data, ".svg", width, height, text)


def _drawing(path: str, found: _CardPicture, source: str) -> Drawing:
    return Drawing(
        media_name(path, found.image),
        b"",
        found.image,
        found.suffix,
        found.width,
        found.height,
        (),
        source,
        found.text,
    )


def media_name(path: str, image: bytes) -> str:
    """Return the name of a picture on cards, without its suffix: from its path and its bytes."""
    stem = unicodedata.normalize("NFC", PurePosixPath(path).stem)
    return f"fig-{_UNFIT.sub('-', stem)[:_LONGEST_STEM]}-{digest(image)[:8]}"
